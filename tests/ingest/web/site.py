"""A web site on the loopback that can be changed, with a log of what was asked; bad servers."""

import hashlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """One request, and the status that it got."""

    path: str
    status: int
    headers: dict[str, str]

    @property
    def conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass(frozen=True)
class Reply:
    """What a path answers. With `etag`, a request that knows the content is told that it has not changed."""

    body: bytes
    type: str = HTML
    status: int = 200
    etag: bool = True
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Site:
    """Replies by path; what has none is not found. `robots` may forbid paths."""

    address: str = ""
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    holds: dict[str, threading.Event] = field(default_factory=dict)
    """Paths whose answer waits for an event."""

    def put(self, path: str, body: str | bytes, type: str = HTML, **more: object) -> str:  # noqa: A002
        data = body.encode() if isinstance(body, str) else body
        self.replies[path] = Reply(data, type, **more)  # type: ignore[arg-type]
        return f"{self.address}{path}"

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        return self.put(path, b"", status=status, headers=(("Location", target),))

    def paths(self) -> list[str]:
        """The paths that were asked for, but for robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def forget(self) -> None:
        self.asked.clear()


def article_page(title: str, *paragraphs: str, head: str = "", language: str = "en") -> str:
    """A web page with a menu, an article and a footer."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}'
        "</head>"
        f'<body><nav><a href="/">Home</a> <a href="/about">About</a></nav>'
        f"<article><h1>{title}</h1>{body}</article><footer>Imprint</footer></body></html>"
    )


class QuietServer(ThreadingHTTPServer):
    """Says nothing when a client hangs up."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site on a free port of the loopback, over TLS where a certificate is given."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = site.replies.get(self.path, Reply(b"not here", status=404, etag=False))
            etag = f'"{hashlib.sha256(reply.body).hexdigest()[:12]}"' if reply.etag else ""
            same = bool(etag) and self.headers.get("If-None-Match") == etag and reply.status == 200
            status = 304 if same else reply.status
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append(Asked(self.path, status, headers))
            if self.path in site.holds:
                site.holds[self.path].wait()
            self.send_response(status)
            for name, value in (("ETag", etag), ("Content-Type", reply.type), *reply.headers):
                if value:
                    self.send_header(name, value)
            body = b"" if same else reply.body
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the log in `asked`."""

    server = QuietServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.address = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def misbehaving(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve connections by hand: `talk` is called with each once its request has come; yields the address.

    A request for /robots.txt is answered in an orderly way: there is none.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def serve_one(connection: socket.socket) -> None:
        with connection:
            try:
                request = connection.recv(65_536)
                if request.startswith(b"GET /robots.txt "):
                    connection.sendall(b"HTTP/1.1 404 N\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                else:
                    talk(connection)
            except OSError:
                return  # the fetcher has hung up, which is what these tests want

    def serve() -> None:
        while not stopped.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve_one, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stopped.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
