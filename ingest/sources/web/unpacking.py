"""Bodies of responses: read to a limit, also after decompression, so that nothing small becomes huge."""

import zlib
from collections.abc import Iterable, Iterator

from ingest.sources.web.errors import FetchError

ACCEPTED = "gzip, deflate"
GZIP_MAGIC = b"\x1f\x8b"
_ONE_MEGABYTE = 1_000_000
_PIECE = 1 << 18
_EITHER_HEADER = zlib.MAX_WBITS | 32
"""Lets zlib tell gzip from zlib by the first bytes."""


def limited(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    """All of a body.

    Raises:
        FetchError: it has more than `max_bytes`.
    """
    gathered = bytearray()
    for chunk in chunks:
        gathered += chunk
        if len(gathered) > max_bytes:
            raise too_large(max_bytes)
    return bytes(gathered)


def beginning(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    """The first `max_bytes` of a body."""
    gathered = bytearray()
    for chunk in chunks:
        gathered += chunk
        if len(gathered) >= max_bytes:
            break
    return bytes(gathered[:max_bytes])


def decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """A body without its `Content-Encoding`, in pieces of a bounded size.

    Raises:
        FetchError: it is encoded in a way that was not asked for, or damaged.
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    names = [name for name in names if name != "identity"]
    if not names:
        return iter(chunks)
    if len(names) > 1 or names[0] not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"The server encodes the answer as {encoding[:40]!r}, which was not asked for.")
    return inflated(chunks)


def inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress gzip or zlib data, also several gzip members, or deflate data without a header."""
    unpacker = None
    for chunk in chunks:
        while chunk:
            unpacker = unpacker or _unpacker_for(chunk)
            try:
                piece = unpacker.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise FetchError("The compressed answer is damaged.", "Try again later.") from error
            if piece:
                yield piece
            chunk = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            unpacker = None if unpacker.eof else unpacker
    if unpacker is not None:
        raise FetchError("The compressed answer ends too early.", "Try again later.")


def _unpacker_for(chunk: bytes) -> "zlib._Decompress":
    with_header = chunk.startswith(GZIP_MAGIC) or (chunk[0] & 0x0F == 8 and chunk[0] >> 4 <= 7)
    return zlib.decompressobj(_EITHER_HEADER if with_header else -zlib.MAX_WBITS)


def too_large(max_bytes: int) -> FetchError:
    """The error for more bytes than are read."""
    return FetchError(f"It has more than the {max_bytes / _ONE_MEGABYTE:,.1f} MB that are read at most.")
