"""The scale benchmark: its synthetic data, its arithmetic, and every engine on a few passages."""

import json
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evals.benchmarks.scale.__main__ import main, questions_of, table
from evals.benchmarks.scale.engines import KEYWORD_ENGINES, ROWS_AT_ONCE, VECTOR_ENGINES, in_parts
from evals.benchmarks.scale.plots import draw
from evals.benchmarks.scale.results import expected_seconds, is_final, read_trials, time_left, write_trials
from evals.benchmarks.scale.synthetic import PASSAGE_WORDS, WordModel, vectors
from evals.benchmarks.scale.trial import Job, Trial, ask, build, mean_recall, written_so_far

TRIAL = Trial("made", 10_000, 2.0, 1.0, 0.5, 0.25, 0.001, 3.0, 4.0, 2.5, 10**6, 10**8, 0.985)


def test_words_are_drawn_as_often_as_they_are_in_the_articles() -> None:
    model = WordModel.of_counts(Counter({"bee": 3, "heron": 1}))
    drawn = " ".join(model.passages(200, seed=1)).split()
    assert len(drawn) == 200 * PASSAGE_WORDS
    assert drawn.count("bee") / len(drawn) == pytest.approx(0.75, abs=0.02)
    assert list(model.passages(3, seed=1)) == list(model.passages(200, seed=1))[:3]
    assert list(model.passages(3, seed=2)) != list(model.passages(3, seed=1))


