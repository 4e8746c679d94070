"""Reading the files of data sets; what is missing or malformed is named with its file and line."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from evals.corpus import Corpus, CorpusArticle, files_digest
from evals.errors import DataSetError
from evals.json_files import ADVICE, json_rows
from evals.suite import Case, EarlierTurn
from ingest.article import content_hash

CORPUS_FORMAT = "2"
"""Raised when an adapter makes other articles of the same files, so that no index of before is used."""

NO_ANSWER = "-"
"""The answer of an earlier turn that got none; a turn without any would be asked again."""


def existing(folder: Path, *names: str) -> Path:
    """The first of these files that there is; `folder` itself where it is a file.

    Raises:
        DataSetError: there is none.
    """
    if folder.is_file():
        return folder
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise DataSetError(f"{folder} has no {' or '.join(names)}", "name the folder that the set came in")


def judgements(file: Path) -> dict[str, dict[str, int]]:
    """By question, the judged documents with their grades above 0, from tab-separated lines.

    Raises:
        DataSetError: a line is no judgement.
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with file.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t"), start=1):
            if number == 1 and row[-1:] == ["score"]:
                continue
            if len(row) != 3 or not row[2].lstrip("-").isdecimal():
                raise DataSetError(f"{file}:{number}: expected question, document and grade", ADVICE)
            if int(row[2]) > 0:
                found[row[0]][row[1]] = int(row[2])
    return dict(found)


def passage_corpus(name: str, file: Path, key: str = "") -> Corpus:
    """A corpus.jsonl in BEIR's form, each line an article (`_id`, `text`, and `title` where there is one).

    Args:
        key: of its locations; the set's name by default.
    """
    count = sum(1 for _ in json_rows(file, "_id", "text"))

    def read() -> Iterator[CorpusArticle]:
        for _, row in json_rows(file, "_id", "text"):
            yield CorpusArticle(str(row["_id"]), row.get("title") or "", row["text"])

    return Corpus(name, key or f"{name}:", corpus_digest(name, file), count, read)


def corpus_digest(name: str, *files: Path, **options: str) -> str:
    """Hash of what a corpus is made from."""
    return content_hash("corpus", CORPUS_FORMAT, name, files_digest(*files), repr(sorted(options.items())))


def finished(case: Case) -> Case:
    """The case with the digest of all that it says, its line not counted."""
    said = replace(case, digest="", line=0)
    return replace(case, digest=content_hash("case", repr(said)))


def earlier_turns(history: Sequence[Sequence[str]]) -> tuple[EarlierTurn, ...]:
    """Turns from (speaker, text) pairs, where whoever is not "user" answers."""
    turns: list[EarlierTurn] = []
    for speaker, text in history:
        if speaker == "user":
            turns.append(EarlierTurn(text.strip(), NO_ANSWER))
        elif turns:
            turns[-1] = EarlierTurn(turns[-1].question, text.strip() or NO_ANSWER)
    return tuple(turns)
