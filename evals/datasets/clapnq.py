"""ClapNQ: questions on passages of Wikipedia whose answers join sentences that people chose."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.corpus import indexed_id
from evals.datasets.data_set import ALL, FROM, OWN, PART, DataSet, LoadedSet, in_part
from evals.datasets.reading import existing, finished, passage_corpus
from evals.errors import DataSetError
from evals.json_files import json_rows
from evals.published import Published
from evals.suite import Case, RankingGold

NAME = "clapnq"
HERE = "measured beside Footnote, on 150 answerable questions"


def load(path: Path, options: Mapping[str, str]) -> LoadedSet:
    """Each passage is an article of its own."""
    file = existing(path, "corpus.jsonl")
    corpus = passage_corpus(NAME, file)
    titles = {article.id: article.title for article in corpus.read()}
    queries = existing(path, "queries.jsonl")
    rows = json_rows(queries, "_id", "text", "answerable", "passages", "selected_sentences")
    cases = []
    for line, row in rows:
        own = row["passages"][0]
        if own not in titles:
            raise DataSetError(
                f"{queries}:{line}: passage {own} is not in {file}", "use both files of one set"
            )
        if in_part(titles[own], options):
            cases.append(_case(line, row, indexed_id(corpus.key, own), options["from"]))
    return LoadedSet(tuple(cases), corpus)


def _case(line: int, row: Mapping[str, Any], own: str, source: str) -> Case:
    answerable = bool(row["answerable"])
    selected = tuple(tuple(sentences) for sentences in row["selected_sentences"] if sentences)
    case = Case(
        id=str(row["_id"]),
        question=row["text"].strip(),
        digest="",
        line=line,
        must_decline=not answerable,
        tags=("answerable",) if answerable else ("unanswerable",),
        selected=selected if answerable else (),
        within=(own,) if source == OWN else (),
        ranking=RankingGold((own,)) if source == ALL and answerable else None,
    )
    return finished(case)


DATA_SET = DataSet(
    name=NAME,
    measures="Whether the sentences cited are those that people chose, and whether the rest is declined.",
    path="a folder with corpus.jsonl and queries.jsonl",
    licence="Apache-2.0, the passages CC BY-SA",
    load=load,
    options=(FROM, PART),
    published=(
        Published("BM25's best four sentences", {"sentence_f1": 0.625}, HERE, "nothing is declined"),
        Published("every sentence of the passage", {"sentence_f1": 0.606}, HERE, "nothing is declined"),
    ),
)
