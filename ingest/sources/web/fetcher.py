"""The `Fetcher` protocol: one address asked for, one answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Validators:
    """The server's marks of what was had before, sent along so that it need not send the same again."""

    etag: str | None = None
    last_modified: str | None = None


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document of the web.

    Attributes:
        address: where it was found at last, after all redirects.
        data: its bytes, decompressed.
        media_type: as the server calls it, in lower case, without parameters; None where it says nothing.
        charset: the encoding that the server names.
        retrieved_at: with a time zone.
    """

    address: str
    data: bytes
    retrieved_at: datetime
    media_type: str | None = None
    charset: str | None = None
    validators: Validators = NO_VALIDATORS


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing has changed since what the validators stand for."""

    address: str


class Fetcher(Protocol):
    """Fetches one document at a time."""

    def fetch(self, address: str, since: Validators = NO_VALIDATORS) -> Fetched | NotModified:
        """Fetch an address.

        Raises:
            FetchError: there is nothing, or it may not be had; the message is one sentence for a report.
            AddressError: a redirect leads to what is no address of the web.
        """
        ...
