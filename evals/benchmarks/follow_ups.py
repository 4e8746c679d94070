"""How well questions in conversations are searched for: `python -m evals.benchmarks.follow_ups DATA`.

DATA is a folder as `evals.benchmarks.conversations` describes it. Its passages are ingested into a
home, or found there by a second run. Each last turn is searched for alone, with all of the person's turns
before it, with the whole conversation, as a person rewrote it (where the set has that), and as the assistant
does it. Recall at 5: the share of a task's passages among the first five found.

Conversations are halved by their subject: one half was used to choose, the other only reports.
"""

import argparse
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.conversation import Conversation
from assistant.searching import search
from assistant.understanding.understand import understand
from evals.benchmarks.conversations import ConversationTask, PassageSource, read_tasks
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
Find = Callable[[ConversationTask], Sequence[RetrievedPassage]]
Shares = NDArray[np.float64]
"""Recall at `DEPTH` by task."""


def ways(index: Index) -> dict[str, Find]:
    """Every way to search for a task's last turn."""

    def plain(text: str) -> Sequence[RetrievedPassage]:
        return index.search(Query(text), FOUND)

    def ours(task: ConversationTask) -> Sequence[RetrievedPassage]:
        conversation = Conversation.from_pairs(task.turns)
        understood = understand(task.text, conversation, Filters(), TODAY, index.similarities)
        return search(index, understood, FOUND)

    return {
        LAST: lambda task: plain(task.text),
        ASKED: lambda task: plain(" ".join([*(asked for asked, _ in task.turns), task.text])),
        WHOLE: lambda task: plain(" ".join([*(part for turn in task.turns for part in turn), task.text])),
        REWRITTEN: lambda task: plain(task.rewrite or task.text),
        OURS: ours,
    }


def recall(task: ConversationTask, found: Sequence[RetrievedPassage], key: str) -> float:
    """The share of the task's passages among the first `DEPTH` different ones found."""
    ids = dict.fromkeys(item.article.location.removeprefix(key) for item in found)
    return len(task.relevant & set(list(ids)[:DEPTH])) / len(task.relevant)


def measure(index: Index, tasks: Sequence[ConversationTask], key: str) -> dict[str, Shares]:
    """Recall by way and task."""
    return {
        name: np.array([recall(task, find(task), key) for task in tasks])
        for name, find in ways(index).items()
        if name != REWRITTEN or any(task.rewrite for task in tasks)
    }


def is_for_choosing(tasks: Sequence[ConversationTask]) -> NDArray[np.bool_]:
    """Which tasks are in the half that may be used to choose; no subject is in both halves."""
    subjects = [task.conversation.split("-")[0] for task in tasks]
    half = set(sorted(set(subjects), key=_shuffling)[::2])
    return np.array([subject in half for subject in subjects])


def _shuffling(name: str) -> bytes:
    return hashlib.md5(name.encode(), usedforsecurity=False).digest()


def change_of_subject(index: Index, tasks: Sequence[ConversationTask], key: str) -> tuple[Shares, Shares]:
    """Rewritten questions alone, and the same after a conversation about something else."""
    rewritten = [task for task in tasks if task.rewrite]
    subject = [task.conversation.split("-")[0] for task in rewritten]
    alone, after = [], []
    for at, task in enumerate(rewritten):
        other = next(n for n in range(at, at + len(rewritten)) if subject[n % len(rewritten)] != subject[at])
        conversation = Conversation.from_pairs(rewritten[other % len(rewritten)].turns)
        understood = understand(task.rewrite, conversation, Filters(), TODAY, index.similarities)
        alone.append(recall(task, index.search(Query(task.rewrite), FOUND), key))
        after.append(recall(task, search(index, understood, FOUND), key))
    return np.array(alone), np.array(after)


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


def ingest(folder: Path, home: Path) -> None:
    """Put the passages into the home unless they are there already."""
    source = PassageSource(folder)
    if (home / FILE_NAME).exists():
        with Index.open(home) as index:
            if index.count_articles() == source.count_hint():
                return
    embedder = open_embedder()
    with Index.create_or_open(home, embedder) as index:
        ingest_source(index, embedder, source)


def main(arguments: Sequence[str] | None = None) -> None:
    """Ingest, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.follow_ups")
    parser.add_argument("data", type=Path, help="folder with corpus.jsonl, queries.jsonl and qrels.tsv")
    parser.add_argument("--home", type=Path, required=True, help="folder of the index, kept")
    given = parser.parse_args(arguments)
    ingest(given.data, given.home)
    tasks, key = read_tasks(given.data), PassageSource(given.data).key
    with Index.open(given.home) as index:
        print(f"{len(tasks)} tasks, {index.count_articles()} passages, recall at {DEPTH}")
        print("\n".join(report(measure(index, tasks, key), is_for_choosing(tasks))))
        if any(task.rewrite for task in tasks):
            alone, after = change_of_subject(index, tasks, key)
            print(f"rewritten, alone {alone.mean():.3f}; after another subject {after.mean():.3f}")


if __name__ == "__main__":
    main()
