"""`HttpFetcher`: follows redirects one by one, obeys robots.txt, says what a status means."""

from collections.abc import Mapping
from email.message import Message

from ingest.sources.web.addresses import normalised, shown
from ingest.sources.web.errors import AddressError, FetchError
from ingest.sources.web.exchange import Answer, Exchange, HttpExchange, Limits
from ingest.sources.web.fetcher import NO_VALIDATORS, Fetched, NotModified, Validators
from ingest.sources.web.guard import Resolver, resolve
from ingest.sources.web.options import DEFAULT_WEB_OPTIONS, WebOptions
from ingest.sources.web.pacing import Clock
from ingest.sources.web.patience import PatientExchange
from ingest.sources.web.robots import MOST_BYTES, Robots, RobotsFile

MOST_REDIRECTS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_FORBIDDEN = frozenset({401, 402, 403, 407, 451})
_ROBOTS_LIMITS = Limits(MOST_BYTES, cut=True)


class HttpFetcher:
    """Fetches over HTTP. One for a whole run, so that hosts are paced across sources; close it at the end.

    Args:
        options: what is allowed, and limits.
        clock: the time.
        resolver: looks up hosts' addresses.
        exchange: asks servers; by default over the network.
    """

    def __init__(
        self,
        options: WebOptions = DEFAULT_WEB_OPTIONS,
        clock: Clock | None = None,
        resolver: Resolver = resolve,
        exchange: Exchange | None = None,
    ) -> None:
        time = clock or Clock()
        self._limits = Limits(options.most_listing_bytes)
        self._exchange = PatientExchange(exchange or HttpExchange(options, time, resolver), options, time)
        self._robots = Robots(self._robots_file, time.monotonic)

    def fetch(self, address: str, since: Validators = NO_VALIDATORS) -> Fetched | NotModified:
        """Fetch an address, by way of its redirects.

        Raises:
            FetchError: there is nothing, or it may not be had.
            AddressError: a redirect leads to what is no address of the web.
        """
        answer = self._followed(address, _conditions(since), self._limits)
        if answer.status == 304 and since != NO_VALIDATORS:
            return NotModified(answer.address)
        if answer.status != 200:
            raise _status_error(answer.status)
        if not answer.data:
            raise FetchError("The server sends an empty document.", "Open the address in a browser.")
        media_type, charset = _content_type(answer.headers)
        return Fetched(
            address=answer.address,
            data=answer.data,
            retrieved_at=answer.answered_at,
            media_type=media_type,
            charset=charset,
            validators=Validators(answer.headers.get("etag"), answer.headers.get("last-modified")),
        )

    def close(self) -> None:
        """Close all connections."""
        self._exchange.close()

    def _followed(
        self, address: str, headers: Mapping[str, str], limits: Limits, *, obey: bool = True
    ) -> Answer:
        """The answer at the end of all redirects; every address on the way is checked like the first."""
        at = normalised(address)
        met = {at}
        for _ in range(MOST_REDIRECTS + 1):
            if obey:
                self._exchange.set_delay(at, self._robots.check(at))
            answer = self._exchange.ask(at, headers, limits)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or target is None:
                return answer
            at = normalised(target, base=at)
            if at in met:
                raise FetchError("Its redirects lead in a circle.", "Open the address in a browser.")
            met.add(at)
        raise FetchError(f"It is redirected more than {MOST_REDIRECTS} times.", f"Try {shown(at)}.")

    def _robots_file(self, address: str) -> RobotsFile:
        try:
            answer = self._followed(address, {}, _ROBOTS_LIMITS, obey=False)
        except AddressError:  # its redirect leads out of the web: as good as no such file
            return RobotsFile(404, b"")
        return RobotsFile(answer.status, answer.data)


def _conditions(since: Validators) -> dict[str, str]:
    headers = {"If-None-Match": since.etag, "If-Modified-Since": since.last_modified}
    return {
        name: value for name, value in headers.items() if value and value.isascii() and value.isprintable()
    }


def _content_type(headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The media type and the charset that a server names."""
    stated = headers.get("content-type")
    if not stated:
        return None, None
    message = Message()
    message["Content-Type"] = " ".join(stated.split())
    return message.get_content_type(), message.get_content_charset()


def _status_error(status: int) -> FetchError:
    if status in _GONE:
        return FetchError(f"There is nothing at that address (status {status}).", "Check it.", gone=True)
    if status in _FORBIDDEN:
        return FetchError(
            f"The server does not let it be read (status {status}).",
            "If you may read it in a browser, save the page and ingest the file.",
        )
    if status == 429 or status >= 500:
        return FetchError(f"The server is busy or out of order (status {status}).", "Try again later.")
    return FetchError(f"The server answers with status {status}.", "Open the address in a browser.")
