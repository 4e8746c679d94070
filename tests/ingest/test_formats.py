"""Articles from plain text and Markdown, and what is common to all formats."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats import extract_article, supported_suffixes
from ingest.sources import open_source

READ_AT = datetime(2024, 5, 1, 12, tzinfo=UTC)


def read(text: str | bytes, name: str = "a.md") -> Article:
    data = text.encode() if isinstance(text, str) else text
    return extract_article(RawDocument(f"file:///{name}", name, data, READ_AT))


def test_a_headline_of_a_plain_text_is_its_title_and_not_its_text() -> None:
    article = read("Leaders may meet\n\nThe talks ended.\n\nNobody spoke.\n", "a.txt")
    assert article.title == "Leaders may meet"
    assert article.text == "The talks ended.\n\nNobody spoke."


@pytest.mark.parametrize(
    "text",
    [
        "The talks ended.\n\nNobody spoke.",
        "One line\nand another\n\nNobody spoke.",
        "w" * 300 + "\n\nNobody spoke.",
        "Only a line",
    ],
)
def test_a_first_paragraph_that_is_no_headline_stays_in_the_text(text: str) -> None:
    article = read(text, "notes/two-days_in Ankara.txt")
    assert article.text == text
    assert article.title == "two days in Ankara"


def test_retrieval_time_is_kept_and_changes_no_version() -> None:
    one = read("The talks ended.")
    later = extract_article(
        RawDocument("file:///a.md", "a.md", b"The talks ended.", READ_AT + timedelta(days=1))
    )
    assert one.retrieved_at == READ_AT
    assert (one.id, one.version) == (later.id, later.version)


def test_front_matter() -> None:
    article = read(
        "---\ntitle: 'Talks: a start'\npublisher: Sample Gazette\n"
        "date: 2019-07-12T13:40:00+03:00\nupdated: 2019-07-13\nurl: https://gazette.example/a\n"
        "authors: [Jo Roe, Ann Poe, Jo Roe]\nlanguage: en_GB\nnote: A sample.\n"
        "tags: {nested: [1, 2]}\n---\n\nThe talks ended.\n"
    )
    head = article.head
    assert article.text == "The talks ended."
    assert head.title == "Talks: a start"
    assert head.publisher == "Sample Gazette"
    assert head.published_at == datetime(2019, 7, 12, 13, 40, tzinfo=timezone(timedelta(hours=3)))
    assert head.modified_at == date(2019, 7, 13)
    assert head.url == "https://gazette.example/a"
    assert head.authors == ("Jo Roe", "Ann Poe")
    assert head.language == "en-GB"
    assert head.note == "A sample."


@pytest.mark.parametrize(
    "stated",
    ["2023-01-09", "9 January 2023", "January 9, 2023", "9 Jan 2023", "2023/01/09", "09.01.2023"],
)
def test_dates_in_front_matter(stated: str) -> None:
    assert read(f"---\ndate: {stated}\n---\nText.").head.published_at == date(2023, 1, 9)


@pytest.mark.parametrize("stated", ["soon", "2023-13-45", "01/02/2023", "2023"])
def test_a_date_that_cannot_be_read_is_never_guessed(stated: str) -> None:
    with pytest.raises(ExtractionError, match="date"):
        read(f"---\ndate: {stated}\n---\nText.")


@pytest.mark.parametrize(
    "block",
    [
        "title: [unclosed",
        "title: 'unclosed",
        "a: 1\n b: 2",
        "- only\n- a list",
        "just words",
        "a: &x [1]\nb: *x",
        "a: &a [z,z,z,z,z,z,z,z,z]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]",
        "a: &a {<<: {k: v}}\nb: {<<: [*a, *a, *a]}",
        "a: " + "[" * 5_000,
        "!!python/object/apply:os.system ['true']",
        "title: \x80",
        "x" * 100_000,
    ],
)
def test_broken_and_malicious_front_matter_is_an_error_with_advice(block: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        read(f"---\n{block}\n---\nText.")
    assert caught.value.advice
    assert len(caught.value.message) < 300


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert read("---\n\nThe talks ended.").text == "The talks ended."


def test_a_top_heading_is_the_title_and_not_the_text() -> None:
    article = read("# Leaders *may* meet\n\nThe talks ended.\n\n## More\n\nNobody spoke.")
    assert article.title == "Leaders may meet"
    assert article.text == "The talks ended.\n\nMore\n\nNobody spoke."


def test_a_top_heading_that_differs_from_the_stated_title_stays() -> None:
    article = read("---\ntitle: Talks\n---\n# Leaders may meet\n\nThe talks ended.")
    assert article.title == "Talks"
    assert article.text == "Leaders may meet\n\nThe talks ended."
    assert read("---\ntitle: Talks\n---\n# Talks\n\nThe talks ended.").text == "The talks ended."


def test_markup_becomes_readable_text() -> None:
    article = read(
        "See [the *act*](https://example.org) and `CAATSA`, **231** ~~232~~.\nA wrapped line.\n\n"
        "![a map](map.png)\n\n- one\n- two\n  1. first\n  2. second\n\n3. three\n\n> Quoted.\n\n"
        "| year | sum |\n|---|---|\n| 2017 | 2.5 |\n\n```\nx = 1\n\ny = 2\n```\n\n"
        "<div>shown <script>hidden()</script></div>\n\nEnd <b>bold</b> &amp; done.\n"
    )
    assert article.text.split("\n\n") == [
        "See the act and CAATSA, 231 232. A wrapped line.",
        "- one\n- two\n1. first\n2. second",
        "3. three",
        "Quoted.",
        "year | sum\n2017 | 2.5",
        "x = 1",
        "y = 2",
        "shown",
        "End bold & done.",
    ]


@pytest.mark.parametrize(
    "unit", ["> ", "- ", "[", "*a ", "`", "![](", "<a ", "|a|\n|-|\n", "_*", "\\", "&#0;", "[a]: b\n"]
)
def test_hostile_markdown_ends(unit: str) -> None:
    assert read("The talks ended.\n\n" + unit * 3_000).text.startswith("The talks ended.")


@pytest.mark.parametrize("text", ["   \n\n \t", "---\ntitle: A\n---\n\n", "\u200b\ufeff"])
def test_a_document_without_text_is_an_error(text: str) -> None:
    with pytest.raises(ExtractionError, match="no text"):
        read(text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "ht!tp://[",
        "nonsense",
    ],
)
def test_only_addresses_of_the_web_are_kept(url: str) -> None:
    assert read(f"---\nurl: '{url}'\n---\nText.").head.url is None


@pytest.mark.parametrize(
    ("stated", "code"),
    [("TR", "tr"), ("pt_br", "pt-BR"), ("English", None), ("x", None), ("zh-Hant", "zh-Hant")],
)
def test_language_codes(stated: str, code: str | None) -> None:
    assert read(f"---\nlanguage: {stated}\n---\nText.").head.language == code


def test_a_file_without_a_known_suffix_is_read_by_its_content() -> None:
    assert read("---\ntitle: Talks\n---\nText.", "README").title == "Talks"
    assert read("<!DOCTYPE html><html><body><p>Words of it.</p></body></html>", "page").text == "Words of it."
    assert read("Plain words.", "LICENSE").text == "Plain words."


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a"])
def test_binary_content_is_an_error_whatever_its_name(name: str) -> None:
    with pytest.raises(ExtractionError, match="not text"):
        read(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", name)


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a"]))
def test_any_bytes_give_an_article_or_a_plain_error(data: bytes, name: str) -> None:
    with suppress(ExtractionError):
        article = read(data, name)
        assert article.text.strip()
        assert article.title


def test_every_sample_is_an_article_with_all_that_its_front_matter_states() -> None:
    for document in open_source("samples").documents():
        assert isinstance(document, RawDocument)
        head = extract_article(document).head
        assert head.title
        assert head.publisher
        assert head.published_at
        assert head.url
        assert head.language
        assert head.note


def test_suffixes() -> None:
    assert {".txt", ".md", ".html", ".htm"} <= supported_suffixes()
