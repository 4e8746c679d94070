"""Asking patiently: never too often, and again where a failure may pass."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.sources.web.addresses import host_of
from ingest.sources.web.errors import UnansweredError
from ingest.sources.web.exchange import Answer, Exchange, Limits
from ingest.sources.web.options import WebOptions
from ingest.sources.web.pacing import Clock, Pacer, retry_after_seconds

_BUSY = frozenset({429, 503})
_MAY_PASS = _BUSY | {408, 500, 502, 504}
_FIRST_PAUSE_SECONDS = 1.0
_STRIKES = 3
_LEFT_ALONE_SECONDS = 600.0
"""A host that did not answer so many times in a row is asked nothing for so long."""


class PatientExchange:
    """An exchange around another: paces requests to a host, and repeats those that failed for now."""

    def __init__(self, inner: Exchange, options: WebOptions, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock
        self._retries = options.retries
        self._pacer = Pacer(clock, options.seconds_between, options.longest_wait_seconds)
        self._strikes: dict[str, int] = {}

    def set_delay(self, address: str, seconds: float | None) -> None:
        """The pause between requests that the robots.txt of an address's host asks for."""
        self._pacer.set_delay(host_of(address).origin, seconds)

    def ask(self, address: str, headers: Mapping[str, str], limits: Limits) -> Answer:
        """Ask for an address, and again while the server is busy or does not answer.

        Raises:
            UnansweredError: it did not answer at the last attempt either.
            FetchError: it may not be asked, not now or not at all; or its answer is not one to be read.
        """
        origin = host_of(address).origin
        for attempt in range(self._retries):
            answer = self._attempt(origin, address, headers, limits)
            if answer is not None and answer.status not in _MAY_PASS:
                return answer
            pause = None if answer is None else _asked_pause(answer)
            self._pacer.put_off(origin, _FIRST_PAUSE_SECONDS * 4**attempt if pause is None else pause)
        self._pacer.wait(origin)
        return self._last(origin, address, headers, limits)

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()

    def _attempt(
        self, origin: str, address: str, headers: Mapping[str, str], limits: Limits
    ) -> Answer | None:
        """An attempt that is not the last: None where there was no answer."""
        self._pacer.wait(origin)
        try:
            return self._answered(origin, self._inner.ask(address, headers, limits))
        except UnansweredError:
            if self._struck(origin):
                raise
            return None

    def _last(self, origin: str, address: str, headers: Mapping[str, str], limits: Limits) -> Answer:
        try:
            answer = self._answered(origin, self._inner.ask(address, headers, limits))
        except UnansweredError:
            self._struck(origin)
            raise
        pause = _asked_pause(answer)
        if pause is not None:
            self._pacer.put_off(origin, pause)
        return answer

    def _answered(self, origin: str, answer: Answer) -> Answer:
        self._strikes.pop(origin, None)
        return answer

    def _struck(self, origin: str) -> bool:
        """Whether a host that has not answered is given up for now."""
        self._strikes[origin] = self._strikes.get(origin, 0) + 1
        given_up = self._strikes[origin] >= _STRIKES
        if given_up:
            self._strikes.pop(origin)
            self._pacer.put_off(origin, _LEFT_ALONE_SECONDS)
        return given_up


def _asked_pause(answer: Answer) -> float | None:
    """The seconds that a busy server asks to be left alone, by its own clock where it tells that."""
    if answer.status not in _BUSY:
        return None
    return retry_after_seconds(answer.headers.get("retry-after"), _server_time(answer))


def _server_time(answer: Answer) -> datetime:
    try:
        moment = parsedate_to_datetime(answer.headers.get("date", ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return answer.answered_at
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
