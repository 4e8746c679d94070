"""Folders in BEIR's form: corpus.jsonl, queries.jsonl, and judgements in qrels/SPLIT.tsv or qrels.tsv."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.corpus import indexed_id
from evals.datasets.data_set import DataSet, LoadedSet, Option
from evals.datasets.reading import existing, finished, judgements, passage_corpus
from evals.json_files import json_rows
from evals.published import Published
from evals.suite import Case, RankingGold

NAME = "beir"
SOURCE = "Thakur et al., BEIR, 2021"


def load(path: Path, options: Mapping[str, str]) -> LoadedSet:
    """Every question that the split judges; it is searched for, and no answer is asked for."""
    judged = judgements(existing(path, f"qrels/{options['split']}.tsv", "qrels.tsv"))
    corpus = passage_corpus(NAME, existing(path, "corpus.jsonl"))
    return LoadedSet(tuple(_cases(existing(path, "queries.jsonl"), judged, corpus.key)), corpus)


def _cases(file: Path, judged: Mapping[str, Mapping[str, int]], key: str) -> Iterator[Case]:
    for line, row in json_rows(file, "_id", "text"):
        relevant = tuple(indexed_id(key, document) for document in judged.get(str(row["_id"]), ()))
        if relevant:
            case = Case(str(row["_id"]), row["text"], "", line, asks=False, ranking=RankingGold(relevant))
            yield finished(case)


DATA_SET = DataSet(
    name=NAME,
    measures="Whether a search finds the documents that people judged relevant, on any set in BEIR's form.",
    path="a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv or qrels.tsv",
    licence="that of the set in the folder",
    load=load,
    options=(Option("split", "which file of qrels/ judges", default="test"),),
    published=(
        Published("BM25 on SciFact", {"articles_ndcg_10": 0.665}, SOURCE),
        Published("BM25 on NFCorpus", {"articles_ndcg_10": 0.325}, SOURCE),
        Published("BM25 on FiQA", {"articles_ndcg_10": 0.236}, SOURCE),
    ),
)
