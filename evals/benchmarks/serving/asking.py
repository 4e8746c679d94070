"""Asking a running server over HTTP: one question timed event by event, and questions on a schedule."""

import http.client
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Thread

PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question's times, in seconds from the moment at which it was due.

    Attributes:
        passages: until the passages stood there; None where they never did.
        first_words: until the first piece of the answer's text; None where it has none, being declined.
        answer: until the whole answer.
        status: of the answer, or "failed".
    """

    passages: float | None
    first_words: float | None
    answer: float
    status: str


def ask(port: int, question: str, due: float | None = None) -> Asked:
    """Ask the server on a port of this machine, its answer as server-sent events.

    Args:
        due: when the question should have been sent, by `time.perf_counter`; now by default.
    """
    began = time.perf_counter() if due is None else due
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        body = json.dumps({"question": question, "stream": True})
        connection.request("POST", "/v1/ask", body, {"Content-Type": "application/json"})
        return _timed(connection.getresponse(), began)
    except OSError:
        return Asked(None, None, time.perf_counter() - began, "failed")
    finally:
        connection.close()


def _timed(lines: Iterable[bytes], began: float) -> Asked:
    """Read server-sent events to their end, and note when each kind came first."""
    first: dict[str, float] = {}
    name, status = "", "failed"
    for line in lines:
        if line.startswith(b"event: "):
            name = line[7:].decode("ascii").strip()
            first.setdefault(name, time.perf_counter() - began)
        elif name == "answer" and line.startswith(b"data: "):
            status = json.loads(line[6:])["status"]
    ended = first.get("answer", time.perf_counter() - began)
    return Asked(first.get("passages"), first.get("delta"), ended, status)


def open_loop(port: int, questions: Sequence[str], a_second: float) -> list[Asked]:
    """Ask one question after the other at fixed times, whatever becomes of those before; in that order.

    A question that is sent late, because this process had no processor, still counts from when it was due.
    """
    found: list[Asked | None] = [None] * len(questions)

    def one(place: int, due: float) -> None:
        found[place] = ask(port, questions[place], due)

    begin = time.perf_counter() + 0.1
    threads = []
    for place in range(len(questions)):
        due = begin + place / a_second
        time.sleep(max(0.0, due - time.perf_counter()))
        threads.append(Thread(target=one, args=(place, due)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return [one for one in found if one is not None]