def test_vectors_have_unit_length_and_are_the_same_each_time() -> None:
    first, again = np.concatenate(list(vectors(7_000, 1))), np.concatenate(list(vectors(7_000, 1)))
    assert first.shape == (7_000, 384)
    assert np.linalg.norm(first, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(first, again)


@pytest.mark.parametrize(
    ("found", "wanted", "recall"),
    [([[1, 2]], [[2, 3]], 0.5), ([[1], [2]], [[1], [3]], 0.5), ([[1]], [[1]], 1)],
)
def test_recall_is_the_share_found_of_what_is_wanted(
    found: list[list[int]], wanted: list[list[int]], recall: float
) -> None:
    assert mean_recall(found, wanted) == recall


def test_parts_hold_everything_in_order() -> None:
    assert list(in_parts(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]


@pytest.mark.parametrize("name", KEYWORD_ENGINES)
def test_keyword_engines_find_what_is_added_and_not_what_is_deleted(name: str, tmp_path: Path) -> None:
    engine = KEYWORD_ENGINES[name](tmp_path)
    engine.add(0, ["Herons fish.", "Bees make honey."])
    engine.add(2, ["A heron and another heron."])
    assert engine.query("What do herons eat?") == [2, 0]
    assert engine.index_bytes() > 0
    engine.delete([2])
    engine.close()
    again = KEYWORD_ENGINES[name](tmp_path)
    assert again.query("What do herons eat?") == [0]
    again.close()


@pytest.mark.parametrize("name", VECTOR_ENGINES)
def test_vector_engines_find_what_is_added_and_not_what_is_deleted(name: str, tmp_path: Path) -> None:
    drawn = next(vectors(4, 1))
    engine = VECTOR_ENGINES[name](tmp_path)
    engine.add(0, drawn[:2])
    engine.add(2, drawn[2:])
    assert engine.query(drawn[3])[0] == 3
    assert engine.index_bytes() > 0
    engine.delete([3])
    engine.close()
    again = VECTOR_ENGINES[name](tmp_path)
    assert sorted(again.query(drawn[3])) == [0, 1, 2]
    again.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows: list[dict[str, Any]] = [{"text": "Herons fish in ponds and bees make honey in hives."}]
    asked = [{"text": "Why?"}, {"text": "What do herons do in ponds?"}, {"text": "word " * 30}]
    for name, lines in (("corpus", rows), ("queries", asked)):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    return tmp_path


def test_questions_are_of_5_to_20_words(data: Path) -> None:
    assert questions_of(data / "queries.jsonl") == ("What do herons do in ponds?",)


@pytest.mark.parametrize("engine", ["fts5", "exact"])
def test_a_trial_builds_and_asks(data: Path, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.benchmarks.scale.trial.CHANGED", 5)
    monkeypatch.setattr("evals.benchmarks.scale.trial.SOUGHT", 3)
    job = Job(engine, 20, str(data), str(data / "corpus.jsonl"), ("Do herons fish?",), 60)
    built, asked = build(job), ask(job)
    assert (built.size, built.index_bytes > 0) == (20, True)
    assert asked["recall"] == (1.0 if engine == "exact" else None)
    assert asked["p50_ms"] <= asked["p99_ms"]


def test_an_engine_that_takes_too_long_is_measured_where_it_is(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.benchmarks.scale.trial.CHANGED", 5)
    monkeypatch.setattr("evals.benchmarks.scale.trial.SOUGHT", 3)
    job = Job("exact", 12_000, str(data), str(data / "corpus.jsonl"), (), 0)
    built = build(job)
    assert built.size == ROWS_AT_ONCE
    assert ask(replace(job, size=built.size))["recall"] == 1


def test_a_trial_is_known_by_what_was_planned() -> None:
    assert TRIAL.key == ("made", 10_000)
    assert replace(TRIAL, size=5_000, planned=10_000).key == ("made", 10_000)


def test_the_table_and_the_plots_show_every_trial(tmp_path: Path) -> None:
    lines = list(table([TRIAL]))
    assert lines[2].startswith(
        "| made | 10,000 | 5,000 | 1.0 | 0.50 | 0.25 | 1.0 | 3.00 | 4.00 | 2.50 | 1.0 | 100"
    )
    files = draw([TRIAL], tmp_path / "plots")
    assert len(files) == 6
    assert all("<svg" in file.read_text("utf-8") for file in files)


def test_writing_says_how_long_it_goes_on_at_its_pace() -> None:
    job = Job("chroma", 1_000, "", "", (), most_seconds=600)
    assert written_so_far(job, 250, 100).endswith("2 a second, 5.0 minutes more")
    assert written_so_far(job, 250, 540).endswith("0 a second, 1.0 minutes more")


@pytest.mark.parametrize(
    ("seconds", "size", "most", "expected"),
    [
        ({1_000: 5.0}, 10_000, 1e9, 50.0),
        ({1_000: 5.0, 10_000: 14.0}, 100_000, 1e9, 104.0),
        ({1_000: 5.0, 10_000: 14.0}, 100_000, 4.0, 24.0),
        ({}, 1_000, 1e9, None),
    ],
)
def test_time_is_foretold_by_the_largest_two_trials(
    seconds: dict[int, float], size: int, most: float, expected: float | None
) -> None:
    trials = [replace(TRIAL, size=one, wall_seconds=wall) for one, wall in seconds.items()]
    assert expected_seconds("made", size, trials, most) == pytest.approx(expected)


def test_time_left_says_what_is_not_known() -> None:
    trials = [replace(TRIAL, wall_seconds=60.0)]
    assert time_left([("other", 1)], trials, 1e9) == "how long it takes is not known yet"
    told = "about 2.0 minutes, at least 2.0 minutes for all that is left"
    assert time_left([("made", 20_000), ("other", 20_000)], trials, 1e9) == told


def test_a_trial_that_stopped_early_is_final_until_it_gets_more_time() -> None:
    stopped = replace(TRIAL, size=5_000, planned=10_000, build_seconds=60.0)
    assert is_final(TRIAL, 1e9)
    assert is_final(stopped, 60)
    assert not is_final(stopped, 120)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Trials that take no time; "chroma" fails. Gives the engines in the order they were run."""
    ran: list[str] = []

    def measure(job: Job) -> Trial:
        ran.append(job.engine)
        if job.engine == "chroma":
            raise subprocess.CalledProcessError(-9, "trial")
        return replace(TRIAL, engine=job.engine, size=job.size, planned=job.size)

    monkeypatch.setattr("evals.benchmarks.scale.__main__.measure", measure)
    return ran


def test_a_failure_is_passed_over_and_what_is_measured_is_not_measured_again(
    data: Path, quick: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(data), "--out", str(data / "out"), "--sizes", "10", "--engines"]
    assert main([*arguments, "chroma", "exact"]) == 1
    assert quick == ["chroma", "exact"]
    assert [one.key for one in read_trials(data / "out")] == [("exact", 10)]
    assert "chroma, 10 passages, failed" in capsys.readouterr().err
    assert main([*arguments, "exact", "tantivy"]) == 0
    assert quick == ["chroma", "exact", "tantivy"]


def test_every_trial_is_written_and_drawn_before_the_next(
    data: Path, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []

    def note(trials: list[Trial], folder: Path) -> None:
        drawn.append(len(trials))
        assert read_trials(folder) == trials

    monkeypatch.setattr("evals.benchmarks.scale.__main__.draw", note)
    main([str(data), "--out", str(data / "out"), "--sizes", "10", "--engines", "exact", "fts5"])
    assert (quick, drawn) == (["exact", "fts5"], [1, 2, 2])


def test_a_file_of_trials_is_replaced_as_a_whole(tmp_path: Path) -> None:
    assert read_trials(tmp_path) == []
    write_trials([TRIAL], tmp_path)
    assert read_trials(tmp_path) == [TRIAL]
    assert [file.name for file in tmp_path.iterdir()] == ["scale.json"]
