"""The edge of the command line: exceptions, plugins, and what other processes see."""

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from assistant.cli import app as command_tree
from assistant.cli import boundary
from tests.assistant.cli.conftest import Run

HEAVY = (
    *("torch", "sentence_transformers", "transformers", "gradio", "langchain", "langchain_core", "chromadb"),
    *("trafilatura", "fastapi", "uvicorn", "onnxruntime", "numpy"),
)
RUN_MAIN = "import sys; from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def python() -> Iterator[Start]:
    """Starts scripts, and ends those that still run."""
    running: list[subprocess.Popen[str]] = []

    def started(script: str, *words: str, **environment: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", script, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        running.append(process)
        return process

    yield started
    for process in running:
        with process:
            process.kill()


@pytest.mark.parametrize(
    "words",
    [["--version"], ["--help"], ["ask", "--help"], ["serve", "--help"], ["sources", "list", "--help"]],
)
def test_help_and_version_load_nothing_heavy(python: Start, words: list[str]) -> None:
    script = (
        "import sys; from assistant.cli import main; code = main(sys.argv[1:]);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    process = python(script, *words)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err.strip()) == (0, "[]")
    assert out.strip()


def test_the_version_is_that_of_the_distribution() -> None:
    from importlib.metadata import version

    out = subprocess.check_output([sys.executable, "-m", "assistant", "--version"], text=True)
    assert out == f"footnote {version('footnote-qa')}\n"


class TestUnexpectedErrors:
    @pytest.fixture
    def broken(self, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("vectorstore.index.Index.articles", lambda *_: {}["missing"])

    def test_one_line_and_how_to_see_more(self, run: Run, broken: None) -> None:
        outcome = run("sources", "list")
        assert outcome.code == 1
        assert "KeyError" in outcome.error
        assert "FOOTNOTE_DEBUG=1" in outcome.err

    def test_the_details_when_asked_for(
        self, run: Run, broken: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FOOTNOTE_DEBUG", "1")
        assert "Traceback" in run("sources", "list").err

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
    def test_what_the_system_refuses_comes_with_advice(self, number: int) -> None:
        failure = boundary.failure_of(OSError(number, os.strerror(number), "/data/home"))
        assert "/data/home" in failure.message
        assert "FOOTNOTE_DEBUG" not in failure.advice
        assert failure.exit_code == 1


def test_ctrl_c_is_130_without_a_traceback(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.core.Assistant.ask", interrupted)
    outcome = run("ask", "Why was Turkey sanctioned?")
    assert outcome.code == 130
    assert outcome.err.strip().splitlines()[-1] == "stopped"
    assert "Traceback" not in outcome.err


def test_ctrl_c_in_the_middle_of_an_ingest_keeps_what_was_done(
    python: Start, articles: Path, home: Path
) -> None:
    script = """
import sys, time
import vectorstore.encoders, assistant.service.ingestion
from assistant.cli import main
from tests.assistant.letters import LetterEmbedder
class Slow(LetterEmbedder):
    def encode_passages(self, texts):
        print("embedding", flush=True)
        for _ in range(600):  # a signal in the moment before one long sleep would wait for its end
            time.sleep(0.1)
assistant.service.ingestion.open_embedder = lambda *_, **__: Slow()
sys.exit(main(sys.argv[1:]))
"""
    process = python(script, "ingest", str(articles), FOOTNOTE_HOME=str(home))
    assert process.stdout is not None
    assert process.stdout.readline() == "embedding\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert err.strip().splitlines()[-1] == "stopped"


def test_a_reader_that_has_gone_changes_nothing(python: Start, filled: Path) -> None:
    for words in (["sources", "list"], ["sources", "export"], ["sources", "list", "--json"]):
        process = python(RUN_MAIN, *words, FOOTNOTE_HOME=str(filled))
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, ""), words


def test_output_in_an_ascii_terminal(python: Start, run: Run, filled: Path) -> None:
    (filled.parent / "articles" / "accents.txt").write_text(
        "Accents\n\nİstanbul’da café “quoted”.\n", encoding="utf-8"
    )
    assert run("ingest", filled.parent / "articles").code == 0
    process = python(
        RUN_MAIN, "sources", "export", FOOTNOTE_HOME=str(filled), PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "caf" in out


class TestPlugins:
    def plug(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        entry = EntryPoint("extra", value, command_tree.COMMANDS_GROUP)
        monkeypatch.setattr(
            command_tree, "entry_points", lambda group: [entry] if group == entry.group else []
        )

    def test_commands_of_other_packages_are_there(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.plug(monkeypatch, "assistant.cli.index:index_app")
        assert "extra" in run("--help").out
        assert "rebuild" in run("extra", "--help").out

    def test_a_broken_one_hides_no_other(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.plug(monkeypatch, "no_such_module:app")
        assert "ingest" in run("--help").out
        outcome = run("extra", "run", "--fast")
        assert outcome.code == 1
        assert "no_such_module" in outcome.error


class TestServe:
    def test_a_port_in_use_names_a_free_one(self, run: Run, filled: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            outcome = run("serve", "--port", str(port))
        assert outcome.code == 1
        assert str(port) in outcome.error
        assert "--port" in outcome.err.splitlines()[-1]

    @pytest.mark.parametrize(
        "options",
        [
            ["--port", "70000"],
            ["--port", "http"],
            ["--host", "203.0.113.9"],
            ["--host", "no.such.host.invalid"],
        ],
    )
    def test_an_address_that_cannot_be_is_wrong_usage(
        self, run: Run, filled: Path, options: list[str]
    ) -> None:
        outcome = run("serve", "--port", "0", *options)
        assert outcome.code == 2
        assert outcome.error

    def test_without_an_index_it_says_what_to_run(self, run: Run) -> None:
        outcome = run("serve", "--port", "0")
        assert outcome.code == 1
        assert "no index" in outcome.error
        assert "footnote serve --samples" in outcome.err
