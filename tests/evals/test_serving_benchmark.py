"""The benchmark of the server: what is timed of an answer, the schedule, and the figures."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from evals.benchmarks.serving.__main__ import read_questions
from evals.benchmarks.serving.asking import Asked, ask, open_loop
from evals.benchmarks.serving.figures import Figures, Starts, Times, table
from evals.benchmarks.serving.processes import health

ANSWERED = Asked(0.01, 0.05, 0.1, "answered")
DECLINED = Asked(0.01, None, 0.3, "declined")


class Handler(BaseHTTPRequestHandler):
    """Answers as the service does, a slow question slowly; "decline" has no words."""

    def do_GET(self) -> None:
        self._head("application/json")
        self.wfile.write(json.dumps({"status": "ok", "articles": 3, "passages": 7}).encode())

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["question"]
        self._head("text/event-stream")
        self._send("passages", {"passages": []})
        if question == "slow":
            slow_may_end.wait(5)
        if question != "decline":
            self._send("delta", {"text": "Words."})
            self._send("delta", {"text": "More."})
        status = "declined" if question == "decline" else "answered"
        self._send("answer", {"status": status, "text": "event: answer"})

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def _head(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def _send(self, name: str, data: dict[str, object]) -> None:
        self.wfile.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
        self.wfile.flush()


slow_may_end = threading.Event()


@pytest.fixture
def port() -> Iterator[int]:
    slow_may_end.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_the_events_of_an_answer_are_timed_in_their_order(port: int) -> None:
    asked = ask(port, "Who won?")
    assert asked.passages is not None
    assert asked.first_words is not None
    assert 0 < asked.passages <= asked.first_words <= asked.answer
    assert asked.status == "answered"


def test_a_declined_answer_has_no_first_words(port: int) -> None:
    asked = ask(port, "decline")
    assert asked.first_words is None
    assert asked.status == "declined"


def test_a_server_that_is_gone_is_a_failure_and_no_exception(port: int) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as gone:
        free = gone.server_port
    assert free != port
    assert ask(free, "Who won?").status == "failed"


def test_time_counts_from_when_a_question_was_due(port: int) -> None:
    assert ask(port, "Who won?", time.perf_counter() - 10).answer > 10


def test_questions_go_out_on_schedule_whatever_becomes_of_those_before(port: int) -> None:
    found: list[Asked] = []
    asking = threading.Thread(
        target=lambda: found.extend(open_loop(port, ["slow", "Who won?", "decline"], 50))
    )
    asking.start()
    asking.join(0.5)
    slow_may_end.set()
    asking.join()
    assert [one.status for one in found] == ["answered", "answered", "declined"]
    assert found[0].answer > max(found[1].answer, found[2].answer)


def test_the_health_of_a_server_is_read(port: int) -> None:
    assert health(port) == {"status": "ok", "articles": 3, "passages": 7}


def test_figures_leave_out_the_words_that_there_are_none_of() -> None:
    late = Asked(0.01, 0.2, 0.25, "answered")
    figures = Figures.of("some", [ANSWERED, DECLINED, late], 0.6)
    assert figures.first_words.at[50] == pytest.approx(125)
    assert figures.answer.at[50] == pytest.approx(250)
    assert figures.within_goal == 0.5
    assert figures.processor_ms == pytest.approx(200)
    assert figures.statuses == {"answered": 2, "declined": 1}


def test_nothing_measured_has_no_percentiles() -> None:
    assert str(Times.of([None])) == "-"


def test_starts_are_medians_of_the_same_question_of_each() -> None:
    slow = [Asked(None, None, 0.5, "answered"), *[ANSWERED] * 11]
    quick = [Asked(None, None, 0.3, "answered"), *[ANSWERED] * 11]
    starts = Starts.of([2.0, 4.0], [slow, quick])
    assert (starts.ready, starts.first, starts.tenth) == pytest.approx((3_000, 400, 100))
    lines = list(table(starts, [Figures.of("alone", [ANSWERED], 0.1)]))
    assert "| first question | 400 |" in lines
    assert lines[-1] == "| alone | 1 | 10 / 10 / 10 | 50 / 50 / 50 | 100 / 100 / 100 | 100% | 100 |"


def test_questions_are_read_from_lines_and_from_json_lines(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("Who won?\n\nWho lost?\n", "utf-8")
    (tmp_path / "rows.jsonl").write_text('{"text": "Who won?"}\n', "utf-8")
    (tmp_path / "none.txt").write_text("\n", "utf-8")
    assert read_questions(tmp_path / "plain.txt") == ["Who won?", "Who lost?"]
    assert read_questions(tmp_path / "rows.jsonl") == ["Who won?"]
    with pytest.raises(ValueError, match="no question"):
        read_questions(tmp_path / "none.txt")
