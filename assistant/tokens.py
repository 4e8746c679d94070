"""Counting tokens for a language model's prompt budget, with tiktoken where its encoding can be had.

tiktoken fetches an encoding from the network on first use, without a time limit. Here that happens only where
the passages go over that network anyway, and never holds an answer up for long: what is not there within
seconds is replaced by an estimate.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

CountTokens = Callable[[str], int]

ESTIMATED = "Prompt tokens were estimated, on the high side: the model's own tokenizer is not at hand."
FETCH_SECONDS = 5.0
LETTERS_PER_TOKEN = 3
CAPITALS_PER_TOKEN = 2

LATIN_ENDS, TWO_BYTES_END = "\u0250", "\u0800"
"""Between them lie the alphabets whose letters are mostly one token each; elsewhere a byte is."""

_PIECES = re.compile(
    r"(?P<word>(?<![A-Za-z0-9])[A-Z]?[a-z]+)|(?P<capitals>(?<![A-Za-z0-9])[A-Z]+)"
    r"|(?P<joined>(?<=\S) (?=[A-Za-z]))|(?P<other>.)",
    re.DOTALL,
)
_ENCODING_FILES = {
    "cl100k_base": "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken",
    "o200k_base": "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken",
}


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """Counts the tokens of a text.

    Attributes:
        count: tokens of a text, without what a chat format adds around it.
        exact: False when `count` is an estimate that is meant never to be too low.
    """

    count: CountTokens
    exact: bool

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader should know about the counts."""
        return () if self.exact else (ESTIMATED,)


def open_token_counter(provider: str, name: str, *, may_fetch: bool) -> TokenCounter:
    """The counter for a chat model.

    Args:
        provider, name: as in `--model provider:name`.
        may_fetch: whether tiktoken may fetch the encoding, when it is not stored on this machine.
    """
    encoding = _encoding_of(name) if provider in ("openai", "azure_openai") else None
    if encoding is None or not (may_fetch or _is_stored(encoding)):
        return TokenCounter(estimate_tokens, exact=False)
    count = _fetched_counter(encoding)
    return TokenCounter(count or estimate_tokens, exact=count is not None)


def estimate_tokens(text: str) -> int:
    """At least as many tokens as common tokenizers make of a text (on prose, about 1.7 times as many).

    Held against cl100k_base, o200k_base and three other vocabularies on 455 texts in several languages and
    formats, it was never too low; letters stuck to others, as in encoded data, count one each. Gibberish of
    lower-case letters alone can come out too low.
    """
    return sum(_piece_tokens(piece) for piece in _PIECES.finditer(text))


def _piece_tokens(piece: re.Match[str]) -> int:
    characters = piece[0]
    match piece.lastgroup:
        case "word":
            return -(-len(characters) // LETTERS_PER_TOKEN)
        case "capitals":
            return -(-len(characters) // CAPITALS_PER_TOKEN)
        case "joined":
            return 0
    if LATIN_ENDS <= characters < TWO_BYTES_END and characters.isalpha():
        return 1
    return len(characters.encode("utf-8", "surrogatepass"))


def _encoding_of(name: str) -> str | None:
    from tiktoken.model import encoding_name_for_model

    try:
        return encoding_name_for_model(name)
    except KeyError:
        return None


def _is_stored(encoding: str) -> bool:
    """Whether tiktoken has the encoding's file on this machine, where tiktoken itself looks for it."""
    url = _ENCODING_FILES.get(encoding)
    folder = next(
        (os.environ[name] for name in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR") if name in os.environ),
        str(Path(tempfile.gettempdir()) / "data-gym-cache"),
    )
    if url is None or not folder:
        return False
    return (Path(folder) / hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()).is_file()


@cache
def _fetched_counter(encoding: str) -> CountTokens | None:
    """tiktoken's counter, None when it cannot be had in time; asked once a process, as a fetch can hang."""
    arrived: SimpleQueue[CountTokens | None] = SimpleQueue()
    Thread(target=lambda: arrived.put(_tiktoken_counter(encoding)), daemon=True).start()
    try:
        return arrived.get(timeout=FETCH_SECONDS)
    except Empty:
        return None


def _tiktoken_counter(encoding: str) -> CountTokens | None:
    import tiktoken

    try:
        tokens = tiktoken.get_encoding(encoding)
    except (OSError, ValueError):
        return None
    return lambda text: len(tokens.encode(text, disallowed_special=()))
