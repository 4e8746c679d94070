"""Connections that go only where they may, and end when their time is up however slowly bytes arrive."""

import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

from httpcore2 import (
    SOCKET_OPTION,
    ConnectError,
    ConnectTimeout,
    NetworkBackend,
    NetworkStream,
    ReadTimeout,
    SyncBackend,
    WriteTimeout,
)

from ingest.sources.web.guard import Resolver, connectable


class Deadline:
    """A moment by which the work of this thread must be done."""

    def __init__(self) -> None:
        self._local = threading.local()

    def begin(self, seconds: float) -> None:
        """From now on there are so many seconds."""
        self._local.end = time.monotonic() + seconds

    def left(self, timeout: float | None, exceeded: type[Exception]) -> float | None:
        """The shorter of `timeout` and what is left.

        Raises:
            exceeded: nothing is left.
        """
        end: float | None = getattr(self._local, "end", None)
        if end is None:
            return timeout
        left = end - time.monotonic()
        if left <= 0:
            raise exceeded("the time is up")
        return left if timeout is None else min(timeout, left)


class GuardedBackend(NetworkBackend):
    """Looks a name up once, checks what it stands for, and connects to just that address.

    A name that stands for something else at the next look-up has no chance: there is none. TLS still checks
    the certificate against the name, which the connection pool hands to `start_tls`.
    """

    def __init__(self, resolver: Resolver, deadline: Deadline, *, allow_private: bool) -> None:
        self._resolver = resolver
        self._deadline = deadline
        self._allow_private = allow_private
        self._inner = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Connect to the first of the host's allowed addresses that answers.

        Raises:
            RefusedAddressError: none of them is allowed.
            ConnectError, ConnectTimeout: none of them answers, or the name has none.
        """
        try:
            addresses = connectable(host, port, self._resolver, allow_private=self._allow_private)
        except (OSError, UnicodeError) as error:
            raise ConnectError("its name is not known") from error
        failure: Exception = ConnectError("nothing answers")
        for address in addresses:
            left = self._deadline.left(timeout, ConnectTimeout)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (ConnectError, ConnectTimeout) as error:
                failure = error
            else:
                return TimedStream(stream, self._deadline)
        raise failure


class TimedStream(NetworkStream):
    """A connection whose every read and write ends when the deadline has come."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        return self._stream.read(max_bytes, self._deadline.left(timeout, ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._stream.write(buffer, self._deadline.left(timeout, WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """Go on encrypted, with the server that has a certificate for this name."""
        left = self._deadline.left(timeout, ConnectTimeout)
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)
