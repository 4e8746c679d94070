"""Which articles and questions a run uses: half of the articles answer a question each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.benchmarks.news_questions import (
    ARTICLE_CHARACTERS,
    NewsQuestion,
    article_rows,
    corpus_article,
    read_questions,
)
from evals.benchmarks.peers.drivers.protocol import Document


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, and questions each of which one of them answers."""

    documents: tuple[Document, ...]
    questions: tuple[NewsQuestion, ...]

    def write_articles(self, file: Path) -> None:
        """Store the articles for the drivers."""
        file.write_text(json.dumps([asdict(one) for one in self.documents]), "utf-8")


def read_collection(folder: Path, year: str, articles: int) -> Collection:
    """Choose articles and questions, always the same ones.

    In the order of the questions, the first article that is judged relevant and holds an answer comes in,
    with its question, until half the articles are chosen; then articles in the order of the file.

    Args:
        folder: as `evals.benchmarks.news_questions` describes it, with qrels.tsv beside.
        articles: how many; fewer where the year has fewer.
    """
    rows = {row["_id"]: row for row in article_rows(folder, year)}
    judged = _judged(folder / "qrels.tsv")
    chosen: dict[str, dict[str, Any]] = {}
    asked: list[NewsQuestion] = []
    for question in read_questions(folder, year):
        if len(chosen) >= articles // 2:
            break
        found = _answering(question, judged.get(question.id, ()), rows)
        if found is not None:
            chosen[found] = rows[found]
            asked.append(question)
    for key, row in rows.items():
        if len(chosen) >= articles:
            break
        chosen.setdefault(key, row)
    return Collection(tuple(_document(row) for row in chosen.values()), tuple(asked))


def _answering(
    question: NewsQuestion, judged: Sequence[str], rows: Mapping[str, Mapping[str, Any]]
) -> str | None:
    held = (key for key in judged if key in rows)
    return next(
        (key for key in held if question.is_answered_by(rows[key]["text"][:ARTICLE_CHARACTERS])), None
    )


def _document(row: dict[str, Any]) -> Document:
    article = corpus_article(row)
    day = article.day.isoformat() if article.day else ""
    return Document(article.id, article.title, article.url, day, article.text)


def _judged(file: Path) -> dict[str, list[str]]:
    """The articles judged relevant, by question."""
    judged: dict[str, list[str]] = {}
    for line in file.read_text("utf-8").splitlines()[1:]:
        question, article, score = line.split("\t")
        if int(score) > 0:
            judged.setdefault(question, []).append(article)
    return judged
