"""MTRAG-UN: conversations whose last turn needs what came before, some of them unanswerable."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.datasets.conversations import KEY, PART_OF_CONVERSATION, conversation_cases
from evals.datasets.data_set import DataSet, LoadedSet
from evals.datasets.reading import existing, finished, passage_corpus
from evals.json_files import require_keys
from evals.published import Published
from evals.suite import Case

NAME = "mtrag-un"
ANSWERABLE, UNANSWERABLE = "ANSWERABLE", "UNANSWERABLE"
CAVEAT = "not comparable: on its full corpora, many times larger than a part of them"


def load(path: Path, options: Mapping[str, str]) -> LoadedSet:
    """Judged turns are searched for in three ways; answers are asked for where people judged that plainly."""
    corpus = passage_corpus(NAME, existing(path, "corpus.jsonl"), KEY)
    found = conversation_cases(path, corpus, options, "<::>")
    cases = (_with_answerability(case, row) for case, row in found)
    return LoadedSet(tuple(finished(case) for case in cases if case.ranking or case.asks), corpus)


def _with_answerability(case: Case, row: Mapping[str, Any]) -> Case:
    """Partly answerable and underspecified turns are only searched for."""
    require_keys(f"turn {case.id}", row, "answerability")
    [kind] = row["answerability"]
    return replace(
        case,
        asks=kind in (ANSWERABLE, UNANSWERABLE),
        must_decline=kind == UNANSWERABLE,
        tags=(kind.lower(),),
    )


DATA_SET = DataSet(
    name=NAME,
    measures="Whether a follow-up finds more than its last turn alone or the whole conversation; declining.",
    path="a folder with corpus.jsonl, queries.jsonl and qrels.tsv",
    licence="Apache-2.0",
    load=load,
    options=(PART_OF_CONVERSATION,),
    published=tuple(
        Published(
            system,
            {"follow_up_last_turn": last, "follow_up_rewrite": rewrite},
            "the MTRAG-UN benchmark",
            CAVEAT,
        )
        for system, last, rewrite in (
            ("BM25", 0.29, 0.36),
            ("bge-base", 0.25, 0.38),
            ("Elser", 0.40, 0.49),
        )
    ),
)
