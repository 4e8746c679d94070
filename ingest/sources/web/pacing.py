"""Asking a host no more often than it likes: a pause between requests, and what its Retry-After says."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.sources.web.errors import FetchError

MOST_SECONDS_BETWEEN = 30.0
"""The longest pause that a robots.txt (Crawl-delay) can ask for."""


_SECONDS = re.compile(r"\d{1,300}(?:\.\d{0,300})?", re.ASCII)
"""Whole ones by RFC 9110; some servers send fractions."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the fetcher sees it; tests hand in one that does not wait."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


class Pacer:
    """Lets a request to a host begin only when its time has come.

    Args:
        clock: the time.
        seconds_between: between the beginnings of two requests to one host, 0 or more.
        longest_wait: seconds that a host's Retry-After is waited for; one that asks for more is not asked
            again before that time, and the request fails.
    """

    def __init__(self, clock: Clock, seconds_between: float, longest_wait: float) -> None:
        self._clock = clock
        self._seconds_between = seconds_between
        self._longest_wait = longest_wait
        self._delays: dict[str, float] = {}
        self._next: dict[str, float] = {}

    def set_delay(self, host: str, seconds: float | None) -> None:
        """The pause that a host's robots.txt asks for."""
        self._delays[host] = min(seconds or 0.0, MOST_SECONDS_BETWEEN)

    def wait(self, host: str) -> None:
        """Wait until the host may be asked.

        Raises:
            FetchError: it wants to be left alone for longer than is waited.
        """
        seconds = self._next.get(host, 0.0) - self._clock.monotonic()
        if seconds > self._longest_wait:
            raise FetchError(
                f"{host} is not asked for another {_for_people(seconds)}: it wants to be left alone, or does "
                "not answer.",
                "Try again after that.",
            )
        if seconds > 0:
            self._clock.sleep(seconds)
        between = max(self._seconds_between, self._delays.get(host, 0.0))
        self._next[host] = self._clock.monotonic() + between

    def put_off(self, host: str, seconds: float) -> None:
        """Ask the host nothing for so many seconds."""
        self._next[host] = max(self._next.get(host, 0.0), self._clock.monotonic() + seconds)


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """The seconds that a `Retry-After` header names, 0 or more; None where it names none."""
    stated = (header or "").strip()
    if _SECONDS.fullmatch(stated):
        return float(stated)
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)


def _for_people(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:,.0f} minutes" if seconds < 7200 else f"{seconds / 3600:,.0f} hours"
