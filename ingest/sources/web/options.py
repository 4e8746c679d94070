"""How the web is asked: what is allowed, how often, how long and how much."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How the web is asked.

    Attributes:
        allow_private: whether hosts of this machine and of private networks may be asked.
        seconds_between: between the beginnings of two requests to one host, 0 or more; a robots.txt can ask
            for more.
        timeout_seconds: of silence, above 0, after which a server is given up.
        deadline_seconds: in which a whole answer must have arrived, above 0.
        longest_wait_seconds: for which a Retry-After is waited, 0 or more.
        retries: further attempts after a failure that may pass, 0 or more.
        most_addresses: of one source that are read; the rest is reported.
        most_page_bytes: of a document, unpacked.
        most_listing_bytes: of a feed, a sitemap or a list, unpacked.
    """

    allow_private: bool = False
    seconds_between: float = 1.0
    timeout_seconds: float = 15.0
    deadline_seconds: float = 60.0
    longest_wait_seconds: float = 60.0
    retries: int = 2
    most_addresses: int = 200_000
    most_page_bytes: int = 10_000_000
    most_listing_bytes: int = 50_000_000


DEFAULT_WEB_OPTIONS = WebOptions()

ROBOTS_NAME = "footnote-qa"
"""What a robots.txt calls this program."""


def user_agent() -> str:
    """How requests name this program, with its version."""
    try:
        number = version("footnote-qa")
    except PackageNotFoundError:
        number = "0"
    return f"{ROBOTS_NAME}/{number} (reads articles for one person's questions; obeys robots.txt)"
