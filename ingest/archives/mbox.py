"""Mailboxes (mbox): one message after the other, each read by itself."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.archives.archive import Archive, Documents, Opening
from ingest.archives.lines import bounded_lines
from ingest.document import RawDocument
from ingest.formats import mail

_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_MESSAGE_ID = re.compile(rb"^message-id:\s*<?([^\s<>]{1,300})>?", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def documents(stream: BinaryIO, opening: Opening) -> Documents:
    """Every message; one that is larger than a document may be is a failure."""
    seen: set[str] = set()
    for number, data in enumerate(_messages(stream, opening.budget.limits.document_bytes), 1):
        if data is None:
            yield opening.failure(str(number), f"Message {number} is larger than a document may be.")
            continue
        name = _identity(data, number)
        if name in seen:
            name = str(number)
        seen.add(name)
        yield RawDocument(
            opening.location_of(name),
            f"{opening.name}/message {number}",
            data,
            opening.retrieved_at,
            mail.MEDIA_TYPE,
        )


def _messages(stream: BinaryIO, most: int) -> Iterator[bytes | None]:
    """The messages' bytes, without the lines that part them; None for one that is too large."""
    lines: list[bytes] | None = None
    size, blank = 0, True
    for _, line in bounded_lines(stream, most):
        if line is not None and blank and line.startswith(b"From "):
            if lines is not None:
                yield _message(lines, size, most)
            lines, size, blank = [], 0, False
            continue
        size += most + 1 if line is None else len(line)
        if lines is not None and line is not None and size <= most:
            lines.append(line)
        blank = line is not None and not line.strip()
    if lines is not None:
        yield _message(lines, size, most)


def _message(lines: list[bytes], size: int, most: int) -> bytes | None:
    return None if size > most else _QUOTED_FROM.sub(rb"\1", b"".join(lines)) or b"\n"


def _identity(data: bytes, number: int) -> str:
    """The message's own id, which stays when the mailbox grows or shrinks; else its number."""
    found = _MESSAGE_ID.search(_HEAD_END.split(data, maxsplit=1)[0])
    return found.group(1).decode("ascii", "replace") if found else str(number)


ARCHIVE = Archive("mailbox", (".mbox",), documents, ("application/mbox",))
