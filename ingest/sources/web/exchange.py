"""One request and its answer on the wire, within all limits."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from ingest.sources.web.errors import FetchError, UnansweredError
from ingest.sources.web.guard import Resolver
from ingest.sources.web.options import WebOptions, user_agent
from ingest.sources.web.pacing import Clock
from ingest.sources.web.unpacking import ACCEPTED, beginning, decoded, limited, too_large

if TYPE_CHECKING:
    from httpcore2 import ConnectionPool, Response

    from ingest.sources.web.connecting import Deadline

_ACCEPT = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, */*;q=0.5"
_NO_TEXT = ("image/", "audio/", "video/", "font/")
_KEEP_ALIVE_SECONDS = 10.0
_PASSED_OVER_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a body is read: `max_bytes` unpacked; more is an error, or is cut off."""

    max_bytes: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: headers by lower-case names, and the body where the status is 200."""

    address: str
    status: int
    headers: Mapping[str, str]
    data: bytes
    answered_at: datetime


class Exchange(Protocol):
    """Asks a server once."""

    def ask(self, address: str, headers: Mapping[str, str], limits: Limits) -> Answer:
        """Ask for an address.

        Raises:
            UnansweredError: the server did not answer, or not to the end; it may the next time.
            FetchError: it may not be asked, or its answer is not one to be read.
        """
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class HttpExchange:
    """Asks over HTTP/1.1, through connections that go only where they may."""

    def __init__(self, options: WebOptions, clock: Clock, resolver: Resolver) -> None:
        self._options = options
        self._clock = clock
        self._resolver = resolver
        self._made: tuple[ConnectionPool, Deadline] | None = None

    def ask(self, address: str, headers: Mapping[str, str], limits: Limits) -> Answer:
        """Ask for an address."""
        pool, deadline = self._pool()
        sent: dict[bytes | str, bytes | str] = {
            "User-Agent": user_agent(),
            "Accept": _ACCEPT,
            "Accept-Encoding": ACCEPTED,
        }
        sent.update(headers)
        seconds = dict.fromkeys(("connect", "read", "write", "pool"), self._options.timeout_seconds)
        deadline.begin(self._options.deadline_seconds)
        with (
            _plain_errors(self._options),
            pool.stream("GET", address, headers=sent, extensions={"timeout": seconds}) as response,
        ):
            named = _headers(response)
            data = _body(response, named, limits) if response.status == 200 else _passed_over(response)
            return Answer(address, response.status, named, data, self._clock.now())

    def close(self) -> None:
        """Close all connections."""
        if self._made is not None:
            self._made[0].close()
            self._made = None

    def _pool(self) -> "tuple[ConnectionPool, Deadline]":
        from httpcore2 import ConnectionPool

        from ingest.sources.web.connecting import Deadline, GuardedBackend

        if self._made is None:
            deadline = Deadline()
            backend = GuardedBackend(self._resolver, deadline, allow_private=self._options.allow_private)
            pool = ConnectionPool(network_backend=backend, keepalive_expiry=_KEEP_ALIVE_SECONDS)
            self._made = (pool, deadline)
        return self._made


def _headers(response: "Response") -> dict[str, str]:
    """The headers by name, the first of each."""
    named: dict[str, str] = {}
    for name, value in response.headers:
        named.setdefault(name.decode("latin-1").lower(), value.decode("utf-8", "replace").strip())
    return named


def _body(response: "Response", headers: Mapping[str, str], limits: Limits) -> bytes:
    type_ = headers.get("content-type", "").lower()
    if type_.startswith(_NO_TEXT):
        raise FetchError(f"It is {type_[:40]}, and there is no text in that.")
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.max_bytes and not limits.cut:
        raise too_large(limits.max_bytes)
    chunks = decoded(response.iter_stream(), headers.get("content-encoding", ""))
    return beginning(chunks, limits.max_bytes) if limits.cut else limited(chunks, limits.max_bytes)


def _passed_over(response: "Response") -> bytes:
    """Read a short body that nobody wants, so that the connection can be used again."""
    beginning(response.iter_stream(), _PASSED_OVER_BYTES)
    return b""


@contextmanager
def _plain_errors(options: WebOptions) -> Iterator[None]:
    """Turn the HTTP library's errors into sentences."""
    import httpcore2

    try:
        yield
    except httpcore2.TimeoutException as error:
        raise UnansweredError(
            f"The server is too slow: nothing for {options.timeout_seconds:.0f} seconds, or no end after "
            f"{options.deadline_seconds:.0f}.",
            "Try again later.",
        ) from error
    except httpcore2.ConnectError as error:
        raise _connect_error(error) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise UnansweredError(
            f"The connection broke off ({_one_line(error)}).", "Try again later."
        ) from error


def _connect_error(error: Exception) -> FetchError:
    certificate = _cause(error, ssl.SSLCertVerificationError)
    if certificate is not None:
        return FetchError(
            f"The server's certificate cannot be trusted ({certificate.verify_message or _one_line(error)}).",
            "Check the address; where an authority of your own signs certificates, name its file in "
            "SSL_CERT_FILE.",
        )
    return UnansweredError(
        f"The server cannot be reached ({_one_line(error)}).", "Check the address and your connection."
    )


def _cause(
    error: BaseException, kind: type[ssl.SSLCertVerificationError]
) -> ssl.SSLCertVerificationError | None:
    """The first of an error's causes that is of a kind."""
    at: BaseException | None = error
    while at is not None and not isinstance(at, kind):
        at = at.__cause__ or at.__context__
    return at


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
