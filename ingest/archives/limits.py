"""How much may come out of an archive: a few kilobytes can stand for terabytes."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from ingest.errors import ExtractionError

_ONE_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read of an archive.

    Attributes:
        document_bytes: a larger member is refused.
        total_bytes: when all members together have more, the rest of the archive is refused.
        ratio: so many times as long as it was packed may what is unpacked be; text has 5 to 20.
        ratio_from_bytes: less than this may come out at any ratio.
        members: when there are more, the rest of the archive is refused.
        depth: so many archives may lie within each other.
    """

    document_bytes: int = 50_000_000
    total_bytes: int = 20_000_000_000
    ratio: int = 200
    ratio_from_bytes: int = 10_000_000
    members: int = 5_000_000
    depth: int = 3


DEFAULT_LIMITS = Limits()


class ArchiveLimitError(ExtractionError):
    """More came out of an archive than is read; nothing more of it is."""

    code = "archive_limit"


@dataclass(slots=True)
class Budget:
    """What has come out of an archive so far, with all that lie in it."""

    limits: Limits
    bytes: int = 0
    members: int = 0

    def take(self, count: int) -> None:
        """Count bytes that came out.

        Raises:
            ArchiveLimitError: they are too many.
        """
        self.bytes += count
        if self.bytes > self.limits.total_bytes:
            most = self.limits.total_bytes // _ONE_MEGABYTE
            raise _refusal(f"More than {most:,} MB come out of the archive")

    def take_member(self) -> None:
        """Count a member.

        Raises:
            ArchiveLimitError: there are too many.
        """
        self.members += 1
        if self.members > self.limits.members:
            raise _refusal(f"There are more than {self.limits.members:,} entries in the archive")


@dataclass
class Unpacked(io.RawIOBase):
    """A stream of unpacked bytes that counts them.

    Attributes:
        packed: how many packed bytes the stream has consumed so far; None where nothing is packed.
    """

    stream: BinaryIO
    budget: Budget
    packed: Callable[[], int] | None = None
    count: int = field(default=0, init=False)

    def readable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """How many bytes have come out."""
        return self.count

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        """Read on.

        Raises:
            ArchiveLimitError: too much has come out, altogether or for what was packed.
            OSError: what was packed is cut off.
        """
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        self.budget.take(len(data))
        limits = self.budget.limits
        if self.packed is not None and self.count > limits.ratio_from_bytes:
            packed = max(1, self.packed())
            if self.count > limits.ratio * packed:
                raise _refusal(f"More than {limits.ratio} times as many bytes come out as were packed")
        return len(data)

    def _read(self, size: int) -> bytes:
        """Read on; some libraries would take an `EOFError` for a proper end."""
        try:
            return self.stream.read(size)
        except EOFError as error:
            raise OSError("it ends too early") from error


def _refusal(message: str) -> ArchiveLimitError:
    return ArchiveLimitError(
        f"{message} (a bomb, or damage); the rest of it is not read.", "Unpack it yourself."
    )
