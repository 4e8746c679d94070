"""The processes that are measured: a server over an index, and an ingestion into the same index."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_START = 120.0
SECONDS_TO_END = 60.0
READY = "Footnote is ready at http://127.0.0.1:"


class DidNotStartError(RuntimeError):
    """A process that should be measured ended, or never got so far."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running `footnote serve`.

    Attributes:
        seconds: from starting the process to its first healthy reply.
    """

    process: "subprocess.Popen[str]"
    port: int
    seconds: float

    def counts(self) -> tuple[int, int]:
        """How many articles and passages it says that there are."""
        told = health(self.port)
        return int(told["articles"]), int(told["passages"])


def health(port: int) -> dict[str, str | int]:
    """What the server says of itself.

    Raises:
        OSError: it cannot be reached.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
    try:
        connection.request("GET", "/health")
        told: dict[str, str | int] = json.loads(connection.getresponse().read())
        return told
    finally:
        connection.close()


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """A server over an index, on a free port, healthy.

    Raises:
        DidNotStartError: it ended before it could answer, or is not well.
    """
    began = time.perf_counter()
    command = [sys.executable, "-m", "assistant", "serve", "--home", str(home), "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = _announced(process)
            if health(port)["status"] != "ok":
                raise DidNotStartError(f"the server is not well: {health(port)}")
            yield Server(process, port, time.perf_counter() - began)
        finally:
            _end(process, signal.SIGTERM)


def _announced(process: "subprocess.Popen[str]") -> int:
    for line in process.stdout or ():
        if line.startswith(READY):
            return int(line[len(READY) :].split("/")[0])
    raise DidNotStartError(f"`footnote serve` ended with {process.wait()} before it was ready")


@contextmanager
def ingesting(home: Path, source: str, server: Server) -> Iterator[None]:
    """An ingestion into the server's index, begun: its first articles are there.

    Raises:
        DidNotStartError: it ended before, or had ended before it was to.
    """
    before = server.counts()[0]
    command = [sys.executable, "-m", "assistant", "ingest", source, "--home", str(home)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            until = time.perf_counter() + SECONDS_TO_START
            while server.counts()[0] == before:
                if process.poll() is not None or time.perf_counter() > until:
                    raise DidNotStartError(f"ingesting {source} added nothing")
                time.sleep(0.2)
            yield
            if process.poll() is not None:
                raise DidNotStartError(f"ingesting {source} was over before the questions were: name more")
        finally:
            _end(process, signal.SIGINT)


def _end(process: "subprocess.Popen[str]", how: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()


def processor_seconds(pid: int) -> float:
    """What a process has used of the processor, all threads; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_bytes(pid: int) -> int:
    """The most memory that a process has held; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
