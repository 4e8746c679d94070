"""Word documents, OpenDocument texts and EPUB books; their ZIP files and XML may be hostile."""

import io
import zipfile
from datetime import UTC, date, datetime

import docx
import pytest

from ingest.article import Article
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats import extract_article
from ingest.places import Place

READ_AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
ODT_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "boom boom boom boom">'
    + "".join(
        f'<!ENTITY {new} "{("&" + old + ";") * 12}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
)


def read(data: bytes, name: str) -> Article:
    return extract_article(RawDocument(f"file:///{name}", name, data, READ_AT))


def zipped(parts: dict[str, str | bytes], *, stored_first: bool = True) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, (name, content) in enumerate(parts.items()):
            archive.writestr(name, content, zipfile.ZIP_STORED if at == 0 and stored_first else None)
    return buffer.getvalue()


def made_docx() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Jo Roe"
    document.core_properties.title = ""
    document.core_properties.modified = datetime(2023, 2, 3, 4, 5, tzinfo=UTC)
    document.add_heading("The bridge closes", level=1)
    document.add_paragraph("The council closed the bridge.")
    document.add_heading("Why", level=2)
    for line in ("Rust.", "Cables."):
        document.add_paragraph(line, style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["year", "cost", "2019", "2.5"], strict=True
    ):
        cell.text = text
    document.add_paragraph("It opens in May.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def changed_part(data: bytes, part: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    text = bytes(parts[part]).decode() if isinstance(parts[part], bytes) else str(parts[part])
    assert old in text
    parts[part] = text.replace(old, new, 1)
    return zipped(parts, stored_first=False)


def made_odt(body: str, *, doctype: str = "", meta: str = "") -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<?xml version="1.0"?>{doctype}<office:document-content {ODT_NAMES}><office:body>'
            f"<office:text>{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {ODT_NAMES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
        }
    )


def made_epub(chapters: list[str], *, doctype: str = "", path: str = "OEBPS/") -> bytes:
    items = "".join(
        f'<item id="c{at}" href="c{at}.xhtml" media-type="application/xhtml+xml"/>'
        for at in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    package = (
        f'<?xml version="1.0"?>{doctype}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Two stories</dc:title>'
        "<dc:creator>Ann Poe</dc:creator><dc:publisher>Sample House</dc:publisher>"
        "<dc:language>en-GB</dc:language>"
        '<dc:date>2019-05-04</dc:date><meta property="dcterms:modified">2020-01-02T03:04:05Z</meta>'
        "</metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            f'<rootfiles><rootfile full-path="{path}book.opf"/></rootfiles></container>',
            f"{path}book.opf": package,
            **{f"{path}c{at}.xhtml": chapter for at, chapter in enumerate(chapters)},
        }
    )


def test_a_word_document() -> None:
    article = read(made_docx(), "bridge.docx")
    assert article.title == "The bridge closes"
    assert article.text.split("\n\n") == [
        "The council closed the bridge.",
        "Why",
        "- Rust.\n- Cables.",
        "year | cost\n2019 | 2.5",
        "It opens in May.",
    ]
    assert article.head.authors == ("Jo Roe",)
    assert article.head.modified_at == datetime(2023, 2, 3, 4, 5, tzinfo=UTC)
    assert article.head.published_at is None
    assert article.found["authors"] == "file property"


def test_tracked_changes_are_read_as_if_accepted() -> None:
    inserted = "<w:ins><w:r><w:t>was</w:t></w:r></w:ins><w:del><w:r><w:delText>is</w:delText></w:r></w:del>"
    data = changed_part(
        made_docx(), "word/document.xml", "<w:r><w:t>It opens", f"{inserted}<w:r><w:t>It opens"
    )
    assert "wasIt opens in May." in read(data, "a.docx").text


