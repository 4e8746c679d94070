"""How well questions in conversations are searched for: `python -m evals.benchmarks.follow_ups DATA`.

DATA is a folder that `footnote eval` reads as ikat or mtrag-un. Its passages are ingested into a home, or
found there by a second run. Each last turn is searched for alone, with all of the person's turns before it,
with the whole conversation, as a person rewrote it (where the set has that), and as the assistant does it.
Recall at 5: the share of a task's passages among the first five found.

Conversations are halved by their subject: one half was used to choose, the other only reports. Questions that
stand alone (rewritten ones, and the first ones of conversations) are also asked after a conversation about
something else: they should be left alone.
"""

import argparse
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answerers.base import UnderstoodQuestion
from assistant.conversation import Conversation
from assistant.searching import search
from assistant.understanding.understand import understand
from evals.corpus import Corpus
from evals.datasets.conversations import KEY, conversation_cases
from evals.datasets.data_set import ALL
from evals.datasets.reading import NO_ANSWER, existing, passage_corpus
from evals.suite import Case
from vectorstore.catalogue import FILE_NAME
from vectorstore.embedding import open_embedder
from vectorstore.index import Index
from vectorstore.query import Filters, Query
from vectorstore.retrieved import RetrievedPassage
from vectorstore.sync import ingest_source

DEPTH = 5
FOUND = 30
TODAY = date(2023, 1, 1)
LAST, ASKED, WHOLE, REWRITTEN, OURS = (
    "last turn",
    "all questions",
    "whole conversation",
    "rewritten by a person",
    "read by the assistant",
)
Find = Callable[[Case], Sequence[RetrievedPassage]]
Shares = NDArray[np.float64]
"""Recall at `DEPTH` by task."""

_TURN_NUMBER = re.compile(r"(?:_|<::>)\d+$")


def read_corpus(folder: Path) -> Corpus:
    """The passages of a set.

    Raises:
        DataSetError: the folder has none.
    """
    return passage_corpus("follow-ups", existing(folder, "corpus.jsonl"), KEY)


def read_tasks(folder: Path, corpus: Corpus) -> list[Case]:
    """The turns that have turns before them and passages to find, in the order of the file.

    Raises:
        DataSetError: the folder is not a set's.
    """
    cases = (case for case, _ in conversation_cases(folder, corpus, {"part": ALL}, "_"))
    return [case for case in cases if case.conversation and case.ranking]


def turns_of(task: Case) -> list[tuple[str, str]]:
    """What was asked and answered before, "" for an answer that the set does not have."""
    answers = (turn.answer or NO_ANSWER for turn in task.conversation)
    return [
        (turn.question, "" if answer == NO_ANSWER else answer)
        for turn, answer in zip(task.conversation, answers, strict=True)
    ]


def conversation_of(task: Case) -> Conversation:
    """The turns before a task's question."""
    return Conversation.from_pairs(turns_of(task))


def rewrite_of(task: Case) -> str:
    """The question as a person made it stand alone, "" where nobody did."""
    return (task.ranking and task.ranking.rewrite) or ""


def subject_of(task: Case) -> str:
    """What conversations on one subject share."""
    return _TURN_NUMBER.sub("", task.id).split("-")[0]


def ways(index: Index) -> dict[str, Find]:
    """Every way to search for a task's last turn."""

    def plain(text: str) -> Sequence[RetrievedPassage]:
        return index.search(Query(text), FOUND)

    def asked(task: Case) -> Sequence[RetrievedPassage]:
        return plain(" ".join([*(turn.question for turn in task.conversation), task.question]))

    def whole(task: Case) -> Sequence[RetrievedPassage]:
        return plain(" ".join([*(part for turn in turns_of(task) for part in turn), task.question]))

    def ours(task: Case) -> Sequence[RetrievedPassage]:
        return search(index, read_after(index, task.question, conversation_of(task)), FOUND)

    return {
        LAST: lambda task: plain(task.question),
        ASKED: asked,
        WHOLE: whole,
        REWRITTEN: lambda task: plain(rewrite_of(task) or task.question),
        OURS: ours,
    }


def read_after(index: Index, question: str, conversation: Conversation) -> UnderstoodQuestion:
    """A question as the assistant reads it after a conversation."""
    return understand(question, conversation, Filters(), TODAY, index.similarities)


def recall(task: Case, found: Sequence[RetrievedPassage]) -> float:
    """The share of the task's passages among the first `DEPTH` different ones found."""
    relevant = set(task.ranking.relevant) if task.ranking else set()
    ids = list(dict.fromkeys(item.article.id for item in found))
    return len(relevant & set(ids[:DEPTH])) / len(relevant)


