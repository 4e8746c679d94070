"""What the conversational sets share: a last turn that leans on the turns before it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.corpus import Corpus, indexed_id
from evals.datasets.data_set import Option, in_part
from evals.datasets.reading import earlier_turns, existing, judgements
from evals.json_files import json_rows
from evals.parts import PARTS
from evals.suite import Case, RankingGold

KEY = "passages:"
"""Of the locations of the passages: one for all, so that an index that one command made serves another."""

PART_OF_CONVERSATION = Option(
    "part",
    "only conversations of this part (70, 15 and 15%, by the conversation's id); the corpus stays whole",
    ("all", *PARTS),
    "all",
)


def conversation_cases(
    path: Path, corpus: Corpus, options: Mapping[str, str], separator: str
) -> Iterator[tuple[Case, Mapping[str, Any]]]:
    """Each last turn as a case that is searched for, unfinished, with its row.

    Args:
        separator: stands in a turn's id between the conversation's and the turn's number.
    """
    judged = judgements(existing(path, "qrels.tsv"))
    for line, row in json_rows(existing(path, "queries.jsonl"), "_id", "text", "history"):
        if in_part(row["_id"].partition(separator)[0], options):
            yield _case(line, row, judged, corpus), row


def _case(line: int, row: Mapping[str, Any], judged: Mapping[str, Mapping[str, int]], corpus: Corpus) -> Case:
    relevant = tuple(indexed_id(corpus.key, document) for document in judged.get(row["_id"], ()))
    gold = RankingGold(relevant, rewrite=row.get("rewrite"), compares_turns=True)
    return Case(
        id=row["_id"],
        question=row["text"].strip(),
        digest="",
        line=line,
        conversation=earlier_turns(row["history"]),
        asks=False,
        ranking=gold if relevant else None,
    )
