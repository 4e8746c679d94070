"""The fetcher against real servers on the loopback: what is asked, what is followed, what is refused."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import closing

import pytest

from ingest.sources.web.errors import AddressError, FetchError, RefusedAddressError, RobotsError
from ingest.sources.web.fetcher import Fetched, NotModified, Validators
from ingest.sources.web.http import MOST_REDIRECTS, HttpFetcher
from ingest.sources.web.options import WebOptions
from tests.ingest.web.clocks import Slept
from tests.ingest.web.site import Site, misbehaving, served

LOCAL = WebOptions(allow_private=True, seconds_between=0)
QUICK = WebOptions(
    allow_private=True, seconds_between=0, retries=0, timeout_seconds=0.3, deadline_seconds=0.6
)
SMALL = WebOptions(allow_private=True, seconds_between=0, retries=0, most_listing_bytes=1_000_000)


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        yield one


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
def fetcher(slept: Slept) -> Iterator[HttpFetcher]:
    with closing(HttpFetcher(LOCAL, slept.clock)) as one:
        yield one


def had(fetcher: HttpFetcher, address: str) -> Fetched:
    answer = fetcher.fetch(address)
    assert isinstance(answer, Fetched)
    return answer


def refusal(address: str, options: WebOptions = QUICK) -> FetchError:
    with closing(HttpFetcher(options, Slept().clock)) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch(address)
    return caught.value


def test_a_page_is_had_with_what_the_server_says_of_it(site: Site, fetcher: HttpFetcher) -> None:
    address = site.put("/a", "Ağ".encode("iso-8859-9"), "Text/HTML; Charset=ISO-8859-9")
    answer = had(fetcher, address)
    assert (answer.address, answer.data) == (address, "Ağ".encode("iso-8859-9"))
    assert (answer.media_type, answer.charset) == ("text/html", "iso-8859-9")
    assert answer.retrieved_at.tzinfo is not None


def test_the_program_says_who_it_is_and_sends_nothing_else_of_the_user(
    site: Site, fetcher: HttpFetcher
) -> None:
    had(fetcher, site.put("/a", "text"))
    headers = site.asked[-1].headers
    assert headers["user-agent"].startswith("footnote-qa/")
    assert headers["host"] == site.address.removeprefix("http://")
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: HttpFetcher) -> None:
    address = site.put("/a", "text")
    validators = had(fetcher, address).validators
    assert isinstance(fetcher.fetch(address, validators), NotModified)
    site.put("/a", "other text")
    assert isinstance(fetcher.fetch(address, validators), Fetched)
    assert [one.status for one in site.asked if one.path == "/a"] == [200, 304, 200]


def test_last_modified_serves_as_well(site: Site, fetcher: HttpFetcher) -> None:
    day = "Wed, 01 May 2024 10:00:00 GMT"
    address = site.put("/a", "text", etag=False, headers=(("Last-Modified", day),))
    assert had(fetcher, address).validators == Validators(None, day)
    fetcher.fetch(address, Validators(None, day))
    assert site.asked[-1].headers["if-modified-since"] == day


def test_not_modified_to_one_who_has_nothing_is_no_answer(site: Site) -> None:
    assert "304" in refusal(site.put("/a", b"", status=304)).message


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(site: Site, fetcher: HttpFetcher, status: int) -> None:
    site.put("/new/page", "text")
    site.redirect("/new/old", "page", status)
    answer = had(fetcher, site.redirect("/start", "/new/old"))
    assert answer.address == f"{site.address}/new/page"
    assert answer.data == b"text"


def test_redirects_in_a_circle_end(site: Site) -> None:
    site.redirect("/b", "/a")
    assert "circle" in refusal(site.redirect("/a", "/b")).message
    assert site.paths() == ["/a", "/b"]


def test_redirects_without_end_end(site: Site) -> None:
    for number in range(MOST_REDIRECTS + 5):
        site.redirect(f"/{number}", f"/{number + 1}")
    assert str(MOST_REDIRECTS) in refusal(f"{site.address}/0").message
    assert len(site.paths()) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/a", "javascript:alert(1)", "http://user:x@127.0.0.1/"]
)
def test_a_redirect_out_of_the_web_is_not_followed(site: Site, fetcher: HttpFetcher, target: str) -> None:
    with pytest.raises(AddressError):
        fetcher.fetch(site.redirect("/a", target))


def test_a_private_address_is_refused_without_being_asked(site: Site) -> None:
    with closing(HttpFetcher(WebOptions(), Slept().clock)) as fetcher:
        for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
            with pytest.raises(RefusedAddressError):
                fetcher.fetch(site.put("/a", "secret").replace("127.0.0.1", host))
    assert site.asked == []


class ChangingNames:
    """A resolver whose answers change from one look-up to the next."""

    def __init__(self, **answers: list[str]) -> None:
        self._answers = {name.replace("_", "."): iter(answer) for name, answer in answers.items()}
        self.looked_up: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        return [next(self._answers[host])]


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loopback stands in for the public internet here, and 10.0.0.1 for what is behind the firewall."""
    monkeypatch.setattr("ingest.sources.web.guard.is_public", lambda address: address == "127.0.0.1")
    names = ChangingNames(public_example=["127.0.0.1"] * 9, inner_example=["10.0.0.1"] * 9)
    start = site.redirect("/a", "http://inner.example/secret").replace("127.0.0.1", "public.example")
    with (
        closing(HttpFetcher(WebOptions(seconds_between=0), Slept().clock, names)) as fetcher,
        pytest.raises(RefusedAddressError) as caught,
    ):
        fetcher.fetch(start)
    assert "inner.example is at 10.0.0.1" in caught.value.message


