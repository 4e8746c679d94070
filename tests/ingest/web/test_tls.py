"""The fetcher over TLS: what a trusted certificate opens, and what any other leaves closed."""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from ingest.sources.web.errors import FetchError
from ingest.sources.web.http import HttpFetcher
from ingest.sources.web.options import WebOptions
from tests.ingest.web.clocks import Slept
from tests.ingest.web.site import Site, served

WEB = WebOptions(allow_private=True, seconds_between=0)
NAME = "news.example"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this process trusts."""
    one = trustme.CA()
    one.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return one


@contextmanager
def served_with(certificate: trustme.LeafCert) -> Iterator[tuple[Site, str]]:
    """A site behind a certificate, and its address by name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with served(context) as site:
        yield site, site.address.replace("127.0.0.1", NAME)


def at_the_loopback(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def fetched(address: str) -> bytes:
    with closing(HttpFetcher(WEB, Slept().clock, at_the_loopback)) as fetcher:
        answer = fetcher.fetch(address)
    assert hasattr(answer, "data")
    return bytes(answer.data)


def test_a_page_is_had_over_tls(authority: trustme.CA) -> None:
    with served_with(authority.issue_cert(NAME)) as (site, address):
        site.put("/a", "text")
        assert fetched(f"{address}/a") == b"text"
        assert site.asked[-1].headers["host"].startswith(f"{NAME}:")


def test_a_redirect_to_tls_is_followed(authority: trustme.CA) -> None:
    with served_with(authority.issue_cert(NAME)) as (site, address), served() as plain:
        site.put("/a", "text")
        assert fetched(plain.redirect("/old", f"{address}/a")) == b"text"


@pytest.mark.parametrize("flaw", ["unknown authority", "another name", "expired"])
def test_a_certificate_that_proves_nothing_is_refused(authority: trustme.CA, flaw: str) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificates = {
        "unknown authority": lambda: trustme.CA().issue_cert(NAME),
        "another name": lambda: authority.issue_cert("other.example"),
        "expired": lambda: authority.issue_cert(NAME, not_after=yesterday),
    }
    reasons = {
        "unknown authority": "unable to get local issuer certificate",
        "another name": "not valid for 'news.example'",
        "expired": "certificate has expired",
    }
    with served_with(certificates[flaw]()) as (site, address):
        site.put("/a", "secret")
        with pytest.raises(FetchError) as caught:
            fetched(f"{address}/a")
    assert caught.value.message.startswith("The server's certificate cannot be trusted (")
    assert reasons[flaw] in caught.value.message
    assert "SSL_CERT_FILE" in caught.value.advice
    assert site.asked == []


def test_plain_http_on_a_port_of_tls_is_an_error(authority: trustme.CA) -> None:
    with served_with(authority.issue_cert(NAME)) as (_, address), pytest.raises(FetchError):
        fetched(f"{address.replace('https', 'http')}/a")


def test_tls_on_a_port_of_plain_http_is_an_error(authority: trustme.CA) -> None:
    with served() as site, pytest.raises(FetchError) as caught:
        fetched(f"{site.address.replace('http', 'https')}/a")
    assert "The server cannot be reached" in caught.value.message
