"""What sites ask of robots in their robots.txt (RFC 9309)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.sources.web.addresses import host_of
from ingest.sources.web.errors import RobotsError
from ingest.sources.web.options import ROBOTS_NAME

if TYPE_CHECKING:
    from protego import Protego

MOST_BYTES = 500 * 1024
"""Of a robots.txt; the rest is not looked at, as RFC 9309 has it."""
SECONDS_KEPT = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A site's answer to the request for its robots.txt."""

    status: int
    data: bytes


@dataclass(frozen=True, slots=True)
class _Rules:
    """A site's rules; `rules` is None where everything is forbidden because the site is out of order."""

    rules: "Protego | None"
    read_at: float


class Robots:
    """The rules of every site met, each read once a day.

    Args:
        read: asks a site for its robots.txt.
        monotonic: the time in seconds.
    """

    def __init__(self, read: Callable[[str], RobotsFile], monotonic: Callable[[], float]) -> None:
        self._read = read
        self._monotonic = monotonic
        self._sites: dict[str, _Rules] = {}

    def check(self, address: str) -> float | None:
        """See that a site lets the address be read; the seconds between requests that it asks for.

        Raises:
            RobotsError: it does not.
            FetchError: its robots.txt cannot be asked for.
        """
        rules = self._rules_of(host_of(address).origin)
        if rules is None:
            raise RobotsError(
                "The site's robots.txt cannot be read (the server is out of order), so nothing there is.",
                "Try again later.",
            )
        if not rules.can_fetch(address, ROBOTS_NAME):
            raise RobotsError(
                "The site's robots.txt does not want it to be read.", "Save the page and ingest the file."
            )
        delay = rules.crawl_delay(ROBOTS_NAME)
        return None if delay is None else float(delay)

    def _rules_of(self, origin: str) -> "Protego | None":
        known = self._sites.get(origin)
        now = self._monotonic()
        if known is None or now - known.read_at > SECONDS_KEPT:
            known = self._sites[origin] = _Rules(_parsed(self._read(f"{origin}/robots.txt")), now)
        if known.rules is None:
            del self._sites[origin]
        return known.rules


def _parsed(file: RobotsFile) -> "Protego | None":
    """The rules in an answer: no file allows everything, a site that is out of order nothing."""
    from protego import Protego

    if file.status >= 500 or file.status == 429:
        return None
    text = file.data.decode("utf-8", "replace") if file.status == 200 else ""
    return Protego.parse(text.replace("\0", ""))
