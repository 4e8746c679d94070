"""Feeds, sitemaps and lists are told apart, and read with nothing but data coming out of them."""

import gzip
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.sources.web.errors import FetchError
from ingest.sources.web.feeds import Entry, feed_parts
from ingest.sources.web.fetcher import Fetched
from ingest.sources.web.json_feed import json_feed_parts
from ingest.sources.web.kinds import kind_of, unpacked
from ingest.sources.web.listings import open_listing
from ingest.sources.web.sitemaps import sitemap_places
from ingest.sources.web.wanted import Wanted

AT = datetime(2024, 5, 1, tzinfo=UTC)
FEED = "https://news.example/feed"
MARKUP = re.compile(
    r"<\s*/?\s*(?:script|style|iframe|object|embed|applet|meta|link|base|form|img|svg)\b|javascript:|vbscript:",
    re.IGNORECASE,
)


def entries(data: bytes | str) -> list[Entry]:
    parts = feed_parts(data if isinstance(data, bytes) else data.encode(), FEED)
    return [entry for part in parts for entry in part.entries]


def wanted(kind: str, data: bytes | str, media_type: str | None = None) -> list[Wanted]:
    answer = Fetched(FEED, data if isinstance(data, bytes) else data.encode(), AT, media_type)
    return list(open_listing(kind, answer, FEED).wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "media_type", "kind"),
    [
        (b"<rss version='2.0'><channel/></rss>", None, "feed"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a > b --><feed xmlns='x'/>", "text/html", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'/>", "text/xml", "feed"),
        (b'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://x/y.dtd"><rss/>', None, "feed"),
        (b'<!DOCTYPE feed [<!ENTITY a "b">]><feed/>', None, "feed"),
        ("<rss/>".encode("utf-16"), None, "feed"),
        (b"broken", "application/rss+xml", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "application/json", "feed"),
        (b'{"items": []}', "application/feed+json", "feed"),
        (b"<urlset/>", "text/xml", "sitemap"),
        (b"<sm:sitemapindex xmlns:sm='x'/>", None, "sitemap"),
        (b"https://a.example/1\n# no\n\nhttps://a.example/2\n", "text/plain", "list"),
        (b"https://a.example/1\n", None, "list"),
        (b"https://a.example/1\n", "text/html", "page"),
        (b"Read https://a.example/1\n", "text/plain", "page"),
        (b"<!DOCTYPE html><html><body>rss</body></html>", "application/rss+xml", "page"),
        (b"<html><rss/></html>", None, "page"),
        (b"%PDF-1.7", "application/pdf", "page"),
        (b'{"a": 1}', "application/json", "page"),
        (b"", None, "page"),
    ],
)
def test_what_was_fetched_is_known_by_what_it_is(data: bytes, media_type: str | None, kind: str) -> None:
    assert kind_of(data, media_type) == kind


@pytest.mark.parametrize(
    "date", ["Mon, 01 Jan 2020 00:00:00 +" + "9" * 30, "Mon, 01 Jan 99999999999 00:00:00 +0000"]
)
def test_a_date_beyond_all_numbers_is_no_date(date: str) -> None:
    (entry,) = entries(
        f"<rss version='2.0'><channel><item><title>A</title><pubDate>{date}</pubDate></item></channel></rss>"
    )
    assert entry.published_at is None
    (place,) = sitemap_places(
        f"<urlset><url><loc>https://a.example/</loc><publication_date>{date}</publication_date></url></urlset>".encode()
    )
    assert place.published_at is None


def test_a_packed_sitemap_is_unpacked_within_bounds() -> None:
    assert unpacked(gzip.compress(b"<urlset/>"), 100) == b"<urlset/>"
    with pytest.raises(FetchError):
        unpacked(gzip.compress(bytes(1_000)), 100)


def test_an_rss_entry_is_read() -> None:
    (entry,) = entries(
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>News</title><item>"
        "<title>Port &amp;amp; harbour</title><link>/a?b=1&amp;c</link><guid>g1</guid>"
        "<dc:creator>Ada Byron</dc:creator>"
        "<pubDate>Wed, 01 May 2024 10:00:00 +0200</pubDate>"
        "<description>&lt;p&gt;One.&lt;p&gt;Two.</description>"
        "</item></channel></rss>"
    )
    assert entry.title == "Port & harbour"
    assert entry.link == "https://news.example/a?b=1&c"
    assert (entry.key, entry.mark, entry.authors) == (f"{FEED[:-4]}g1", None, ("Ada Byron",))
    assert str(entry.published_at) == "2024-05-01 10:00:00+02:00"
    assert entry.text == "One.\n\nTwo."


@pytest.mark.parametrize("stated", ["2024", "2024-05", "yesterday", "31/02/2024", ""])
def test_no_day_is_made_of_an_incomplete_date(stated: str) -> None:
    (entry,) = entries(
        f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id><title>T</title>"
        f"<published>{stated}</published></entry></feed>"
    )
    assert entry.published_at is None


