"""Counting tokens: exact where tiktoken has its encoding, else estimated and not too low; never a wait."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from assistant import tokens
from assistant.tokens import ESTIMATED, estimate_tokens, open_token_counter

O200K_URL = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"

MEASURED = {
    "Ankara bought the Russian S-400 air defence system.": 13,
    "Cumhurbaşkanı Erdoğan, görüşmelerin önümüzdeki günlerde süreceğini söyledi.": 41,
    "土耳其和叙利亚的部长在莫斯科会面。": 23,
    "Министры обороны Турции и Сирии встретились в Москве.": 30,
    "It cost $2,500,000,000 (about 25%) on 28/12/2022 at 14:05:59.": 31,
    "🇹🇷🤝🇸🇾 👩‍👩‍👧‍👦 ok": 33,
    'if (a<b&&c!=d){return f(x[0],"y");}': 20,
    "ISTANBUL — ANTHROPOMORPHISATION OF BUREAUCRACIES": 21,
    "aGVsbG8gd29ybGQhIFRoaXMgaXMgYmFzZTY0Lg==": 28,
    "\n\n   \t indented\r\n": 7,
}
"""The most tokens that cl100k_base, o200k_base, Claude's or DeepSeek's vocabulary makes of a text."""


@pytest.fixture(autouse=True)
def _forget_fetched() -> Iterator[None]:
    tokens._fetched_counter.cache_clear()
    yield
    tokens._fetched_counter.cache_clear()


@pytest.fixture
def no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """tiktoken's folder, empty."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.delitem(tiktoken.registry.ENCODINGS, "o200k_base", raising=False)
    return tmp_path


@pytest.fixture
def byte_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoding of one token a byte, in the place of OpenAI's."""
    ranks = {bytes([byte]): byte for byte in range(256)}
    encoding = tiktoken.Encoding("o200k_base", pat_str=r"[\s\S]", mergeable_ranks=ranks, special_tokens={})
    monkeypatch.setitem(tiktoken.registry.ENCODINGS, "o200k_base", encoding)


@pytest.mark.parametrize("text", MEASURED)
def test_the_estimate_is_not_too_low_and_not_absurd(text: str) -> None:
    assert MEASURED[text] <= estimate_tokens(text) <= 2.5 * MEASURED[text]


@given(st.text(), st.text())
def test_the_estimate_grows_with_the_text(one: str, other: str) -> None:
    assert estimate_tokens(one) <= estimate_tokens(f"{one}\n{other}")


@given(st.text(min_size=1))
def test_the_estimate_is_never_above_the_bytes(text: str) -> None:
    assert 0 < estimate_tokens(text) <= len(text.encode("utf-8", "surrogatepass"))


def test_a_model_of_ones_own_is_estimated_without_the_network(no_store: Path) -> None:
    counter = open_token_counter("openai", "llama3.2:3b", may_fetch=True)
    assert (counter.exact, counter.notices) == (False, (ESTIMATED,))
    assert open_token_counter("ollama", "gpt-4o", may_fetch=True).exact is False


def test_nothing_is_fetched_unless_allowed(no_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(tiktoken, "get_encoding", asked.append)
    assert open_token_counter("openai", "gpt-4o", may_fetch=False).exact is False
    assert asked == []


def test_a_fetch_that_hangs_holds_nobody_up(no_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    over = Event()
    monkeypatch.setattr(tokens, "FETCH_SECONDS", 0.05)
    monkeypatch.setattr(tiktoken, "get_encoding", lambda _: over.wait(20))
    counter = open_token_counter("openai", "gpt-4o", may_fetch=True)
    over.set()
    assert (counter.exact, counter.count("two words")) == (False, estimate_tokens("two words"))


def test_a_fetch_that_fails_gives_the_estimate(no_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(name: str) -> tiktoken.Encoding:
        raise ConnectionError("no route")

    monkeypatch.setattr(tiktoken, "get_encoding", refused)
    assert open_token_counter("openai", "gpt-4o", may_fetch=True).exact is False


@pytest.mark.usefixtures("no_store", "byte_encoding")
def test_a_stored_encoding_is_exact(no_store: Path) -> None:
    (no_store / hashlib.sha1(O200K_URL.encode(), usedforsecurity=False).hexdigest()).touch()
    counter = open_token_counter("openai", "gpt-4o-mini", may_fetch=False)
    assert (counter.exact, counter.notices, counter.count("é <|endoftext|>")) == (True, (), 16)
