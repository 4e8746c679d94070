"""Running commands in this process, with an embedder that loads nothing."""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.cli import main
from tests.assistant.letters import LetterEmbedder

ARTICLES = {
    "turkey.md": (
        "---\ntitle: Turkey sanctioned over missiles\npublisher: The Daily\ndate: 2020-12-14\n"
        "url: https://daily.example/turkey\n---\n"
        "The United States sanctioned Turkey because it bought S-400 missiles from Russia.\n"
    ),
    "bees.txt": "Beekeepers prepare for winter\n\nBeekeepers feed their bees sugar before winter comes.\n",
    "bread.md": "---\ntitle: Rye bread\npublisher: Weekly\ndate: 2021-03-04\n---\nRye needs a sourdough.\n",
}


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Lets an interrupt through to the commands that are started: where the tests run in the background of a
    shell it is ignored, and what they start takes that over.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one error line, checked to be in the form that every error has."""
        lines = self.err.strip().splitlines()
        assert "Traceback" not in self.err
        errors = [line for line in lines if line.startswith("error: ")]
        assert len(errors) == 1, self.err
        assert lines[lines.index(errors[0]) + 1].startswith("  what to do: "), self.err
        return errors[0]


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("vectorstore.encoders.open_embedder", "assistant.service.ingestion.open_embedder"):
        monkeypatch.setattr(place, lambda *_, **__: LetterEmbedder())
    for name in ("FOOTNOTE_EMBEDDER", "FOOTNOTE_MODEL", "FOOTNOTE_TOKEN", "FOOTNOTE_DEBUG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("FOOTNOTE_HOME", str(folder))
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*words: str | Path) -> Outcome:
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run_command


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def filled(run: Run, articles: Path, home: Path) -> Path:
    assert run("ingest", articles).code == 0
    return home
