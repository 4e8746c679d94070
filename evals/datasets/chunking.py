"""Chroma's chunking evaluation: how much of the excerpts that answer is in the first passages.

Recall, precision and intersection over union in letters and digits, of the first five passages that a search
finds; `evals.benchmarks.chunking` compares splitters alone, by exact offsets and without an index.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.corpus import Corpus, CorpusArticle, indexed_id
from evals.datasets.data_set import DataSet, LoadedSet
from evals.datasets.reading import corpus_digest, existing, finished
from evals.errors import DataSetError
from evals.json_files import require_keys
from evals.published import Published
from evals.suite import Case, RankingGold

NAME = "chunking"
KEY = f"{NAME}:"


def load(path: Path, _options: Mapping[str, str]) -> LoadedSet:
    """The five corpora are one article each."""
    nested = path / "general_evaluation_data"
    folder = nested if nested.is_dir() else path
    questions = existing(folder, "questions_df.csv")
    files = sorted((folder / "corpora").glob("*.md"))
    if not files:
        raise DataSetError(f"{folder} has no corpora/*.md", "name the folder of chunking_evaluation")

    def articles() -> Iterator[CorpusArticle]:
        return (CorpusArticle(file.stem, "", file.read_text("utf-8")) for file in files)

    corpus = Corpus(NAME, KEY, corpus_digest(NAME, *files), len(files), articles)
    return LoadedSet(tuple(_cases(questions)), corpus)


def _cases(file: Path) -> Iterator[Case]:
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        for number, row in enumerate(reader, start=1):
            require_keys(f"{file}:{reader.line_num}", row, "question", "references", "corpus_id")
            excerpts = tuple(one["content"] for one in json.loads(row["references"]))
            gold = RankingGold((indexed_id(KEY, row["corpus_id"]),), excerpts=excerpts)
            case = Case(
                f"{row['corpus_id']}-{number}",
                row["question"].strip(),
                "",
                reader.line_num,
                tags=(row["corpus_id"],),
                asks=False,
                ranking=gold,
            )
            yield finished(case)


DATA_SET = DataSet(
    name=NAME,
    measures="How much of the excerpts that answer a question lies in the first passages, and how much else.",
    path="chunking_evaluation's folder, or its general_evaluation_data/",
    licence="MIT",
    load=load,
    published=(
        Published(
            "LangChain's recursive splitter, at most 200 tokens",
            {"excerpt_recall": 0.771, "excerpt_precision": 0.058, "excerpt_iou": 0.057},
            "measured beside Footnote, by evals.benchmarks.chunking",
            "all-MiniLM-L6-v2 alone, counted in characters",
        ),
    ),
)
