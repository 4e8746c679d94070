"""Listening and serving: the socket, the address that is printed, and the end on Ctrl-C or SIGTERM."""

import errno
import signal
import socket
import sys
import webbrowser
from dataclasses import dataclass
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING
from urllib.parse import quote

import typer

from assistant.cli.terminal import say, write_result
from ingest.errors import FootnoteError, UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

PORTS_TRIED = 50
BACKLOG = 128
SECONDS_TO_FINISH = 3
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (compared with, never bound by itself)


class PortInUseError(FootnoteError):
    """Something else listens on that port."""

    code = "port_in_use"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service is reached, and the token that it asks for."""

    host: str
    port: int
    token: str | None = None

    @property
    def url(self) -> str:
        """The address without the token."""
        host = EVERY_ADDRESS.get(self.host, self.host)
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"

    @property
    def url_with_token(self) -> str:
        """The address that lets a browser in."""
        return f"{self.url}?token={quote(self.token, safe='')}" if self.token else self.url


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes any free one.

    Raises:
        PortInUseError: the port is taken; the advice names a free one.
        UsageError: the address is not one of this machine, or the port needs other rights.
    """
    try:
        return _bound(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(
                f"Port {port} on {host} is in use.", _free_port_advice(host, port)
            ) from error
        if error.errno == errno.EACCES:
            raise UsageError(
                f"Port {port} needs more rights than you have.", "Choose one above 1023."
            ) from error
        raise UsageError(
            f"It is not possible to listen on {host} ({error.strerror or error}).",
            "Give --host an address of this machine, for example 127.0.0.1.",
        ) from error


def serve_until_stopped(
    app: "FastAPI", listening: socket.socket, address: Address, *, open_page: bool
) -> None:
    """Serve; the address is printed once requests are answered.

    Raises:
        KeyboardInterrupt: stopped by Ctrl-C, after open requests had their time to finish.
        typer.Exit: stopped by SIGTERM, with code 0.
    """
    import uvicorn

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                _announce(address, open_page=open_page)

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses may carry the token
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        server_header=False,
    )
    Announcing(config).run(sockets=[listening])


def stop_on_sigterm() -> None:
    """Let SIGTERM end the command as a matter of course, with exit code 0."""

    def terminated(_: int, __: FrameType | None) -> None:
        raise typer.Exit(0)

    signal.signal(signal.SIGTERM, terminated)


def _bound(host: str, port: int) -> socket.socket:
    family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


def _free_port_advice(host: str, port: int) -> str:
    for candidate in range(port + 1, min(port + 1 + PORTS_TRIED, 65536)):
        try:
            _bound(host, candidate).close()
        except OSError:
            continue
        return f"Run it with --port {candidate}, which is free, or stop what uses port {port}."
    return f"Run it with --port 0, which takes any free port, or stop what uses port {port}."


def _announce(address: Address, *, open_page: bool) -> None:
    write_result(f"Footnote is ready at {address.url_with_token}")
    if address.token:
        say(f"token: {address.token} (for the API: Authorization: Bearer TOKEN)")
    say("stop it with Ctrl-C")
    if open_page:
        Thread(target=webbrowser.open, args=(address.url_with_token,), daemon=True).start()
