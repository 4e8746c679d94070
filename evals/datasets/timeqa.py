"""TimeQA: the same question about several times has several answers, or none."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.corpus import Corpus, CorpusArticle, indexed_id
from evals.datasets.data_set import ALL, FROM, OWN, PART, DataSet, LoadedSet, in_part
from evals.datasets.reading import corpus_digest, existing, finished
from evals.errors import DataSetError
from evals.json_files import json_rows
from evals.published import Published
from evals.suite import Case, Expectation, RankingGold

NAME = "timeqa"
KEY = f"{NAME}:"
PAPER = "Chen, Wang and Wang, A Dataset for Answering Time-Sensitive Questions, 2021"
HARD = "the set's own test questions, those called hard"


@dataclass
class _Document:
    title: str = ""
    paragraphs: list[str] = field(default_factory=list)


def load(path: Path, options: Mapping[str, str]) -> LoadedSet:
    """The paragraphs of a document (`DOCUMENT_PARAGRAPH`) are one article."""
    folder = path / "derived" if (path / "derived").is_dir() else path
    file = existing(folder, "corpus.jsonl")
    documents = _documents(file)

    def articles() -> "list[CorpusArticle]":
        return [CorpusArticle(name, one.title, "\n".join(one.paragraphs)) for name, one in documents.items()]

    corpus = Corpus(NAME, KEY, corpus_digest(NAME, file), len(documents), lambda: iter(articles()))
    queries = existing(folder, "queries.jsonl")
    cases = []
    for line, row in json_rows(queries, "_id", "text", "doc", "answers", "answerable"):
        document = documents.get(str(row["doc"]))
        if document is None:
            raise DataSetError(f"{queries}:{line}: {row['doc']} is not in {file}", "use files of one set")
        if in_part(document.title, options):
            cases.append(_case(line, row, options["from"]))
    return LoadedSet(tuple(cases), corpus)


def _documents(file: Path) -> dict[str, _Document]:
    documents: defaultdict[str, _Document] = defaultdict(_Document)
    for _, row in json_rows(file, "_id", "title", "text"):
        document = documents[row["_id"].rpartition("_")[0]]
        document.title = row["title"].replace("_", " ")
        document.paragraphs.append(row["text"])
    return dict(documents)


def _case(line: int, row: Mapping[str, Any], source: str) -> Case:
    answers = tuple(row["answers"])
    own = indexed_id(KEY, str(row["doc"]))
    declined = not row["answerable"]
    case = Case(
        id=row["_id"],
        question=row["text"].strip(),
        digest="",
        line=line,
        expect=Expectation() if declined else Expectation(short_answer=answers),
        must_decline=declined,
        tags=("unanswerable",) if declined else ("answerable",),
        answers=() if declined else answers,
        within=(own,) if source == OWN else (),
        ranking=RankingGold((own,) if source == ALL else (), answers) if not declined else None,
        span_gold=True,
    )
    return finished(case)


DATA_SET = DataSet(
    name=NAME,
    measures="Whether the answer for the time that a question names is found, and none where there is none.",
    path="a folder with corpus.jsonl and queries.jsonl, or the one that holds it as derived/",
    licence="BSD-3-Clause, the articles CC BY-SA",
    load=load,
    options=(FROM, PART),
    published=(
        Published("Fusion-in-Decoder, trained on the set", {"span_exact": 0.46}, PAPER, HARD),
        Published("people", {"span_exact": 0.87}, PAPER, HARD),
    ),
)
