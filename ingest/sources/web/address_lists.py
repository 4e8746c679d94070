"""Lists of addresses: text with one on each line, blank lines and comments ("#") aside."""

from pathlib import Path

from ingest.decoding import decode_text
from ingest.errors import ExtractionError, SourceError, UsageError
from ingest.sources.web.addresses import is_address, normalised
from ingest.sources.web.errors import AddressError

SUFFIXES = frozenset({".txt", ".urls"})
"""Of files that are looked into: one that holds nothing but addresses is a list of them."""


LARGEST_LOOKED_INTO = 10_000_000
"""Bytes; a larger file is a list only when the user says so."""


def listed_addresses(text: str) -> tuple[str, ...]:
    """The addresses of a list, each once, in order.

    Raises:
        UsageError: a line is no address, or there is none at all.
    """
    addresses: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not _counts(line):
            continue
        try:
            addresses.append(normalised(line))
        except AddressError as error:
            raise UsageError(f"Line {number} of the list: {error.message}", error.advice) from error
    if not addresses:
        raise UsageError("There is no address in the list.", "Write one on each line.")
    return tuple(dict.fromkeys(addresses))


def is_list(data: bytes) -> bool:
    """Whether some bytes are text that holds addresses of the web, one on each line, and nothing else."""
    try:
        lines = [line for line in decode_text(data).splitlines() if _counts(line)]
    except ExtractionError:
        return False
    return bool(lines) and all(_looks_like_one(line) for line in lines) and all(map(is_address, lines))


def holds_list(path: Path) -> bool:
    """Whether a file holds nothing but addresses; a file that cannot be read holds none."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            data = file.read(LARGEST_LOOKED_INTO + 1)
    except OSError:
        return False
    return len(data) <= LARGEST_LOOKED_INTO and is_list(data)


def read_list(path: Path, max_bytes: int) -> tuple[str, ...]:
    """The addresses of a list in a file.

    Raises:
        SourceError: the file cannot be read, or is too large.
        UsageError: it is no list of addresses.
    """
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
        if len(data) > max_bytes:
            raise SourceError(f"{path} is too large for a list of addresses.", "Split it.")
        return listed_addresses(decode_text(data))
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    except ExtractionError as error:
        raise UsageError(f"{path} is no list of addresses: {error.message}", error.advice) from error


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _looks_like_one(line: str) -> bool:
    return line.strip().lower().startswith(("http://", "https://")) and len(line.split()) == 1
