"""What an archive is, and with what it is opened."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

from ingest.archives.limits import Budget
from ingest.document import RawDocument, ReadFailure


@dataclass(frozen=True, slots=True)
class Opening:
    """An archive that is being read.

    Attributes:
        location: its own; what lies in it has locations below ("file:///a.zip/b.txt").
        name: what a person would call it; members' names begin with it.
        retrieved_at: when it was read, with a time zone.
        fields: names of a row's fields by what they hold, as a user gave them.
        depth: how many archives it lies in.
        taken: hashes of the addresses that documents of it have already.
    """

    location: str
    name: str
    retrieved_at: datetime
    budget: Budget
    fields: Mapping[str, str]
    depth: int = 0
    taken: set[int] = field(default_factory=set)

    def below(self, name: str) -> "Opening":
        """The opening of a member, by its name in the archive."""
        return replace(
            self, location=self.location_of(name), name=f"{self.name}/{name}", depth=self.depth + 1
        )

    def location_of(self, name: str) -> str:
        """The location of a member, by its name in the archive."""
        return f"{self.location}/{quote(name, errors='surrogateescape')}"

    def address_or(self, address: str | None, name: str) -> str:
        """The location of a document: its address, unless it has none or another one of it is there already.

        So each document keeps a location of its own, and reading the archive again changes nothing.
        """
        key = hash(address)
        if address is None or key in self.taken:
            return self.location_of(name)
        self.taken.add(key)
        return address

    def failure(self, name: str, reason: str) -> ReadFailure:
        """That a member cannot be read."""
        return ReadFailure(self.location_of(name), reason)


Documents = Iterator[RawDocument | ReadFailure]


@dataclass(frozen=True, slots=True)
class Archive:
    """One kind of file that holds many documents.

    Attributes:
        name: as a person would say it ("ZIP archive").
        suffixes: of file names, in lower case, with the dot.
        documents: yields what is in one, from a stream of its bytes; raises `ExtractionError` or what its
            library raises where the rest cannot be read.
        media_types: names that servers give to it, in lower case.
        wraps: whether it is one packed file, whose kind the rest of its name tells ("corpus.jsonl.gz").
        count: tells how many documents are in one, none of more than so many bytes; None where only reading
            it all would tell.
    """

    name: str
    suffixes: tuple[str, ...]
    documents: Callable[[BinaryIO, Opening], Documents]
    media_types: tuple[str, ...] = ()
    wraps: bool = False
    count: Callable[[BinaryIO, int], int] | None = None
