"""What can go wrong on the way to a document of the web, each with what to do next."""

from ingest.errors import FootnoteError, UsageError


class AddressError(UsageError):
    """An address that is not asked for, whatever there may be."""

    code = "address_refused"


class FetchError(FootnoteError):
    """Nothing was had from an address.

    Attributes:
        gone: the server says that there is nothing any more, or never was.
    """

    code = "not_fetched"

    def __init__(self, message: str, advice: str = "", *, gone: bool = False) -> None:
        super().__init__(message, advice)
        self.gone = gone


class RefusedAddressError(FetchError):
    """A host of this machine or of a private network, which is not asked unless that is allowed."""

    code = "private_address"


class RobotsError(FetchError):
    """The site's robots.txt does not want the address to be read."""

    code = "robots_disallow"


class UnansweredError(FetchError):
    """The server did not answer, or not to the end; it may the next time."""

    code = "not_answered"
