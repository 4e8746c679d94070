"""A web site ingested, changed, and ingested again: what is counted, and what is asked for."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.sources import SourceOptions, open_source
from ingest.sources.web.http import HttpFetcher
from ingest.sources.web.options import WebOptions
from tests.ingest.web.clocks import BEGINNING, Slept
from tests.ingest.web.site import Site, article_page, served
from tests.vectorstore.fakes import WordEmbedder
from vectorstore.index import Index
from vectorstore.sync import IngestReport, ingest_source

WEB = WebOptions(allow_private=True, seconds_between=0, retries=0)


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        yield one


class Reader:
    """Ingests into one index, each time with a fetcher of its own, as a new process would."""

    def __init__(self, home: Path) -> None:
        self.embedder = WordEmbedder()
        self.index = Index.create_or_open(home, self.embedder)
        self.told: list[str] = []

    def ingest(
        self, source: str, *, sync: bool = False, web: WebOptions = WEB, now: datetime = BEGINNING
    ) -> IngestReport:
        with closing(HttpFetcher(web, Slept(now).clock)) as fetcher:
            options = SourceOptions(web=web, fetcher=fetcher, tell=self.told.append)
            return ingest_source(self.index, self.embedder, open_source(source, options), sync=sync)

    def titles(self) -> list[str]:
        return sorted(head.title for head in self.index.articles())


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    one = Reader(tmp_path / "home")
    with one.index:
        yield one


def counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    """Added, changed, unchanged, removed, failed."""
    return (report.added, report.changed, report.unchanged, report.removed, len(report.failed))


def page(number: int, text: str = "") -> str:
    words = text or f"Harbour number {number} was opened to ships on a cold day in May by the mayor."
    return article_page(
        f"Report {number}", words, "The council had voted for it a year before, by seven to six."
    )


def test_a_page_is_read_once(site: Site, reader: Reader) -> None:
    address = site.put("/1", page(1))
    assert counts(reader.ingest(address)) == (1, 0, 0, 0, 0)
    assert counts(reader.ingest(address)) == (0, 0, 1, 0, 0)
    assert [one.status for one in site.asked if one.path == "/1"] == [200, 304]
    site.put("/1", page(1, "Harbour number 1 has been closed again after the storm of Tuesday night."))
    assert counts(reader.ingest(address)) == (0, 1, 0, 0, 0)
    assert reader.told == [f"{address} is a page"] * 2


def atom(site: Site, *entries: tuple[int, str]) -> str:
    """An Atom feed of numbered pages, each with its day of change."""
    items = "".join(
        f"<entry><id>tag:{number}</id><title>Report {number}</title><link href='/{number}'/>"
        f"<published>2024-05-0{number}T10:00:00+02:00</published><updated>{updated}T10:00:00Z</updated></entry>"
        for number, updated in entries
    )
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour News</title>{items}</feed>"
    return site.put("/feed", feed, "application/atom+xml")


def test_of_an_atom_feed_only_what_says_it_changed_is_asked_for(site: Site, reader: Reader) -> None:
    for number in (1, 2, 3):
        site.put(f"/{number}", page(number))
    feed = atom(site, (1, "2024-05-01"), (2, "2024-05-02"))
    assert counts(reader.ingest(feed)) == (2, 0, 0, 0, 0)
    assert reader.told == [f"{feed} is a feed (Atom 1.0) of 2 entries"]

    site.forget()
    assert counts(reader.ingest(feed)) == (0, 0, 2, 0, 0)
    assert [(one.path, one.status) for one in site.asked] == [("/robots.txt", 404), ("/feed", 304)]

    site.forget()
    site.put("/2", page(2, "Harbour number 2 was sold to a company from Bergen for nine million."))
    atom(site, (3, "2024-05-03"), (2, "2024-05-05"), (1, "2024-05-01"))
    assert counts(reader.ingest(feed)) == (1, 1, 1, 0, 0)
    assert site.paths() == ["/feed", "/3", "/2"]


def test_an_entry_that_leaves_its_feed_stays_in_the_index(site: Site, reader: Reader) -> None:
    for number in (1, 2, 3):
        site.put(f"/{number}", page(number))
    reader.ingest(atom(site, (1, "2024-05-01"), (2, "2024-05-02")))
    feed = atom(site, (3, "2024-05-03"), (2, "2024-05-02"))
    assert counts(reader.ingest(feed, sync=True)) == (1, 0, 1, 0, 0)
    assert counts(reader.ingest(feed, sync=True)) == (0, 0, 2, 0, 0)
    assert reader.titles() == ["Report 1", "Report 2", "Report 3"]


def test_the_feed_dates_what_its_page_does_not(site: Site, reader: Reader) -> None:
    site.put("/1", page(1))
    dated = '<meta property="article:published_time" content="2024-04-30T08:00:00+02:00">'
    site.put("/2", article_page("Report 2", "A page that states its own date of publication.", head=dated))
    reader.ingest(atom(site, (1, "2024-05-01"), (2, "2024-05-02")))
    first, second = sorted(reader.index.articles(), key=lambda head: head.title)
    assert str(first.published_at) == "2024-05-01 10:00:00+02:00"
    assert str(second.published_at) == "2024-04-30 08:00:00+02:00"
    article = reader.index.article(first.id)
    assert article is not None
    assert article.found["published_at"] == "feed"
    assert article.head.publisher == "Harbour News"


def test_a_page_keeps_its_feeds_date_when_it_is_read_by_itself(site: Site, reader: Reader) -> None:
    address = site.put("/1", page(1))
    reader.ingest(atom(site, (1, "2024-05-01")))
    site.put("/1", page(1).replace("Imprint", "Another imprint"))
    assert counts(reader.ingest(address))[0] == 0
    (head,) = reader.index.articles()
    assert str(head.published_at) == "2024-05-01 10:00:00+02:00"


def sitemap(site: Site, path: str, *places: tuple[str, str]) -> str:
    urls = "".join(
        f"<url><loc>{site.address}/{name}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for name, day in places
    )
    xml = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>"
    return site.put(path, xml, "application/xml")


def sitemap_index(site: Site, *places: tuple[str, str]) -> str:
    maps = "".join(
        f"<sitemap><loc>{site.address}/{name}</loc><lastmod>{day}</lastmod></sitemap>" for name, day in places
    )
    xml = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{maps}</sitemapindex>"
    return site.put("/sitemap.xml", xml, "application/xml")


def test_of_sitemaps_only_what_is_newer_is_asked_for(site: Site, reader: Reader) -> None:
    for number in range(1, 6):
        site.put(f"/{number}", page(number))
    sitemap(site, "/old.xml", ("1", "2024-01-01"), ("2", "2024-01-02"))
    sitemap(site, "/new.xml", ("3", "2024-05-03"), ("4", ""))
    top = sitemap_index(site, ("old.xml", "2024-01-02"), ("new.xml", "2024-05-03"))
    assert counts(reader.ingest(top)) == (4, 0, 0, 0, 0)
    assert reader.told == [f"{top} is a sitemap index of 2 addresses"]

    site.forget()
    assert counts(reader.ingest(top)) == (0, 0, 4, 0, 0)
    asked = [(one.path, one.status) for one in site.asked if one.path != "/robots.txt"]
    assert asked == [("/sitemap.xml", 304), ("/4", 304)]

    site.forget()
    site.put("/3", page(3, "Harbour number 3 has a new crane since the first of the month."))
    sitemap(site, "/new.xml", ("3", "2024-05-06"), ("4", ""), ("5", "2024-05-06"))
    top = sitemap_index(site, ("old.xml", "2024-01-02"), ("new.xml", "2024-05-06"))
    assert counts(reader.ingest(top)) == (1, 1, 3, 0, 0)
    assert site.paths() == ["/sitemap.xml", "/new.xml", "/3", "/4", "/5"]


def test_what_two_listings_name_is_asked_for_when_either_says_so(site: Site, reader: Reader) -> None:
    for number in (1, 2):
        site.put(f"/{number}", page(number))
    feed = atom(site, (1, "2024-05-01"), (2, "2024-05-02"))
    places = sitemap(site, "/map.xml", ("1", "2024-05-01"), ("2", "2024-05-02"))
    for listing in (feed, places):
        reader.ingest(listing)
    site.forget()
    for listing in (feed, places):
        assert counts(reader.ingest(listing)) == (0, 0, 2, 0, 0)
    assert site.paths() == ["/feed", "/map.xml"]

    site.forget()
    site.put("/2", page(2, "Harbour number 2 was sold to a company from Bergen for nine million."))
    sitemap(site, "/map.xml", ("1", "2024-05-01"), ("2", "2024-05-07"))
    assert counts(reader.ingest(feed)) == (0, 0, 2, 0, 0)
    assert counts(reader.ingest(places)) == (0, 1, 1, 0, 0)
    assert site.paths() == ["/feed", "/map.xml", "/2"]


def test_what_has_gone_from_a_sitemap_is_removed_when_that_is_wanted(site: Site, reader: Reader) -> None:
    for number in (1, 2, 3):
        site.put(f"/{number}", page(number))
    address = sitemap(site, "/map.xml", ("1", ""), ("2", ""), ("3", ""))
    reader.ingest(address)
    sitemap(site, "/map.xml", ("1", ""), ("3", ""))
    assert counts(reader.ingest(address)) == (0, 0, 2, 0, 0)
    assert counts(reader.ingest(address, sync=True)) == (0, 0, 2, 1, 0)
    assert reader.titles() == ["Report 1", "Report 3"]
    assert counts(reader.ingest(address, sync=True)) == (0, 0, 2, 0, 0)


def test_what_another_source_still_names_is_not_removed(site: Site, reader: Reader) -> None:
    for number in (1, 2):
        site.put(f"/{number}", page(number))
    reader.ingest(atom(site, (1, "2024-05-01")))
    address = sitemap(site, "/map.xml", ("1", ""), ("2", ""))
    reader.ingest(address)
    sitemap(site, "/map.xml", ("2", ""))
    assert counts(reader.ingest(address, sync=True)) == (0, 0, 1, 0, 0)
    assert reader.titles() == ["Report 1", "Report 2"]


def test_a_whole_sitemap_that_has_gone_takes_its_pages_along(site: Site, reader: Reader) -> None:
    for number in (1, 2):
        site.put(f"/{number}", page(number))
    sitemap(site, "/a.xml", ("1", ""))
    sitemap(site, "/b.xml", ("2", ""))
    reader.ingest(sitemap_index(site, ("a.xml", "2024-01-01"), ("b.xml", "2024-01-01")))
    top = sitemap_index(site, ("a.xml", "2024-01-01"))
    assert counts(reader.ingest(top, sync=True)) == (0, 0, 1, 1, 0)
    assert reader.titles() == ["Report 1"]


def test_nothing_is_removed_where_a_sitemap_cannot_be_read(site: Site, reader: Reader) -> None:
    for number in (1, 2):
        site.put(f"/{number}", page(number))
    address = sitemap(site, "/map.xml", ("1", ""), ("2", ""))
    reader.ingest(address)
    whole = site.replies["/map.xml"].body
    site.put("/map.xml", whole[: whole.index(b"/2<")], "application/xml")
    assert counts(reader.ingest(address, sync=True))[3:] == (0, 1)
    site.put("/map.xml", "out of order", status=500)
    assert counts(reader.ingest(address, sync=True)) == (0, 0, 0, 0, 1)
    assert reader.titles() == ["Report 1", "Report 2"]


def test_a_page_that_is_gone_is_removed_when_that_is_wanted(site: Site, reader: Reader) -> None:
    site.put("/1", page(1))
    address = sitemap(site, "/map.xml", ("1", ""))
    reader.ingest(address)
    del site.replies["/1"]
    report = reader.ingest(address)
    assert counts(report) == (0, 0, 0, 0, 1)
    assert "404" in report.failed[0].reason
    assert "--sync" in report.failed[0].reason
    assert counts(reader.ingest(address, sync=True)) == (0, 0, 0, 1, 0)
    assert reader.titles() == []


def test_what_failed_is_asked_for_again(site: Site, reader: Reader) -> None:
    site.put("/1", page(1))
    feed = atom(site, (1, "2024-05-01"), (2, "2024-05-02"))
    assert counts(reader.ingest(feed)) == (1, 0, 0, 0, 1)
    site.put("/2", page(2))
    site.forget()
    assert counts(reader.ingest(feed)) == (1, 0, 1, 0, 0)
    assert site.paths() == ["/feed", "/2"]


def test_a_removed_article_is_fetched_anew(site: Site, reader: Reader) -> None:
    address = site.put("/1", page(1))
    reader.ingest(address)
    with reader.index.writer("test") as writer:
        writer.remove(reader.index.articles()[0].id)
    assert counts(reader.ingest(address)) == (1, 0, 0, 0, 0)


def test_a_list_names_pages_feeds_and_sitemaps(site: Site, reader: Reader, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        site.put(f"/{number}", page(number))
    feed, map_ = atom(site, (1, "2024-05-01")), sitemap(site, "/map.xml", ("2", ""))
    names = tmp_path / "names.txt"
    names.write_text(f"# mine\n{feed}\n\n{map_}\n{site.address}/3\n{site.address}/1\n")
    assert counts(reader.ingest(str(names))) == (3, 0, 0, 0, 0)
    site.forget()
    assert counts(reader.ingest(str(names))) == (0, 0, 3, 0, 0)
    assert [one.status for one in site.asked if one.path != "/robots.txt"] == [304, 304, 304, 304]
    names.write_text(f"{feed}\n{map_}\n")
    assert counts(reader.ingest(str(names), sync=True)) == (0, 0, 2, 1, 0)
    assert reader.titles() == ["Report 1", "Report 2"]


def test_the_canonical_address_of_the_same_host_is_the_articles(site: Site, reader: Reader) -> None:
    canonical = f'<link rel="canonical" href="{site.address}/report/1">'
    site.put("/1?from=feed", page(1).replace("</head>", f"{canonical}</head>"))
    site.put("/1", page(1).replace("</head>", f"{canonical}</head>"))
    assert counts(reader.ingest(f"{site.address}/1?from=feed")) == (1, 0, 0, 0, 0)
    assert counts(reader.ingest(f"{site.address}/1")) == (0, 0, 1, 0, 0)
    (head,) = reader.index.articles()
    assert head.location == head.url == f"{site.address}/report/1"


def test_a_canonical_address_elsewhere_counts_for_nothing(site: Site, reader: Reader) -> None:
    canonical = '<link rel="canonical" href="https://famous.example/report"><meta property="og:url" '
    canonical += 'content="https://famous.example/report">'
    address = site.put("/1", page(1).replace("</head>", f"{canonical}</head>"))
    reader.ingest(address)
    (head,) = reader.index.articles()
    assert (head.location, head.url) == (address, address)


def test_the_articles_address_is_where_its_redirects_end(site: Site, reader: Reader) -> None:
    target = site.put("/1", page(1))
    short = site.redirect("/s/1", "/1")
    reader.ingest(short)
    assert reader.index.articles()[0].location == target
    assert counts(reader.ingest(short)) == (0, 0, 1, 0, 0)
    assert counts(reader.ingest(target)) == (0, 0, 1, 0, 0)


def rss(site: Site, *items: str) -> str:
    xml = f"<rss version='2.0'><channel><title>Harbour News</title>{''.join(items)}</channel></rss>"
    return site.put("/rss", xml, "application/rss+xml")


def test_the_feeds_own_text_counts_where_there_is_no_page(site: Site, reader: Reader) -> None:
    feed = rss(
        site,
        "<item><guid isPermaLink='false'>7</guid><title>Only here</title>"
        "<description>&lt;p&gt;The lighthouse keeper&lt;script&gt;alert(1)&lt;/script&gt; has retired."
        "</description>"
        "<pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate></item>",
        "<item><title>Lost page</title><link>/lost</link>"
        "<description>The page was lost in a move.</description>"
        "</item>",
    )
    assert counts(reader.ingest(feed)) == (2, 0, 0, 0, 0)
    lost, only = sorted(reader.index.articles(), key=lambda head: head.title == "Only here")
    assert only.note == "This is the feed's own text; the entry names no page that can be read."
    assert lost.note == "This is the feed's own text; the page could not be had."
    article = reader.index.article(only.id)
    assert article is not None
    assert article.text == "The lighthouse keeper has retired."
    assert (only.title, only.url) == ("Only here", feed)
    assert str(only.published_at).startswith("2024-05-01")

    site.put("/lost", page(9, "The page that was lost has been found behind a filing cabinet, entire."))
    assert counts(reader.ingest(feed)) == (0, 1, 1, 0, 0)
    assert [head.note for head in reader.index.articles() if head.location.endswith("/lost")] == [None]


def test_the_feeds_own_text_counts_where_the_page_holds_no_article(site: Site, reader: Reader) -> None:
    site.put("/app", "<html><body><script>draw()</script></body></html>")
    item = "<item><title>Drawn page</title><link>/app</link><description>What it draws.</description></item>"
    feed = rss(site, item)
    assert counts(reader.ingest(feed)) == (1, 0, 0, 0, 0)
    (head,) = reader.index.articles()
    assert head.note == "This is the feed's own text; no article could be read from the page."
    assert head.location == f"{site.address}/app"
    assert counts(reader.ingest(feed)) == (0, 0, 1, 0, 0)
    site.put("/app", page(9, "The page now has words of its own, and many of them, for all to read."))
    assert counts(reader.ingest(feed)) == (0, 1, 0, 0, 0)
    assert reader.index.articles()[0].note is None


def test_a_full_article_is_not_replaced_by_the_feeds_summary(site: Site, reader: Reader) -> None:
    item = "<item><title>Report 1</title><link>/1</link><description>In short.</description></item>"
    site.put("/1", page(1))
    feed = rss(site, item)
    reader.ingest(feed)
    site.put("/1", "busy", status=503)
    rss(site, item, "")
    assert counts(reader.ingest(feed)) == (0, 0, 0, 0, 1)
    assert reader.titles() == ["Report 1"]
    assert reader.index.articles()[0].note is None


def test_a_date_in_the_future_is_no_date(site: Site, reader: Reader) -> None:
    site.put("/1", page(1))
    item = "<item><link>/1</link><pubDate>Sat, 01 Jan 2099 10:00:00 GMT</pubDate></item>"
    reader.ingest(rss(site, item))
    assert reader.index.articles()[0].published_at is None


def test_a_clock_that_was_in_the_future_does_no_harm(site: Site, reader: Reader) -> None:
    address = rss(site, "<item><link>/1</link><title>Report 1</title></item>")
    site.put("/1", page(1))
    assert counts(reader.ingest(address, now=datetime(2099, 1, 1, tzinfo=UTC))) == (1, 0, 0, 0, 0)
    assert reader.index.articles()[0].published_at is None
    assert counts(reader.ingest(address)) == (0, 0, 1, 0, 0)
    site.put("/1", page(1, "Harbour number 1 has been closed again after the storm of Tuesday night."))
    assert counts(reader.ingest(address)) == (0, 1, 0, 0, 0)
    (head,) = reader.index.articles()
    article = reader.index.article(head.id)
    assert article is not None
    assert article.retrieved_at == BEGINNING


def test_a_sitemap_that_includes_itself_ends(site: Site, reader: Reader) -> None:
    site.put("/1", page(1))
    sitemap(site, "/a.xml", ("1", ""))
    top = sitemap_index(site, ("sitemap.xml", "2024-01-01"), ("a.xml", "2024-01-01"), ("b.xml", "2024-01-01"))
    site.replies["/b.xml"] = site.replies["/sitemap.xml"]
    assert counts(reader.ingest(top)) == (1, 0, 0, 0, 0)
    assert site.paths() == ["/sitemap.xml", "/a.xml", "/1", "/b.xml"]


def test_a_source_of_too_many_addresses_is_read_in_part(site: Site, reader: Reader) -> None:
    for number in range(5):
        site.put(f"/{number}", page(number))
    address = sitemap(site, "/map.xml", *((str(number), "") for number in range(5)))
    few = WebOptions(allow_private=True, seconds_between=0, most_addresses=4)
    report = reader.ingest(address, web=few)
    assert counts(report) == (3, 0, 0, 0, 1)
    assert "more than the 4 addresses" in report.failed[0].reason


def test_a_page_of_fifty_megabytes_is_refused(site: Site, reader: Reader) -> None:
    report = reader.ingest(site.put("/1", b"<html><body>" + b"<p>word</p>" * 4_000_000))
    assert "10 MB" in report.failed[0].reason
