"""A server that speaks OpenAI's chat protocol over loopback and does what a test's script says."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

USAGE = {"prompt_tokens": 321, "completion_tokens": 45, "total_tokens": 366}


@dataclass
class Call:
    """One request as it arrived."""

    path: str
    authorization: str
    body: dict[str, Any]


@dataclass
class ScriptedServer:
    """What the server was told to do, and what it was asked.

    The n-th request gets the n-th act; the last act repeats.
    """

    acts: list["Act"] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    closing: Event = field(default_factory=Event)
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def prompt(self) -> str:
        """The last user message of the last request."""
        return str(self.calls[-1].body["messages"][-1]["content"])


class Handler(BaseHTTPRequestHandler):
    """One connection. `script` is set on a subclass for each server."""

    protocol_version = "HTTP/1.1"
    script: ScriptedServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.script.calls.append(Call(self.path, self.headers.get("authorization", ""), body))
        act = self.script.acts[min(len(self.script.calls), len(self.script.acts)) - 1]
        try:
            act(self)
        except OSError:
            return  # the client hung up, as some tests have it do

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        return

    def end_headers(self) -> None:
        """Says that the connection ends: a client may not send another request into it."""
        self.send_header("connection", "close")
        super().end_headers()

    def start_stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()

    def write(self, data: str) -> None:
        raw = data.encode()
        self.wfile.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
        self.wfile.flush()

    def event(self, content: str | None = None, finish: str | None = None, usage: Any = None) -> None:
        delta = {} if content is None else {"role": "assistant", "content": content}
        choices = [] if usage else [{"index": 0, "delta": delta, "finish_reason": finish}]
        chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
        self.write("data: " + json.dumps({**chunk, "choices": choices, "usage": usage}) + "\n\n")

    def finish_stream(self) -> None:
        self.write("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def send_text(self, text: str) -> None:
        for piece in re.findall(r"\s*\S+\s*$|\s*\S+|\s+$", text):
            self.event(piece)


Act = Callable[[Handler], None]


def reply(text: str, *, finish: str = "stop", usage: bool = True) -> Act:
    """A whole reply, a word at a time."""

    def act(handler: Handler) -> None:
        handler.start_stream()
        handler.send_text(text)
        handler.event(finish=finish)
        if usage:
            handler.event(usage=USAGE)
        handler.finish_stream()

    return act


def breaks_off(text: str) -> Act:
    """Some of a reply, then the connection is gone."""

    def act(handler: Handler) -> None:
        handler.start_stream()
        handler.send_text(text)
        handler.wfile.flush()

    return act


def ends_without_reason(text: str) -> Act:
    """Some of a reply, then a proper end of the body without saying that the reply is finished."""

    def act(handler: Handler) -> None:
        handler.start_stream()
        handler.send_text(text)
        handler.wfile.write(b"0\r\n\r\n")

    return act


def malformed(text: str = "") -> Act:
    """Some of a reply, then an event that is no JSON."""

    def act(handler: Handler) -> None:
        handler.start_stream()
        handler.send_text(text)
        handler.write('data: {"choices": [{"delta": \n\n')
        handler.finish_stream()

    return act


def status(code: int, message: str = "", *, headers: dict[str, str] | None = None, kind: str = "") -> Act:
    """An error response; "{authorization}" in the message becomes what the request carried."""

    def act(handler: Handler) -> None:
        told = message.replace("{authorization}", handler.headers.get("authorization", ""))
        body = json.dumps({"error": {"message": told, "type": "scripted", "code": kind or None}}).encode()
        handler.send_response(code)
        for name, value in {"content-type": "application/json", **(headers or {})}.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return act


def web_page() -> Act:
    """A page of HTML, as a wrong address gives."""

    def act(handler: Handler) -> None:
        body = b"<html><body>It works!</body></html>"
        handler.send_response(200)
        handler.send_header("content-type", "text/html")
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return act


def stays_silent(text: str = "") -> Act:
    """Some of a reply, then nothing until the test is over."""

    def act(handler: Handler) -> None:
        handler.start_stream()
        handler.send_text(text)
        handler.script.closing.wait(30)

    return act


def never_ends(piece: str) -> Act:
    """The same piece again and again, until the client hangs up."""

    def act(handler: Handler) -> None:
        handler.start_stream()
        while not handler.script.closing.is_set():
            handler.event(piece)

    return act


@contextmanager
def serving() -> Iterator[ScriptedServer]:
    """A server on a free port of this machine."""
    script = ScriptedServer()
    handler = type("ScriptedHandler", (Handler,), {"script": script})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        script.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield script
        finally:
            script.closing.set()
            server.shutdown()
            thread.join()
