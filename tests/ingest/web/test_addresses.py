"""An address has one spelling, and only those of the web are asked for."""

import pytest

from ingest.sources.web.addresses import LONGEST_ADDRESS, host_of, is_address, normalised
from ingest.sources.web.errors import AddressError


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:8080/a#part", "http://example.org:8080/a"),
        ("https://example.org/a b?q=ağ", "https://example.org/a%20b?q=a%C4%9F"),
        ("https://example.org/%7Ea%2fb", "https://example.org/%7Ea%2fb"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        (" https://example.org/a\n", "https://example.org/a"),
    ],
)
def test_an_address_has_one_spelling(written: str, spelled: str) -> None:
    assert normalised(written) == spelled
    assert normalised(spelled) == spelled


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("/b", "https://example.org/b"),
        ("c?d", "https://example.org/a/c?d"),
        ("//other.example/x", "https://other.example/x"),
        ("HTTPS://other.example", "https://other.example/"),
    ],
)
def test_a_reference_starts_at_its_document(reference: str, address: str) -> None:
    assert normalised(reference, base="https://example.org/a/b") == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "gopher://example.org:70/_x",
        "http://",
        "http:///path",
        "https://user:secret@example.org/",
        "https://user@example.org/",
        "http://example.org:port/",
        "http://example.org:99999/",
        "http://[::1",
        "http://exa mple.org/",
        "http://" + "ü" * 300 + ".example/",
        "https://example.org/" + "a" * LONGEST_ADDRESS,
    ],
)
def test_what_is_no_address_of_the_web_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(AddressError) as caught:
        normalised(text)
    assert "\n" not in caught.value.message
    assert len(caught.value.message) < 400
    assert caught.value.advice
    assert not is_address(text)


def test_a_message_does_not_repeat_a_password() -> None:
    with pytest.raises(AddressError) as caught:
        normalised("https://user:secret@example.org/")
    assert "secret" not in str(caught.value)


def test_a_host_knows_its_port() -> None:
    assert (host_of("https://example.org/").port, host_of("http://example.org/").port) == (443, 80)
    assert host_of("http://[::1]:81/a").origin == "http://[::1]:81"
