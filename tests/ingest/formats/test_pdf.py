"""PDF documents: columns, broken words, running heads, pages; and what is no good PDF."""

import re
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from ingest.article import Article
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats import extract_article
from ingest.places import place_at
from ingest.samples import sample_files
from tests.ingest.formats.made_pdf import Setting, made_pdf

READ_AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
HEADING = "Reports from the archive"


def sample_paragraphs() -> list[str]:
    bodies = [file.read_text("utf-8").split("\n---\n", 1)[1] for file in sample_files()[4:16]]
    paragraphs = [" ".join(one.split()) for body in bodies for one in body.split("\n\n")]
    return [one.encode("latin-1", "ignore").decode("latin-1") for one in paragraphs if one.strip()]


PARAGRAPHS = sample_paragraphs()


def read(data: bytes, name: str = "report.pdf") -> Article:
    return extract_article(RawDocument(f"file:///{name}", name, data, READ_AT))


def words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("row_by_row", [False, True])
def test_columns_are_read_one_after_the_other(columns: int, row_by_row: bool) -> None:
    setting = Setting(columns, row_by_row, hyphens=False)
    article = read(made_pdf(PARAGRAPHS, HEADING, setting))
    assert article.title == HEADING
    assert words(article.text) == words(" ".join(PARAGRAPHS))


def test_words_that_a_line_broke_are_whole_again() -> None:
    article = read(made_pdf(PARAGRAPHS, HEADING, Setting(2)))
    expected = words(" ".join(PARAGRAPHS))
    found = words(article.text)
    wrong = set(expected) ^ set(found)
    assert len(found) == pytest.approx(len(expected), abs=2)
    assert len(wrong) <= 6, wrong


def test_a_word_keeps_the_hyphen_that_it_has_elsewhere() -> None:
    text = "The left-wing party won. " + "Its leader spoke of a left-wing government at length today. " * 30
    article = read(made_pdf([text.strip()], "", Setting(3, heads=False)))
    assert words(article.text) == words(text)


def test_running_heads_and_page_numbers_are_no_text() -> None:
    with_heads = read(made_pdf(PARAGRAPHS, HEADING))
    without = read(made_pdf(PARAGRAPHS, HEADING, Setting(heads=False)))
    assert with_heads.text == without.text


def test_paragraphs_are_kept_even_where_a_page_breaks_them() -> None:
    article = read(made_pdf(PARAGRAPHS, HEADING, Setting(hyphens=False)))
    kept = set(article.text.split("\n\n"))
    assert len(kept & set(PARAGRAPHS)) >= len(PARAGRAPHS) - 2


def test_every_offset_knows_its_page() -> None:
    marks = [
        f"Mark {number} stands here. " + "Filling words follow on this page. " * 45 for number in range(12)
    ]
    article = read(made_pdf([mark.strip() for mark in marks]))
    pages = [place_at(article.places, article.text.index(f"Mark {number} ")) for number in range(12)]
    assert pages[0] == "p. 1"
    assert pages == sorted(pages, key=lambda label: int(str(label)[3:]))
    assert len(set(pages)) == len(article.places) > 2


def test_facts_of_the_file() -> None:
    article = read(made_pdf(PARAGRAPHS, "", Setting(title="The archive", author="Jo Roe; Ann Poe")))
    assert article.title == "The archive"
    assert article.head.authors == ("Jo Roe", "Ann Poe")
    assert article.head.published_at is None
    assert article.found["title"] == article.found["authors"] == "file property"


def test_a_file_that_names_itself_has_no_title() -> None:
    article = read(made_pdf(PARAGRAPHS, HEADING, Setting(title="Microsoft Word - draft3.doc")))
    assert article.title == HEADING
    assert article.found["title"] == "text"


def test_a_truncated_pdf_is_an_error() -> None:
    data = made_pdf(PARAGRAPHS)
    for part in (0.2, 0.5, 0.9):
        with pytest.raises(ExtractionError, match="cut off"):
            read(data[: int(len(data) * part)])


def test_a_locked_pdf_is_an_error_and_one_that_only_forbids_printing_is_read() -> None:
    with pytest.raises(ExtractionError, match="password"):
        read(made_pdf(PARAGRAPHS, setting=Setting(password="secret")))
    assert "Turkey" in read(made_pdf(PARAGRAPHS, setting=Setting(password=""))).text


def test_a_pdf_without_text_is_an_error_that_names_a_way() -> None:
    with pytest.raises(ExtractionError, match="OCR"):
        read(made_pdf([], setting=Setting(heads=False)))


def pdf_with_content(content: bytes) -> bytes:
    """A PDF of one page whose packed content is `content`."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 12 Tf 100 700 Td (Some words.) Tj ET " + b" " * 30_000_000,
        b"BT /F 12 Tf 100 700 Td " + b"(Some words. ) Tj " * 200_000 + b"ET",
        b"q " * 200_000 + b"BT /F 12 Tf 100 700 Td (Some words.) Tj ET",
        b"BT /F 1e30 Tf 1e30 -1e30 Td (Some words.) Tj ET",
        b"BT /F 12 Tf 100 700 Td (Some words.) Tj (\\000\\001\\377) Tj [(" + b"[" * 10_000 + b")] TJ ET",
    ],
)
def test_hostile_content_ends(content: bytes) -> None:
    with suppress(ExtractionError):
        assert "Some words." in read(pdf_with_content(content)).text


def test_objects_that_hold_themselves_end() -> None:
    data = pdf_with_content(b"BT ET").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[2 0 R 2 0 R]/Count 9")
    with pytest.raises(ExtractionError):
        read(data)
