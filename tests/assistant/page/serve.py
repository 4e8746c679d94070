"""Serves the page for browser tests, in a process of its own: prints its port, ends when stdin is closed.

`python -m tests.assistant.page.serve SETUP`: a function of `setups`, or "home:FOLDER" for a real index.
"""

import os
import socket
import sys
import threading
from typing import Any

import uvicorn
from fastapi import FastAPI

from assistant.page import mount
from tests.assistant.page import setups


def application(setup: str) -> FastAPI:
    """The page over a fake service, or the whole application over an index."""
    if not setup.startswith("home:"):
        return mount(FastAPI(), getattr(setups, setup)())
    from assistant.service.app import create_app
    from assistant.service.ask_service import AskService
    from assistant.settings import Settings

    service: Any = AskService.open(Settings(home=setup.removeprefix("home:")))
    return create_app(service, mount_page=mount)


def only_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook that ends the process when it reaches for another host."""
    host = None
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):  # a Unix socket's address is its path
        host = arguments[1][0]
    if host not in (None, "", "127.0.0.1", "::1", "localhost"):
        os.write(2, f"the server reached for {host}\n".encode())
        os._exit(1)


def main() -> None:
    sys.addaudithook(only_this_machine)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(sys.argv[1]), log_level="warning"))
    print(listening.getsockname()[1], flush=True)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    server.run(sockets=[listening])


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
