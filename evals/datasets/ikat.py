"""TREC iKAT: conversations with each turn's human rewrite and the passages that its answer came from."""

from collections.abc import Mapping
from pathlib import Path

from evals.datasets.conversations import KEY, PART_OF_CONVERSATION, conversation_cases
from evals.datasets.data_set import DataSet, LoadedSet
from evals.datasets.reading import existing, finished, passage_corpus

NAME = "ikat"


def load(path: Path, options: Mapping[str, str]) -> LoadedSet:
    """Every judged turn, searched for in four ways."""
    corpus = passage_corpus(NAME, existing(path, "corpus.jsonl"), KEY)
    cases = (case for case, _ in conversation_cases(path, corpus, options, "_"))
    return LoadedSet(tuple(finished(case) for case in cases if case.ranking), corpus)


DATA_SET = DataSet(
    name=NAME,
    measures="How much of what a human rewrite gains over the last turn alone is reached without one.",
    path="a folder with corpus.jsonl, queries.jsonl and qrels.tsv",
    licence="MIT, the passages are their publishers' (ClueWeb22)",
    load=load,
    options=(PART_OF_CONVERSATION,),
)