def test_a_json_feed_is_read() -> None:
    item = {
        "id": 7,
        "external_url": "/a",
        "title": "T",
        "content_html": "<p>One <script>x()</script>two.</p>",
        "date_published": "2024-05-01T10:00:00+02:00",
        "date_modified": "2024-05-02T10:00:00Z",
        "authors": [{"name": "Ada"}, {"url": "x"}, 3],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [item, "no item", {}]}
    (part,) = json_feed_parts(json.dumps(feed).encode())
    entry = part.entries[0]
    assert (entry.key, entry.link, entry.text, entry.authors) == ("7", "/a", "One two.", ("Ada",))
    assert entry.mark == "7 2024-05-02T10:00:00Z"
    assert [one.address for one in wanted("feed", json.dumps(feed), "application/feed+json")] == [
        "https://news.example/a"
    ]


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"items": 3}', b"[" * 100_000, b"\xff\xfe\x00"])
def test_a_broken_json_feed_is_an_error(data: bytes) -> None:
    with pytest.raises(FetchError):
        list(json_feed_parts(data))


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "http://user:x@a.example/"]
)
def test_an_entry_that_links_out_of_the_web_has_no_page(link: str) -> None:
    item = {"id": "1", "url": link, "title": "T", "content_text": "Its own text."}
    (one,) = wanted("feed", json.dumps({"items": [item]}), "application/feed+json")
    assert not one.has_page
    assert one.refused
    assert one.address.startswith(f"{FEED}#")


def test_a_feed_of_a_hundred_thousand_entries_is_read_in_parts() -> None:
    item = (
        "<item><title>T{0}</title><link>https://a.example/{0}</link><description>Text.</description></item>"
    )
    head = "<rss version='2.0'><channel><title>Long</title>"
    feed = (head + "".join(map(item.format, range(100_000))) + "</channel></rss>").encode()
    parts = feed_parts(feed, FEED)
    for start in (0, 500, 1_000):
        part = next(parts)
        assert [entry.title for entry in part.entries] == [f"T{start + one}" for one in range(500)]
        assert part.feed.title == "Long"


def test_the_parts_of_a_feed_are_all_of_it() -> None:
    item = "<entry><id>{0}</id><title>T{0}</title><link href='/{0}'/></entry>"
    head = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Long</title>"
    feed = head + "".join(map(item.format, range(1_234))) + "</feed>"
    assert [entry.title for entry in entries(feed)] == [f"T{number}" for number in range(1_234)]


BOMB = "<!DOCTYPE x [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)


def test_entities_do_not_expand_without_end_in_a_feed() -> None:
    feed = f"{BOMB}<rss version='2.0'><channel><item><title>T &a11;</title></item></channel></rss>"
    assert len(entries(feed)[0].title) < 100


def test_entities_do_not_expand_without_end_in_a_sitemap() -> None:
    sitemap = f"{BOMB}<urlset><url><loc>https://a.example/&a11;</loc></url></urlset>"
    with pytest.raises(FetchError, match="amplification"):
        list(sitemap_places(sitemap.encode()))


def test_an_outer_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    outer = f"<!DOCTYPE x [<!ENTITY s SYSTEM '{secret.as_uri()}'>]>"
    feed = f"{outer}<rss version='2.0'><channel><item><title>T &s;</title></item></channel></rss>"
    sitemap = f"{outer}<urlset><url><loc>https://a.example/&s;</loc></url></urlset>"
    assert "SECRET" not in str(entries(feed))
    assert "SECRET" not in str(list(sitemap_places(sitemap.encode())))


def test_a_large_feed_with_entities_of_its_own_is_refused() -> None:
    padding = "<!-- " + "x" * 1_000_000 + " -->"
    with pytest.raises(FetchError, match="entities"):
        entries(f"<!DOCTYPE x [<!ENTITY a 'b'>]><rss>{padding}</rss>")


def test_a_news_sitemap_says_when_and_what() -> None:
    sitemap = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://a.example/1 </loc>
        <news:news><news:publication><news:name>Harbour News</news:name><news:language>en</news:language>
        </news:publication><news:publication_date>2024-05-01T10:00:00+02:00</news:publication_date>
        <news:title>A title</news:title></news:news></url><url><lastmod>2024-05-01</lastmod></url></urlset>"""
    (one,) = wanted("sitemap", sitemap)
    assert (one.address, one.stated.title, one.stated.publisher) == (
        "https://a.example/1",
        "A title",
        "Harbour News",
    )
    assert str(one.stated.published_at) == "2024-05-01 10:00:00+02:00"


def test_a_damaged_sitemap_tells_what_stands_before_the_damage() -> None:
    places = sitemap_places(b"<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.ex")
    assert next(places).address == "https://a.example/1"
    with pytest.raises(FetchError, match="damaged"):
        next(places)


def test_real_feeds_do_not_break_it_and_come_out_inert(shared_data: Path) -> None:
    """Every test feed of feedparser: none raises anything but our error, none keeps markup or a script."""
    files = sorted((shared_data / "feedparser_feeds").rglob("*.xml"))
    assert len(files) > 1_800
    for path in files:
        try:
            found = entries(path.read_bytes())
        except FetchError:
            continue
        for entry in found:
            texts = (entry.title, entry.text, *entry.authors)
            hostile = "sanitize" in str(path) and any(map(MARKUP.search, texts))
            assert not hostile, f"{path.name}: {texts}"
        for one in wanted("feed", path.read_bytes()) if found else []:
            assert one.address.startswith(("http://", "https://")), path.name