def measure(index: Index, tasks: Sequence[Case]) -> dict[str, Shares]:
    """Recall by way and task."""
    return {
        name: np.array([recall(task, find(task)) for task in tasks])
        for name, find in ways(index).items()
        if name != REWRITTEN or any(map(rewrite_of, tasks))
    }


def is_for_choosing(tasks: Sequence[Case]) -> NDArray[np.bool_]:
    """Which tasks are in the half that may be used to choose; no subject is in both halves."""
    subjects = [subject_of(task) for task in tasks]
    half = set(sorted(set(subjects), key=_shuffling)[::2])
    return np.array([subject in half for subject in subjects])


def _shuffling(name: str) -> bytes:
    return hashlib.md5(name.encode(), usedforsecurity=False).digest()


def after_another_subject(tasks: Sequence[Case]) -> Iterator[tuple[Case, Conversation]]:
    """Each task with the next conversation that is about something else."""
    subjects = [subject_of(task) for task in tasks]
    for at, task in enumerate(tasks):
        following = (n % len(tasks) for n in range(at, at + len(tasks)))
        other = next((n for n in following if subjects[n] != subjects[at]), None)
        if other is not None:
            yield task, conversation_of(tasks[other])


def change_of_subject(index: Index, tasks: Sequence[Case]) -> list[str]:
    """A line for each kind of question that stands alone: how it fares after another subject."""
    rewritten = [task for task in tasks if rewrite_of(task)]
    lines = []
    if rewritten:
        read = [
            (task, read_after(index, rewrite_of(task), before))
            for task, before in after_another_subject(rewritten)
        ]
        alone = np.mean([recall(task, index.search(Query(rewrite_of(task)), FOUND)) for task, _ in read])
        after = np.mean([recall(task, search(index, question, FOUND)) for task, question in read])
        left = _share_left_alone(question for _, question in read)
        lines.append(
            f"rewritten, alone {alone:.3f}; after another subject {after:.3f}, left alone {left:.3f}"
        )
    first = {_TURN_NUMBER.sub("", task.id): (task, before) for task, before in after_another_subject(tasks)}
    questions = [(task.conversation[0].question, before) for task, before in first.values()]
    left = _share_left_alone(
        read_after(index, question, before) for question, before in questions if question
    )
    return [*lines, f"first questions after another subject: left alone {left:.3f}"]


def _share_left_alone(questions: Iterator[UnderstoodQuestion]) -> float:
    alone = [not question.carried and question.context is None for question in questions]
    return sum(alone) / len(alone) if alone else float("nan")


def report(found: Mapping[str, Shares], choosing: NDArray[np.bool_]) -> list[str]:
    """A line for each way: recall on the half for choosing, on the other, on all."""
    lines = [f"{'':<24}{'choosing':>10}{'reporting':>10}{'all':>10}"]
    for name, shares in found.items():
        figures = (shares[choosing].mean(), shares[~choosing].mean(), shares.mean())
        lines.append(f"{name:<24}{''.join(f'{figure:>10.3f}' for figure in figures)}")
    if REWRITTEN in found:
        gains = [
            (found[OURS][half].mean() - found[LAST][half].mean())
            / (found[REWRITTEN][half].mean() - found[LAST][half].mean())
            for half in (choosing, ~choosing, np.ones_like(choosing))
        ]
        lines.append(f"{'share of the gain':<24}{''.join(f'{gain:>10.3f}' for gain in gains)}")
    return lines


def ingest(corpus: Corpus, home: Path) -> None:
    """Put the passages into the home unless they are there already."""
    if (home / FILE_NAME).exists():
        with Index.open(home) as index:
            if index.count_articles() == corpus.count:
                return
    embedder = open_embedder()
    with Index.create_or_open(home, embedder) as index:
        ingest_source(index, embedder, corpus)


def main(arguments: Sequence[str] | None = None) -> None:
    """Ingest, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.follow_ups")
    parser.add_argument("data", type=Path, help="folder with corpus.jsonl, queries.jsonl and qrels.tsv")
    parser.add_argument("--home", type=Path, required=True, help="folder of the index, kept")
    given = parser.parse_args(arguments)
    corpus = read_corpus(given.data)
    tasks = read_tasks(given.data, corpus)
    ingest(corpus, given.home)
    with Index.open(given.home) as index:
        print(f"{len(tasks)} tasks, {index.count_articles()} passages, recall at {DEPTH}")
        print("\n".join(report(measure(index, tasks), is_for_choosing(tasks))))
        print("\n".join(change_of_subject(index, tasks)))


if __name__ == "__main__":
    main()