def test_an_opendocument_text() -> None:
    body = (
        "<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">'
        "The bridge closes</text:h><text:p>The<text:s/>council<text:tab/>closed "
        "<text:span>the bridge</text:span>."
        "<office:annotation><text:p>Really?</text:p></office:annotation></text:p>"
        "<text:list><text:list-item><text:p>Rust.</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>2019</text:p></table:table-cell>"
        "<table:table-cell><text:p>2.5</text:p></table:table-cell></table:table-row></table:table>"
    )
    meta = "<meta:initial-creator>Jo Roe</meta:initial-creator><dc:date>2023-02-03T04:05:06</dc:date>"
    article = read(made_odt(body, meta=meta), "bridge.odt")
    assert article.title == "The bridge closes"
    assert article.text == "The council closed the bridge.\n\n- Rust.\n\n2019 | 2.5"
    assert article.head.authors == ("Jo Roe",)
    assert article.head.modified_at == datetime(2023, 2, 3, 4, 5, 6)
    assert article.head.published_at is None


def test_a_book_is_read_chapter_by_chapter() -> None:
    chapters = [
        "<?xml version='1.0'?><html><head><title>x</title></head>"
        "<body><h1>One</h1><p>The first.</p></body></html>",
        "<html><body><h1>Two</h1><p>The second&nbsp;one.</p></body></html>",
    ]
    article = read(made_epub(chapters), "stories.epub")
    assert article.title == "Two stories"
    assert article.text == "One\n\nThe first.\n\nTwo\n\nThe second one."
    assert article.places == (Place(0, "One"), Place(17, "Two"))
    head = article.head
    assert (head.authors, head.publisher, head.language) == (("Ann Poe",), "Sample House", "en-GB")
    assert head.published_at == date(2019, 5, 4)
    assert head.modified_at == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_entities_are_never_expanded() -> None:
    word = changed_part(made_docx(), "word/document.xml", "<w:document", f"{BOMB}<w:document")
    word = changed_part(word, "word/document.xml", "It opens", "&i;&file;It opens")
    documents = [
        ("a.docx", word),
        ("a.odt", made_odt("<text:p>Words &i;&file; here.</text:p>", doctype=BOMB)),
        (
            "a.epub",
            made_epub([f"{BOMB}<html><body><p>Words &i;&file; here.</p></body></html>"], doctype=BOMB),
        ),
    ]
    for name, data in documents:
        try:
            text = read(data, name).text
        except ExtractionError as error:
            assert error.advice  # noqa: PT017
            continue
        assert len(text) < 1_000
        assert "boom boom" not in text
        assert "root:" not in text


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
def test_bombs_damage_and_depth_are_errors(name: str) -> None:
    bomb = zipped({"mimetype": "x", "content.xml": b" " * 60_000_000, "word/document.xml": b" " * 60_000_000})
    deep = made_odt("<text:section>" * 50_000 + "</text:section>" * 50_000)
    good = {
        "a.docx": made_docx(),
        "a.odt": made_odt("<text:p>Words.</text:p>"),
        "a.epub": made_epub(["<p>Words.</p>"]),
    }
    for data in (
        bomb,
        deep,
        good[name][: len(good[name]) // 2],
        b"PK\x03\x04",
        b"no archive",
        zipped({"a": "b"}),
    ):
        with pytest.raises(ExtractionError) as caught:
            read(data, name)
        assert caught.value.advice


def test_a_locked_document_is_an_error() -> None:
    data = bytearray(made_odt("<text:p>Words.</text:p>"))
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1
        start += 4
    with pytest.raises(ExtractionError, match="password"):
        read(bytes(data), "a.odt")


def test_a_book_that_points_outside_of_itself_is_read_without_that() -> None:
    data = made_epub(["<p>Words of it.</p>"])
    data = changed_part(data, "OEBPS/book.opf", 'href="c0.xhtml"', 'href="../../../etc/passwd"')
    with pytest.raises(ExtractionError, match="no text"):
        read(data, "a.epub")


def test_documents_without_a_suffix_are_known_by_what_they_hold() -> None:
    assert read(made_docx(), "bridge").title == "The bridge closes"
    assert read(made_odt("<text:p>Words of it.</text:p>"), "bridge").text == "Words of it."
    assert read(made_epub(["<p>Words of it.</p>"]), "bridge").title == "Two stories"