def test_a_name_that_changes_after_the_check_gains_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One look-up for each connection, and the connection goes to what was checked."""
    monkeypatch.setattr("ingest.sources.web.guard.is_public", lambda address: address == "127.0.0.1")
    names = ChangingNames(rebound_example=["127.0.0.1", "10.0.0.1"])
    address = site.put("/a", "text").replace("127.0.0.1", "rebound.example")
    with closing(HttpFetcher(WebOptions(seconds_between=0), Slept().clock, names)) as fetcher:
        assert had(fetcher, address).data == b"text"
        assert site.asked[-1].headers["host"].startswith("rebound.example:")
        assert names.looked_up == ["rebound.example"]
        fetcher.close()
        with pytest.raises(RefusedAddressError):
            fetcher.fetch(address)


def test_a_server_that_is_busy_is_asked_again_when_it_wants(
    site: Site, fetcher: HttpFetcher, slept: Slept
) -> None:
    address = site.put("/a", b"", status=503, headers=(("Retry-After", "7"),))
    slept_once = slept.sleep

    def recover(seconds: float) -> None:
        slept_once(seconds)
        site.put("/a", "text")

    slept.clock.__init__(slept.clock.monotonic, recover, slept.clock.now)  # type: ignore[misc]
    assert had(fetcher, address).data == b"text"
    assert slept.seconds == [pytest.approx(7, abs=0.1)]
    assert site.paths() == ["/a", "/a"]


def test_a_server_that_stays_busy_is_given_up(site: Site) -> None:
    options = WebOptions(allow_private=True, seconds_between=0, retries=2)
    error = refusal(site.put("/a", b"", status=503), options)
    assert "503" in error.message
    assert len(site.paths()) == 3


def test_a_long_retry_after_is_not_waited_for_and_the_host_left_alone(
    site: Site, fetcher: HttpFetcher, slept: Slept
) -> None:
    address = site.put("/a", b"", status=429, headers=(("Retry-After", "7200"),))
    for path in ("/a", "/b"):
        with pytest.raises(FetchError, match="not asked for another"):
            fetcher.fetch(address.replace("/a", path))
    assert site.paths() == ["/a"]
    assert slept.seconds == []


def test_a_retry_after_far_in_the_future_is_not_waited_for(site: Site, fetcher: HttpFetcher) -> None:
    date = (("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"),)
    with pytest.raises(FetchError, match="hours"):
        fetcher.fetch(site.put("/a", b"", status=503, headers=date))


def test_requests_to_a_host_are_spaced(site: Site, slept: Slept) -> None:
    options = WebOptions(allow_private=True, seconds_between=2)
    with closing(HttpFetcher(options, slept.clock)) as fetcher:
        for path in ("/a", "/b", "/c"):
            had(fetcher, site.put(path, "text"))
    assert slept.seconds == [2, 2, 2]  # robots.txt came first


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 418])
def test_a_status_is_said_with_what_to_do(site: Site, status: int) -> None:
    error = refusal(site.put("/a", "no", status=status))
    assert str(status) in error.message
    assert error.advice
    assert error.gone == (status in (404, 410))


def test_an_empty_page_is_no_document(site: Site) -> None:
    assert "empty" in refusal(site.put("/a", "")).message


def test_an_image_is_not_read(site: Site) -> None:
    assert "image/png" in refusal(site.put("/a", b"\x89PNG", "image/png")).message


# robots.txt


def test_robots_txt_is_asked_first_and_once(site: Site, fetcher: HttpFetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 3", "text/plain")
    had(fetcher, site.put("/a", "text"))
    had(fetcher, site.put("/b", "text"))
    with pytest.raises(RobotsError):
        fetcher.fetch(site.put("/private/a", "text"))
    assert [one.path for one in site.asked] == ["/robots.txt", "/a", "/b"]


def test_a_crawl_delay_is_kept(site: Site, fetcher: HttpFetcher, slept: Slept) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 3", "text/plain")
    had(fetcher, site.put("/a", "text"))
    had(fetcher, site.put("/b", "text"))
    assert slept.seconds == [3]


def test_rules_for_this_program_come_before_those_for_all(site: Site, fetcher: HttpFetcher) -> None:
    site.put(
        "/robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: footnote-qa\nDisallow: /*.html$", "text/plain"
    )
    with pytest.raises(RobotsError):
        fetcher.fetch(site.put("/a.html", "text"))
    assert had(fetcher, site.put("/a.html?x", "text")).data == b"text"


def test_a_redirect_does_not_lead_around_robots_txt(site: Site, fetcher: HttpFetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    site.put("/private", "text")
    with pytest.raises(RobotsError):
        fetcher.fetch(site.redirect("/a", "/private"))


def test_a_site_whose_robots_txt_is_broken_is_left_alone(site: Site) -> None:
    site.put("/robots.txt", "oops", status=500)
    assert isinstance(refusal(site.put("/a", "text")), RobotsError)
    assert site.paths() == []


def test_a_huge_robots_txt_is_read_in_part(site: Site, fetcher: HttpFetcher) -> None:
    rules = b"User-agent: *\nDisallow: /private\n" + b"# no rule\n" * 200_000
    site.put("/robots.txt", rules, "text/plain")
    assert had(fetcher, site.put("/a", "text")).data == b"text"
    with pytest.raises(RobotsError):
        fetcher.fetch(site.put("/private", "text"))


# Bodies


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "x-gzip", "GZIP"])
def test_a_compressed_body_is_unpacked(site: Site, fetcher: HttpFetcher, encoding: str) -> None:
    pack = zlib.compress if encoding == "deflate" else gzip.compress
    body = pack(b"text " * 10_000)
    address = site.put("/a", body, headers=(("Content-Encoding", encoding),))
    assert had(fetcher, address).data == b"text " * 10_000


def test_deflate_without_a_header_is_unpacked_too(site: Site, fetcher: HttpFetcher) -> None:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    body = packer.compress(b"text " * 1_000) + packer.flush()
    address = site.put("/a", body, headers=(("Content-Encoding", "deflate"),))
    assert had(fetcher, address).data == b"text " * 1_000


def test_a_gzip_bomb_does_not_go_off(site: Site) -> None:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(bytes(10_000_000)) for _ in range(20)) + packer.flush()
    assert len(bomb) < 300_000
    address = site.put("/a", bomb, headers=(("Content-Encoding", "gzip"),))
    assert "1.0 MB" in refusal(address, SMALL).message


def test_many_small_members_are_no_way_around_the_limit(site: Site) -> None:
    bomb = gzip.compress(bytes(100_000)) * 100
    address = site.put("/a", bomb, headers=(("Content-Encoding", "gzip"),))
    assert "1.0 MB" in refusal(address, SMALL).message


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "made-up"])
def test_an_encoding_that_was_not_asked_for_is_refused(site: Site, encoding: str) -> None:
    address = site.put("/a", b"whatever", headers=(("Content-Encoding", encoding),))
    assert "not asked for" in refusal(address).message


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(b"text " * 1_000, mtime=0)[:-20]])
def test_a_damaged_compressed_body_is_an_error(site: Site, body: bytes) -> None:
    address = site.put("/a", body, headers=(("Content-Encoding", "gzip"),))
    assert "compressed answer" in refusal(address).message


def test_a_body_that_says_it_is_too_large_is_not_read(site: Site) -> None:
    assert "1.0 MB" in refusal(site.put("/a", bytes(1_000_001)), SMALL).message


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65_536)


def test_a_body_without_end_ends_at_the_limit() -> None:
    with misbehaving(endless) as address:
        assert "1.0 MB" in refusal(address, SMALL).message


def test_a_body_that_trickles_ends_at_the_deadline() -> None:
    def trickle(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.05)

    with misbehaving(trickle) as address:
        assert "too slow" in refusal(address).message


def test_headers_that_trickle_end_at_the_deadline() -> None:
    def loris(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-A: b\r\n")
            time.sleep(0.05)

    with misbehaving(loris) as address:
        assert "too slow" in refusal(address).message


def test_headers_without_end_end() -> None:
    def headers(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-A: " + b"b" * 60_000 + b"\r\n")

    with misbehaving(headers) as address:
        assert "broke off" in refusal(address).message


def test_silence_ends_at_the_timeout() -> None:
    with misbehaving(lambda _connection: time.sleep(5)) as address:
        assert "too slow" in refusal(address).message


@pytest.mark.parametrize(
    "words",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 twohundred OK\r\n\r\n",
        b"\0" * 100,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"",
    ],
)
def test_what_is_no_whole_answer_is_an_error(words: bytes) -> None:
    with misbehaving(lambda connection: connection.sendall(words)) as address:
        assert "broke off" in refusal(address).message


def test_a_host_that_does_not_answer_is_left_alone_after_some_attempts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    slept = Slept()
    with closing(HttpFetcher(LOCAL, slept.clock)) as fetcher:
        with pytest.raises(FetchError, match="cannot be reached"):
            fetcher.fetch(f"{address}/a")
        with pytest.raises(FetchError, match="not asked for another"):
            fetcher.fetch(f"{address}/b")


def test_a_name_that_nobody_knows_is_an_error() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with closing(HttpFetcher(QUICK, Slept().clock, unknown)) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch("http://nobody.example/")
    assert "name is not known" in caught.value.message
