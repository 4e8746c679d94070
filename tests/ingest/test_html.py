"""Articles from web pages: the text, and only what the page states about itself."""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ingest.article import Article
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats import extract_article
from ingest.formats.html import declared_charset

PARAGRAPHS = (
    "The defence ministers of the two countries met in the capital for the first time in eleven years.",
    "Both sides called the talks constructive, and said that the foreign ministers were to meet in February.",
    "Nobody would say what had been agreed on the border, where thousands of people were waiting for news.",
)


def page(head: str = "", body: str = "", lang: str = ' lang="en"') -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html{lang}><head><title>Ministers meet - The Site</title>{head}</head><body>"
        f"<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Subscribe now</a></li></ul></nav>"
        f"<article><h1>Ministers meet</h1>{paragraphs}{body}</article>"
        "<footer>© The Site. All rights reserved.</footer></body></html>"
    )


def read(html: str | bytes) -> Article:
    data = html.encode() if isinstance(html, str) else html
    return extract_article(RawDocument("file:///a.html", "a.html", data, datetime(2024, 1, 1, tzinfo=UTC)))


def test_the_article_without_what_stands_around_it() -> None:
    article = read(page())
    assert article.title == "Ministers meet"
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.head.language == "en"


def test_stated_metadata() -> None:
    head = read(
        page(
            '<meta property="og:site_name" content="The Site"><meta name="author" content="Jane Roe">'
            '<meta property="article:published_time" content="2023-01-09T10:00:00+03:00">'
            '<meta property="article:modified_time" content="2023-01-10">'
            '<link rel="canonical" href="https://site.example/a">'
        )
    ).head
    assert head.publisher == "The Site"
    assert head.authors == ("Jane Roe",)
    assert head.published_at == datetime(2023, 1, 9, 10, tzinfo=timezone(timedelta(hours=3)))
    assert head.modified_at == date(2023, 1, 10)
    assert head.url == "https://site.example/a"


@pytest.mark.parametrize(
    "data",
    [
        '{"@type": "NewsArticle", "datePublished": "2023-01-09"}',
        '[{"@type": "Person"}, {"@graph": [{"@type": ["BlogPosting"], "datePublished": "2023-01-09"}]}]',
        '<![CDATA[ {"@type": "Article", "datePublished": "2023-01-09"} ]]>',
    ],
)
def test_dates_in_linked_data(data: str) -> None:
    assert read(page(f'<script type="application/ld+json">{data}</script>')).head.published_at == date(
        2023, 1, 9
    )


@pytest.mark.parametrize(
    "data", ["{", "null", "[" * 100_000, '{"@type": "Article", "datePublished": 5}', '{"@type": {}}']
)
def test_broken_linked_data_do_no_harm(data: str) -> None:
    assert read(page(f'<script type="application/ld+json">{data}</script>')).head.published_at is None


def test_a_marked_time_element_is_a_date() -> None:
    article = read(page(body='<time itemprop="datePublished" datetime="2023-01-09">Monday</time>'))
    assert article.head.published_at == date(2023, 1, 9)


def test_no_date_is_guessed_from_the_text_or_the_footer() -> None:
    body = "<p>On 5 January 2023 they spoke by telephone, a year after 2022-01-03.</p><p>Copyright 2021</p>"
    head = read(page(body=body)).head
    assert head.published_at is None
    assert head.modified_at is None


def test_lists_headings_tables_and_breaks_keep_their_shape() -> None:
    article = read(
        page(
            body="<h2>What was agreed</h2><ul><li>A truce in the north</li><li>Aid for <b>both</b></li></ul>"
            "<p>First line of it.<br>Second line of it.</p>"
            "<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2017</td><td>2.5</td></tr></table>"
        )
    )
    paragraphs = article.text.split("\n\n")
    assert "What was agreed" in paragraphs
    assert "- A truce in the north\n- Aid for both" in paragraphs
    assert "First line of it.\nSecond line of it." in paragraphs
    assert "Year | Sum\n2017 | 2.5" in paragraphs


def test_scripts_styles_and_comments_are_no_text() -> None:
    text = read(page(body="<script>steal()</script><style>p{color:red}</style><!-- hidden words -->")).text
    assert text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1254">',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1254">',
    ],
)
def test_the_stated_encoding_is_used(head: str) -> None:
    html = page(head, "<p>Görüşmeler İstanbul'da yapıldı ve şimdi ne olacağı bilinmiyor, dedi bakan.</p>")
    assert "Görüşmeler İstanbul'da" in read(html.encode("windows-1254")).text


def test_the_encoding_of_an_xml_declaration() -> None:
    assert declared_charset(b'<?xml version="1.0" encoding="iso-8859-9"?><html>') == "iso-8859-9"
    assert declared_charset(b"<html>") is None
    html = '<?xml version="1.0" encoding="UTF-8"?>' + page()
    assert read(html).text == "\n\n".join(PARAGRAPHS)


def test_a_page_without_an_article_gives_what_text_it_has() -> None:
    assert read("<html><body><div>Few words.</div></body></html>").text == "Few words."


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><script>x</script></body></html>", "<br>"])
def test_a_page_without_text_is_an_error(html: str) -> None:
    with pytest.raises(ExtractionError, match="no text"):
        read(html)


def test_a_script_address_is_no_address() -> None:
    script = "javascript:alert(1)"
    head = f'<link rel="canonical" href="{script}"><meta property="og:url" content="{script}">'
    assert read(page(head)).head.url is None


