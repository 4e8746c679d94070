"""The table of goals of the benchmark beside other systems, and what is measured of Footnote alone."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from evals.benchmarks.ingestion import HashEmbedder
from evals.benchmarks.peers.__main__ import main
from evals.benchmarks.peers.drivers.footnote_growth import LineProgress, grow, until_enough
from evals.benchmarks.peers.drivers.protocol import Document, warm
from evals.benchmarks.peers.figures import Figures, figures
from evals.benchmarks.peers.goals import GOALS, INDEX_GOALS, beside_vectors, chosen, goals_table, verdict
from evals.benchmarks.peers.rounds import ColdStart, Ingested, Measured, Warm, WarmAnswers, cold_start
from evals.benchmarks.scale.trial import Trial

TRIAL = Trial("tantivy", 10_000, 2.0, 1.0, 0.5, 0.25, 0.001, 3.0, 4.0, 2.5, 10**6, 10**8, None, 10_000)
COLD = [ColdStart(one, one / 2) for one in (0.1, 0.2, 0.9)]


def system(passages: int = 1_000, seconds: float = 10.0, *, own: bool = True) -> Figures:
    """A system that ingests ten articles in so many seconds."""
    answers = [WarmAnswers((0.03, 0.05, 0.07, 0.09), 0.2, {"answered": 3, "declined": 1}, 4 * 10**8)]
    plain = [WarmAnswers((0.05,) * 4, 0.2, {"answered": 4}, 2 * 10**8)]
    measured = Measured(
        ingested=[Ingested(10, passages, 1.0, seconds, seconds, 9 * 10**8, 10**6)],
        cold=[ColdStart(seconds, seconds)],
        warm=[Warm((seconds / 1_000,), 0.01, (), 3 * 10**8)],
        answers=COLD if own else [],
        helps=COLD if own else [],
        versions=COLD if own else [],
        read_answers=answers if own else [],
        plain_answers=plain if own else [],
    )
    return figures(measured, [])


def rows(own: list[Figures], peers: dict[str, Figures], trials: list[Trial]) -> dict[str, list[str]]:
    """The cells after the first, by the first without its number of passages."""
    lines = [line.strip("| ").split(" | ") for line in goals_table(own, peers, trials)][2:]
    assert len(lines) == len(GOALS) + len(INDEX_GOALS)
    return {cells[0].rsplit(", ", 1)[0]: cells for cells in lines}


def test_figures_of_footnote_alone_are_gathered_and_peers_have_none() -> None:
    ours, theirs = system(), system(own=False)
    assert (ours.answer_seconds, ours.help_seconds, ours.version_seconds) == (0.2, 0.2, 0.2)
    assert (ours.read_p50_ms, ours.plain_p95_ms) == pytest.approx((60, 50))
    assert (ours.answered_share, ours.read_peak_mb) == (0.75, 400)
    assert theirs.help_seconds is theirs.read_p50_ms is theirs.answered_share is None


def test_a_goal_stands_beside_the_best_peer() -> None:
    of = rows([system()], {"slow": system(seconds=40, own=False), "fast": system(seconds=20, own=False)}, [])
    start = of["cold start to the cited answer (peers: to the first passage)"]
    assert start[0].endswith("1,000 passages")
    assert start[1:] == ["fast 20.00 s", "0.20 s", "100.00", "1 s", "met, with fewer than 10,000 passages"]
    assert of["warm retrieval, p50"][1:] == ["fast 20.0 ms", "10.0 ms", "2.00", "5 ms", "short by 2.00x"]
    ingestion = of["articles ingested a second, start-up apart"]
    assert ingestion[1:] == ["fast 0.50", "1.00", "2.00", "3 times the best peer", "short by 1.50x"]
    assert of["`footnote --help`, cold"][1:] == [
        "-",
        "0.20 s",
        "-",
        "0.2 s",
        "met, with fewer than 10,000 passages",
    ]
    of = rows([system(), system(10_000)], {}, [])
    assert of["`footnote --help`, cold"][-1] == "met"
    assert of["warm whole answer, p50"][-2:] == ["-", "no goal was set"]


def test_without_peers_what_is_measured_against_them_is_not_judged() -> None:
    of = rows([system()], {}, [])
    assert of["articles ingested a second, start-up apart"][-1] == "not measured in this run"
    assert of["warm retrieval, p50"][-1] == "short by 2.00x"


def test_memory_is_without_the_vectors() -> None:
    assert beside_vectors(500, 50_000) == pytest.approx(423.2)
    assert beside_vectors(None, 50_000) is None
    of = rows([system(passages=50_000)], {}, [])
    assert of["peak memory ingesting, less the vectors"][2:] == ["823 MB", "-", "800 MB", "short by 1.03x"]


def test_a_goal_takes_the_smallest_index_that_is_large_enough() -> None:
    own = [system(passages) for passages in (1_000, 50_500, 10_200)]
    assert [chosen(own, least).passages for least in (None, 900, 10_000, 50_000, 90_000)] == [
        1_000,
        1_000,
        10_200,
        50_500,
        50_500,
    ]


@pytest.mark.parametrize(
    ("value", "bound", "more", "told"),
    [
        (5, 5, False, "met"),
        (6, 5, False, "short by 1.20x"),
        (6, 5, True, "met"),
        (4, 5, True, "short by 1.25x"),
        (None, 5, True, "not measured in this run"),
    ],
)
def test_a_verdict_says_how_far_off_a_goal_is(
    value: float | None, bound: float, more: bool, told: str
) -> None:
    assert verdict(value, bound, more) == told


def test_goals_of_the_index_come_from_the_trials_at_a_million() -> None:
    large = {"size": 10**6, "planned": 10**6, "p99_ms": 30.0}
    trials = [
        TRIAL,
        replace(TRIAL, **large, build_seconds=400.0),
        replace(TRIAL, engine="chroma"),
        replace(TRIAL, engine="chroma", **{**large, "size": 500_000}, build_seconds=90.0),
    ]
    of = rows([system()], {}, trials)
    by_name = {name.partition(", tantivy")[0].partition(", chroma")[0]: cells for name, cells in of.items()}
    assert by_name["keyword retrieval, p99"][2:] == ["30.0 ms", "-", "50 ms", "met"]
    assert by_name["both in turn, sum of the p99"][2:] == ["60.0 ms", "-", "50 ms", "short by 1.20x"]
    keywords = by_name["keywords written a second, over that of 10,000 passages"]
    assert keywords[2:] == ["0.50", "-", "0.8", "short by 1.60x"]
    stopped = by_name["vector retrieval, p99"]
    assert stopped[0].endswith("500,000 synthetic passages")
    assert stopped[-1] == "not known: writing stopped before the size"


def test_without_trials_the_index_is_not_measured() -> None:
    found = rows([system()], {}, [TRIAL])
    assert sum(cells[-1] == "not measured in this run" for cells in found.values()) == len(INDEX_GOALS) + 1


def test_a_cold_start_ends_with_the_first_words() -> None:
    late = "import time; print(flush=True); print('words', flush=True); time.sleep(1); print('more')"
    assert cold_start([sys.executable, "-c", late]).seconds < 1
    with pytest.raises(RuntimeError, match="printed nothing"):
        cold_start([sys.executable, "-c", "print()"])


def test_warm_questions_are_asked_again_with_a_clock() -> None:
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return question.upper()

    timed = warm(ask, list("abcdefg"))
    assert "".join(asked) == "abcdeabcdefg"
    assert (len(timed.seconds), timed.results) == (7, list("ABCDEFG"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    row = {"title": "A", "url": "", "date": "2022/06/09", "week": "20220610", "text": "Bees make honey. " * 9}
    lines = [json.dumps({**row, "_id": str(number), "title": f"A {number}"}) for number in range(8)]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path


FIRST = [Document("3", "A 3", "", "2022-06-09", "Herons fish in ponds.")]


def test_the_first_articles_come_first_and_once(data: Path) -> None:
    given = [one.id for one in until_enough(FIRST, data, lambda: False)]
    assert given == ["3", "0", "1", "2", "4", "5", "6", "7"]


def test_articles_end_when_there_are_enough(data: Path) -> None:
    enough = iter([False, False, True])
    assert [one.id for one in until_enough(FIRST, data, lambda: next(enough))] == ["3", "0", "1"]


def test_an_index_grows_to_all_that_there_is(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("vectorstore.embedding.open_embedder", HashEmbedder)
    monkeypatch.setattr("evals.benchmarks.peers.drivers.footnote_growth.SECONDS_BETWEEN_LINES", -1)
    said = grow(data / "home", FIRST, data, 1_000)
    assert said["articles"] == said["passages"] == 8
    assert "8 of 1,000 passages" in capsys.readouterr().err


def test_progress_is_told_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    LineProgress(10).passages(5)
    assert capsys.readouterr().err == ""


class FakeAssistant:
    """Answers nothing, and notes how it was opened."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings

    def __enter__(self) -> "FakeAssistant":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def ask(self, question: str) -> Any:
        return SimpleNamespace(status="declined")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[FakeAssistant]:
    made: list[FakeAssistant] = []

    def open_fake(*, settings: Any) -> FakeAssistant:
        made.append(FakeAssistant(settings))
        return made[-1]

    monkeypatch.setattr("assistant.core.Assistant.open", open_fake)
    return made


def test_answers_are_asked_for_with_the_reader_that_is_named(
    tmp_path: Path,
    opened: list[FakeAssistant],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from evals.benchmarks.peers.drivers import footnote_answers
    from evals.benchmarks.peers.drivers.protocol import Job

    Job("warm", tmp_path / "articles", tmp_path / "home", ("Why?", "Who?")).write(tmp_path / "job")
    monkeypatch.setattr(sys, "argv", ["footnote_answers", str(tmp_path / "job"), "none"])
    footnote_answers.main()
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (len(said["seconds"]), said["statuses"]) == (2, {"declined": 2})
    assert (opened[0].settings.reader, opened[0].settings.home) == ("none", tmp_path / "home")


def test_a_folder_without_trials_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--scale", str(tmp_path)])
    assert "holds no scale.json" in capsys.readouterr().err
