"""The benchmark of questions in conversations, on a made set and an index of it."""

import json
from pathlib import Path

import numpy as np
import pytest

from evals.benchmarks.follow_ups import (
    LAST,
    OURS,
    REWRITTEN,
    after_another_subject,
    change_of_subject,
    is_for_choosing,
    measure,
    read_corpus,
    read_tasks,
    recall,
    report,
    turns_of,
)
from evals.corpus import indexed_id
from evals.datasets.conversations import KEY
from evals.suite import Case
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


@pytest.fixture
def tasks(folder: Path) -> list[Case]:
    return read_tasks(folder, read_corpus(folder))


def test_only_judged_turns_with_turns_before_them_are_tasks(tasks: list[Case]) -> None:
    (task,) = tasks
    assert task.ranking is not None
    assert (task.id, task.ranking.relevant) == ("7-1_2", (indexed_id(KEY, "p2"),))
    assert turns_of(task) == [("Who designed the bridge?", "Maria Lopez did. Lopez was young.")]


def test_what_the_conversation_names_is_found_as_by_the_rewritten_question(
    folder: Path, tasks: list[Case]
) -> None:
    corpus, embedder = read_corpus(folder), WordEmbedder()
    with Index.create_or_open(folder / "home", embedder) as index:
        ingest_source(index, embedder, corpus)
        assert index.count_articles() == corpus.count_hint() == len(PASSAGES)
        found = measure(index, tasks)
    assert found[REWRITTEN].tolist() == found[OURS].tolist() == [1.0]
    assert found[LAST].tolist() == [0.0]


def test_recall_counts_the_first_five_different_passages(tasks: list[Case]) -> None:
    assert recall(tasks[0], []) == 0.0


def test_the_halves_share_no_subject_and_the_report_names_each(tasks: list[Case]) -> None:
    assert is_for_choosing(tasks * 2).tolist() == [True, True]
    shares = {LAST: np.array([0.0, 0.5]), REWRITTEN: np.array([1.0, 1.0]), OURS: np.array([0.5, 1.0])}
    lines = report(shares, np.array([True, False]))
    assert lines[-1].split()[-3:] == ["0.500", "1.000", "0.667"]


def test_questions_that_stand_alone_are_asked_after_another_subject(folder: Path) -> None:
    other = {
        "_id": "8-2_2",
        "text": "How old is it?",
        "history": [["user", "Which person was born in town 3?"], ["agent", "Person 3 was born there."]],
        "rewrite": "How old is town 3?",
    }
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(f"\n{json.dumps(other)}")
    with (folder / "qrels.tsv").open("a", encoding="utf-8") as lines:
        lines.write("8-2_2\tx3\t1\n")
    corpus, embedder = read_corpus(folder), WordEmbedder()
    tasks = read_tasks(folder, corpus)
    befores = [before.turns[0].question for _, before in after_another_subject(tasks)]
    assert befores == ["Which person was born in town 3?", "Who designed the bridge?"]
    with Index.create_or_open(folder / "home", embedder) as index:
        ingest_source(index, embedder, corpus)
        rewritten, first = change_of_subject(index, tasks)
    assert rewritten.startswith("rewritten, alone 1.000; after another subject ")
    # "Which person was born in town 3?" names all it needs, "Who designed the bridge?" does not say which.
    assert first == "first questions after another subject: left alone 0.500"