@pytest.mark.parametrize(
    "unit", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<!--", "<p", "&", "<![CDATA[", "</p>"]
)
def test_hostile_markup_ends(unit: str) -> None:
    assert PARAGRAPHS[0] in read(page(body="<p>after</p>" + unit * 2_000)).text


def test_the_library_stays_quiet(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.CRITICAL):
        read("<html><body>x</body></html>")
    assert capfd.readouterr().err == ""


def test_the_headline_on_the_page_is_the_title_before_one_made_for_sharing() -> None:
    linked = '{"@type": "NewsArticle", "headline": "Ministers meet"}'
    shared = '<meta property="og:title" content="You will not believe who met">'
    script = '<script type="application/ld+json">{}</script>'
    assert read(page(shared + script.format(linked))).title == "Ministers meet"
    assert read(page(shared)).title == "You will not believe who met"
    described = linked.replace("Ministers meet", "annual meeting of ministers")
    assert read(page(script.format(described))).title == "Ministers meet"


def test_a_heading_of_the_site_is_no_title() -> None:
    html = page().replace("<nav>", "<h1>Welcome to The Site!</h1><nav>")
    assert read(html).title == "Ministers meet"
    untitled = page().replace("<h1>Ministers meet</h1>", "<h1>Welcome to The Site!</h1>")
    assert read(untitled.replace("<title>Ministers meet", "<title>Two ministers meet again")).title == (
        "Two ministers meet again"
    )


def test_a_heading_that_links_to_itself() -> None:
    html = page().replace("meet</h1>", 'meet<a class="headerlink" href="#m">¶</a></h1>')
    assert read(html).title == "Ministers meet"


@pytest.mark.parametrize(
    ("markup", "authors"),
    [
        ('<a rel="author" href="/jane">Jane Roe</a>', ("Jane Roe",)),
        ('<span itemprop="author"><b itemprop="name">Jane Roe</b>, of this paper</span>', ("Jane Roe",)),
        ('<p class="byline">By Jane Roe March 11, 2015 3:46 PM</p>', ("Jane Roe",)),
        ('<p class="byline">By Nikhil Marathe<b>22 Dec 2016</b></p>', ("Nikhil Marathe",)),
        ('<p class="byline">By April May May 20, 2019</p>', ("April May",)),
        ('<p class="author-line">Last Updated: January 7, 2025</p>', ()),
        ('<a rel="author" href="/u">Username</a><p class="byline">By Jane Roe</p>', ("Jane Roe",)),
        ('<p class="byline">By ' + "the staff of this paper, who " * 5 + "</p>", ()),
    ],
)
def test_authors_where_the_page_shows_them(markup: str, authors: tuple[str, ...]) -> None:
    assert read(page().replace("<article>", f"{markup}<article>")).head.authors == authors


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('<meta name="author" content="Jane Roe"><meta name="byl" content="By JANE ROE">', ("Jane Roe",)),
        ('<meta property="article:author" content="https://face.example/jane">', ()),
        (
            '<meta name="dc.creator" content="Roe, J."><meta name="dc.creator" content="Doe, J.">',
            ("Roe, J.", "Doe, J."),
        ),
    ],
)
def test_stated_authors(head: str, authors: tuple[str, ...]) -> None:
    assert read(page(head)).head.authors == authors


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ('{"@type": "Person", "name": "Jane Roe"}', ("Jane Roe",)),
        ('[{"name": "Jane Roe"}, "John Doe", {"name": "JANE ROE"}]', ("Jane Roe", "John Doe")),
        ('{"name": ["Jane Roe", "John Doe"]}', ()),
        ('[[["Jane Roe"]], 5, null, {"name": 7}]', ()),
    ],
)
def test_authors_and_publisher_in_linked_data(author: str, authors: tuple[str, ...]) -> None:
    linked = f'{{"@type": "NewsArticle", "author": {author}, "publisher": {{"name": "The Port"}}}}'
    head = read(page(f'<script type="application/ld+json">{linked}</script>')).head
    assert head.authors == authors
    assert head.publisher == "The Port"


def test_every_fact_says_how_it_was_found() -> None:
    article = read(
        """<html><head><title>The bridge closes - Sample Wire</title>
        <meta property="article:section" content="Town">
        <meta property="article:modified_time" content="2023-01-10T08:00:00Z">
        <script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Jo Roe"},
        "publisher": {"name": "Sample Wire"}}</script></head><body><article><h1>The bridge closes</h1>
        <time itemprop="datePublished" datetime="2023-01-09">9 January</time>
        <p>The council closed the bridge because rust had weakened its cables, it said.</p></article>"""
    )
    assert article.section == "Town"
    assert article.found == {
        "title": "heading",
        "authors": "json-ld",
        "publisher": "json-ld",
        "published_at": "time element",
        "modified_at": "meta",
        "section": "meta",
    }


def test_a_page_of_fifty_megabytes_is_refused_at_once() -> None:
    with pytest.raises(ExtractionError, match=r"50\.0 MB"):
        read("<html><body>" + "<p>Words of it.</p>" * 2_631_578)


def test_a_declared_encoding_is_taken_as_browsers_take_it() -> None:
    text = "<html><meta charset=iso-8859-1><p>The “old” bridge – closed, it said on Monday.</p></html>"
    assert "“old” bridge – closed" in read(text.encode("cp1252")).text


def test_what_a_server_says_of_the_encoding_comes_before_what_the_page_says() -> None:
    data = "<meta charset=iso-8859-1><p>Erdoğan opened it, the council said on Monday.</p>".encode("cp1254")
    document = RawDocument("https://a.example", "a", data, datetime(2024, 1, 1, tzinfo=UTC), "text/html")
    assert "Erdoğan" in extract_article(replace(document, charset="windows-1254")).text
