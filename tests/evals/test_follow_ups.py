"""The benchmark of questions in conversations, on a made set and an index of it."""

import json
from pathlib import Path

import numpy as np
import pytest

from evals.benchmarks.conversations import PassageSource, read_tasks
from evals.benchmarks.follow_ups import LAST, OURS, REWRITTEN, is_for_choosing, measure, recall, report
from tests.vectorstore.fakes import WordEmbedder
from vectorstore.index import Index
from vectorstore.sync import ingest_source

PASSAGES = [
    {"_id": "p1", "title": "Bridge", "text": "The Alder bridge was designed by Maria Lopez."},
    {"_id": "p2", "text": "Lopez was born in Porto. *Not* in Lisbon."},
    *({"_id": f"x{n}", "text": f"Person {n} was born in town {n}."} for n in range(9)),
]
TASKS = [
    {
        "_id": "7-1_2",
        "text": "Where was she born?",
        "history": [["user", "Who designed the bridge?"], ["agent", "Maria Lopez did. Lopez was young."]],
        "rewrite": "Where was Lopez born?",
    },
    {"_id": "8-1_1", "text": "Who designed the bridge?", "history": [], "rewrite": ""},
    {"_id": "9-1_2", "text": "Unjudged?", "history": [["user", "Hm"]], "rewrite": ""},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in (("corpus", PASSAGES), ("queries", TASKS)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, "utf-8")
    judged = ["query-id\tcorpus-id\tscore", "7-1_2\tp2\t1", "7-1_2\tp1\t0", "8-1_1\tp1\t1"]
    (tmp_path / "qrels.tsv").write_text("\n".join(judged) + "\n", "utf-8")
    return tmp_path


def test_only_judged_turns_with_turns_before_them_are_tasks(folder: Path) -> None:
    (task,) = read_tasks(folder)
    assert (task.id, task.conversation, task.relevant) == ("7-1_2", "7-1", frozenset({"p2"}))
    assert task.turns == (("Who designed the bridge?", "Maria Lopez did. Lopez was young."),)


def test_what_the_conversation_names_is_found_as_by_the_rewritten_question(folder: Path) -> None:
    source, embedder = PassageSource(folder), WordEmbedder()
    with Index.create_or_open(folder / "home", embedder) as index:
        ingest_source(index, embedder, source)
        assert index.count_articles() == source.count_hint() == len(PASSAGES)
        found = measure(index, read_tasks(folder), source.key)
    assert found[REWRITTEN].tolist() == found[OURS].tolist() == [1.0]
    assert found[LAST].tolist() == [0.0]


def test_recall_counts_the_first_five_different_passages(folder: Path) -> None:
    (task,) = read_tasks(folder)
    assert recall(task, [], "passages:") == 0.0


def test_the_halves_share_no_subject_and_the_report_names_each(folder: Path) -> None:
    tasks = read_tasks(folder) * 2
    assert is_for_choosing(tasks).tolist() == [True, True]
    shares = {LAST: np.array([0.0, 0.5]), REWRITTEN: np.array([1.0, 1.0]), OURS: np.array([0.5, 1.0])}
    lines = report(shares, np.array([True, False]))
    assert lines[-1].split()[-3:] == ["0.500", "1.000", "0.667"]
