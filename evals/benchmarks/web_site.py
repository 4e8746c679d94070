"""A web site that is ingested by the command, changes, and is ingested again.

Run `python -m evals.benchmarks.web_site [--pages 200]`.

The site is made up and served on the loopback: an index of two sitemaps, a news sitemap, an Atom feed and an
RSS feed of the newest pages, a page behind a redirect, and one that robots.txt forbids. `footnote ingest`
reads it four times: at first, with nothing changed, after some pages were rewritten, some put up and some
taken down, and once more. The table shows what the command said and what the server was asked. The exit code
is 1 where an article was missed, read twice, or kept.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np

FIRST_DAY = datetime(2026, 1, 5, 8, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 8, tzinfo=UTC)
IN_A_FEED = 20
SHARE_CHANGED, SHARE_NEW, SHARE_GONE = 0.1, 0.05, 0.05
OUTCOMES = ("added", "changed", "unchanged", "removed", "failed")
_WORDS = np.array([f"word{number}" for number in range(5_000)])
_XML = "application/xml"


Turn = tuple[int, int, int]
"""How many pages were rewritten, put up and taken down."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: its number, how often it was written, and when last."""

    number: int
    edition: int = 0
    changed: datetime = FIRST_DAY

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"/news/{self.number}"

    def html(self) -> str:
        """The page, with a menu and a footer around the article."""
        drawn = np.random.default_rng((self.number, self.edition))
        text = "".join(
            f"<p>{' '.join(f'Report {self.number} has {one}.' for one in drawn.choice(_WORDS, 12))}</p>"
            for _ in range(3)
        )
        day = self.changed.date().isoformat()
        return (
            f"<!DOCTYPE html><html lang='en'><head><title>Report {self.number}</title>"
            f"<meta property='article:published_time' content='{day}'></head><body><nav><a href='/'>Home</a> "
            f"<a href='/news'>News</a></nav><article><h1>Report {self.number}</h1>{text}</article>"
            "<footer>All rights reserved. Cookies.</footer></body></html>"
        )


