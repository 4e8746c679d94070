"""Lines of a stream, none of which is held in memory if it is too long."""

from collections.abc import Iterator
from typing import BinaryIO


def bounded_lines(stream: BinaryIO, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Number from 1 and bytes of each line, with its end; None for a line of more than `most` bytes."""
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if len(line) <= most:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(most)
        yield number, None