@dataclass
class Site:
    """The pages that there are, and what was asked for since it was last looked at."""

    pages: dict[int, Page]
    address: str = ""
    asked: Counter[int] = field(default_factory=Counter)
    sent: int = 0

    def reply(self, path: str) -> tuple[str, bytes] | None:
        """The media type and content of a path; None where there is nothing."""
        made: dict[str, tuple[str, Callable[[], str]]] = {
            "/robots.txt": ("text/plain", lambda: "User-agent: *\nDisallow: /private/\n"),
            "/sitemap.xml": (_XML, self._sitemap_index),
            "/even.xml": (_XML, lambda: self._sitemap(0)),
            "/odd.xml": (_XML, lambda: self._sitemap(1)),
            "/news.xml": (_XML, self._news_sitemap),
            "/feed.atom": ("application/atom+xml", self._atom),
            "/feed.rss": ("application/rss+xml", self._rss),
            "/private/plans": ("text/html", Page(10**6).html),
        }
        if path in made:
            media, text = made[path]
            return media, text().encode()
        found = re.fullmatch(r"/news/(\d+)", path)
        page = self.pages.get(int(found[1])) if found else None
        return None if page is None else ("text/html; charset=utf-8", page.html().encode())

    def sources(self) -> list[str]:
        """What the command is given: four addresses that name pages, two pages, one of them forbidden."""
        paths = ("/sitemap.xml", "/news.xml", "/feed.atom", "/feed.rss", "/moved", "/private/plans")
        return [f"{self.address}{path}" for path in paths]

    def change(self) -> Turn:
        """Rewrite, put up and take down some pages; how many of each."""
        numbers = sorted(self.pages)
        counts = [max(1, int(len(numbers) * share)) for share in (SHARE_CHANGED, SHARE_NEW, SHARE_GONE)]
        changed, new, gone = counts
        for number in numbers[1 : 1 + gone]:
            del self.pages[number]
        for number in numbers[-changed:]:
            self.pages[number] = Page(number, 1, LATER)
        for number in range(numbers[-1] + 1, numbers[-1] + 1 + new):
            self.pages[number] = Page(number, 0, LATER)
        return changed, new, gone

    def looked_at(self) -> tuple[Counter[int], int]:
        """Requests by status and bytes sent, since the last time."""
        asked, sent = self.asked, self.sent
        self.asked, self.sent = Counter(), 0
        return asked, sent

    def _newest(self) -> list[Page]:
        return sorted(self.pages.values(), key=lambda page: (page.changed, page.number))[-IN_A_FEED:][::-1]

    def _sitemap_index(self) -> str:
        parts = "".join(
            f"<sitemap><loc>{self.address}/{name}.xml</loc></sitemap>" for name in ("even", "odd")
        )
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'

    def _sitemap(self, remainder: int) -> str:
        urls = "".join(
            f"<url><loc>{self.address}{page.path}</loc><lastmod>{page.changed.isoformat()}</lastmod></url>"
            for page in self.pages.values()
            if page.number % 2 == remainder
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'

    def _news_sitemap(self) -> str:
        urls = "".join(
            f"<url><loc>{self.address}{page.path}</loc><news:news><news:publication><news:name>The Loop"
            "</news:name><news:language>en</news:language></news:publication>"
            f"<news:publication_date>{page.changed.isoformat()}</news:publication_date>"
            f"<news:title>Report {page.number}</news:title></news:news></url>"
            for page in self._newest()
        )
        return (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
        )

    def _atom(self) -> str:
        entries = "".join(
            f"<entry><id>tag:loop,{page.number}</id><title>Report {page.number}</title>"
            f"<updated>{page.changed.isoformat()}</updated><link href='{self.address}{page.path}'/></entry>"
            for page in self._newest()
        )
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Loop</title>{entries}</feed>'

    def _rss(self) -> str:
        items = "".join(
            f"<item><guid>{self.address}{page.path}</guid><link>{self.address}{page.path}</link>"
            f"<title>Report {page.number}</title></item>"
            for page in self._newest()
        )
        return f'<rss version="2.0"><channel><title>The Loop</title>{items}</channel></rss>'


@contextmanager
def served(site: Site) -> Iterator[None]:
    """Serve a site on the loopback, with an `ETag` on everything; `/moved` leads to its oldest page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/moved":
                self._send(301, b"", {"Location": f"{site.address}/news/0"})
                return
            reply = site.reply(self.path)
            if reply is None:
                self._send(404, b"nothing here", {})
                return
            media, body = reply
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            known = self.headers.get("If-None-Match") == tag
            self._send(304 if known else 200, b"" if known else body, {"Content-Type": media, "ETag": tag})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            site.asked[status] += 1
            site.sent += len(body)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True, slots=True)
class Round:
    """One run of the command: what it said, by outcome, what the server was asked, by status, and seconds."""

    said: dict[str, int]
    asked: Counter[int]
    sent: int
    seconds: float


def ingest(site: Site, home: Path, *options: str) -> Round:
    """Run `footnote ingest` on the site."""
    site.looked_at()
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ingest", *site.sources(), "--home", str(home), *options],
        env={**os.environ, "FOOTNOTE_ALLOW_PRIVATE": "1", "FOOTNOTE_FETCH_PAUSE_SECONDS": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"The ingestion ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    counts = {name: int(number) for name, number in re.findall(r"^(\w+): (\d+)", done.stdout, re.MULTILINE)}
    asked, sent = site.looked_at()
    return Round({name: counts.get(name, 0) for name in OUTCOMES}, asked, sent, seconds)


def indexed(home: Path) -> int:
    """How many articles `footnote sources list` counts."""
    command = [sys.executable, "-m", "assistant", "sources", "list", "--json", "--home", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return len(set(re.findall(r"/news/\d+(?=\")", done.stdout)))


def problems(rounds: Sequence[Round], held: Sequence[int], pages: Sequence[int], turn: Turn) -> list[str]:
    """What is not as it should be.

    Args:
        rounds: the four.
        held: articles in the index after each.
        pages: pages of the site at each.
        turn: what became of the site between the second and the third.
    """
    changed, new, gone = turn
    expected = (
        (rounds[0].said["added"], pages[0], "added at first"),
        (rounds[1].said["added"] + rounds[1].said["changed"], 0, "added or changed with nothing new"),
        (rounds[2].said["changed"], changed, "changed"),
        (rounds[2].said["added"], new, "added after the change"),
        (rounds[2].said["removed"], gone, "removed"),
        (rounds[3].said["added"] + rounds[3].said["changed"], 0, "added or changed at the end"),
        *((one, count, "in the index") for one, count in zip(held, pages, strict=True)),
    )
    return [f"{found} {what}, not {wanted}" for found, wanted, what in expected if found != wanted]


def table(rounds: Sequence[Round], held: Sequence[int]) -> list[str]:
    """The rounds as a Markdown table."""
    names = ("at first", "nothing changed", "some changed, new, gone", "nothing changed")
    lines = [
        f"| | {' | '.join(OUTCOMES)} | articles held | requests | of these 304 | sent | seconds |",
        f"|---{'|---' * (len(OUTCOMES) + 5)}|",
    ]
    for name, one, count in zip(names, rounds, held, strict=True):
        said = " | ".join(str(one.said[outcome]) for outcome in OUTCOMES)
        asked = f"{one.asked.total()} | {one.asked[304]} | {one.sent / 1000:.0f} kB"
        lines.append(f"| {name} | {said} | {count} | {asked} | {one.seconds:.1f} |")
    return lines


def measure(home: Path, count: int) -> list[str]:
    """Ingest the site four times and print the table; what was wrong."""
    site = Site({number: Page(number, 0, FIRST_DAY + timedelta(hours=number)) for number in range(count)})
    rounds, held, pages = [], [], []
    turn: Turn = (0, 0, 0)
    with served(site):
        for number in range(4):
            if number == 2:
                turn = site.change()
            rounds.append(ingest(site, home, "--sync"))
            held.append(indexed(home))
            pages.append(len(site.pages))
    print("\n".join(table(rounds, held)))
    return problems(rounds, held, pages, turn)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and say what was wrong; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.web_site")
    parser.add_argument("--pages", type=int, default=200, help="pages of the site at first (default 200)")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder) / "home", given.pages)
    print("\n".join(found) or "nothing missed, nothing twice, nothing kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
