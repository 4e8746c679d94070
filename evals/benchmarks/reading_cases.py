"""Questions with the passages to answer them from, out of data sets to measure and fit with."""

import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant.understanding.words import keys_of, words_of
from evals.json_files import json_rows
from ingest.article import ArticleHead, content_hash
from ingest.passage import Passage
from ingest.sentences import split_sentences
from vectorstore.mentions import Mention, Topic
from vectorstore.query import Filters
from vectorstore.retrieved import RetrievedPassage

PASSAGE_WORDS = 150
ARTICLE_CHARACTERS = 40_000
FRESHNESS_WEIGHT = 0.25
FRESHNESS_DAYS = 20


@dataclass(frozen=True, slots=True)
class ReadingCase:
    """A question and the passages that retrieval would hand to the answerer.

    Attributes:
        group: the article or topic by which sets are split.
        answers: strings that answer; empty where nothing in the passages does.
        selected: by annotator, the sentences that a person chose to cite; empty where none did.
    """

    question: str
    passages: tuple[RetrievedPassage, ...]
    group: str
    answers: tuple[str, ...] = ()
    selected: tuple[tuple[str, ...], ...] = ()
    answerable: bool = True
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class CaseSet:
    """Cases, and the word weights of the collection that they come from."""

    cases: tuple[ReadingCase, ...]
    evidence: "CollectionEvidence"


@dataclass(frozen=True, slots=True)
class CollectionEvidence:
    """`Evidence` over plain texts, without an index."""

    documents: int
    frequencies: Mapping[str, int]
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "CollectionEvidence":
        """The word weights of a collection of passages."""
        frequencies: Counter[str] = Counter()
        documents = 0
        for text in texts:
            documents += 1
            frequencies.update(keys_of(words_of(text)))
        return cls(documents, frequencies)

    def term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) by term, with n of N passages that hold it."""
        return {term: max(map(self._weight, keys_of(words_of(term))), default=0.0) for term in terms}

    def _weight(self, key: str) -> float:
        count = self.frequencies.get(key, 0)
        return math.log(1 + (self.documents - count + 0.5) / (count + 0.5))

    def article_text(self, article_id: str, version: str | None = None) -> str | None:  # noqa: ARG002
        """The text of a passage that is an article of its own."""
        return self.texts.get(article_id)

    def mentions(self, topic: Topic, filters: Filters) -> tuple[Mention, ...]:  # noqa: ARG002
        """None: there is no index to count over."""
        return ()

    def place_label(self, article_id: str, version: str | None, offset: int) -> str | None:  # noqa: ARG002
        """None: such an article has no pages."""
        return None


def retrieved_passage(
    title: str, text: str, rank: int = 1, score: float = 1.0, published: date | None = None
) -> RetrievedPassage:
    """A passage that is a whole article."""
    identity = content_hash(title, text)
    moment = (
        None if published is None else datetime(published.year, published.month, published.day, tzinfo=UTC)
    )
    head = ArticleHead(id=identity, version="1", title=title, location=identity, published_at=moment)
    return RetrievedPassage(
        Passage(identity, identity, "1", 0, len(text), text), head, None, None, score, rank
    )


def load_clapnq(folder: Path) -> CaseSet:
    """ClapNQ: each question with its passage; half of them are not answered there."""
    corpus = {row["_id"]: row for _, row in json_rows(folder / "corpus.jsonl")}
    cases = []
    for _, row in json_rows(folder / "queries.jsonl"):
        source = corpus[row["passages"][0]]
        passage = retrieved_passage(source["title"], source["text"])
        selected = tuple(tuple(sentences) for sentences in row["selected_sentences"] if sentences)
        cases.append(
            ReadingCase(
                row["text"], (passage,), source["title"], selected=selected, answerable=row["answerable"]
            )
        )
    evidence = CollectionEvidence.of(f"{row['title']}\n{row['text']}" for row in corpus.values())
    return CaseSet(tuple(cases), evidence)


def load_squad(file: Path) -> CaseSet:
    """SQuAD: each question with its paragraph; in version 2 half of them are not answered there."""
    articles = json.loads(file.read_text("utf-8"))["data"]
    cases = tuple(
        ReadingCase(
            question["question"],
            (retrieved_passage(_squad_title(article), paragraph["context"]),),
            article["title"],
            answers=tuple(dict.fromkeys(answer["text"] for answer in question["answers"])),
            answerable=not question.get("is_impossible", False),
        )
        for article in articles
        for paragraph in article["paragraphs"]
        for question in paragraph["qas"]
    )
    contexts = (paragraph["context"] for article in articles for paragraph in article["paragraphs"])
    return CaseSet(cases, CollectionEvidence.of(contexts))


def load_realtimeqa(
    folder: Path, year: str, wanted: frozenset[str] | None = None, limit: int = 10
) -> CaseSet:
    """News questions of a year with the passages that keywords and freshness find among that year's articles.

    Args:
        folder: holds corpus.jsonl and queries.jsonl.
        year: "2022".
        wanted: ids of the questions; None for all whose answer has 3 characters or more and at most 6 words.
        limit: passages a question.
    """
    articles = [row for _, row in json_rows(folder / "corpus.jsonl") if row["week"].startswith(year)]
    search = KeywordPassages(articles)
    cases = tuple(
        ReadingCase(
            row["text"],
            search.find(row["text"], _day(row["date"]), limit),
            row["week"],
            answers=tuple(row["answer"]),
            as_of=_day(row["date"]),
        )
        for _, row in json_rows(folder / "queries.jsonl")
        if row["week"].startswith(year)
        and (row["_id"] in wanted if wanted is not None else is_short(row["answer"]))
    )
    return CaseSet(cases, search.evidence)


class KeywordPassages:
    """Passages in an in-memory keyword index.

    Args:
        articles: rows with title, date ("2022/06/12" or None) and text.
        whole: keep each text as one passage, instead of passages of at most `PASSAGE_WORDS` words.
    """

    def __init__(self, articles: Sequence[Mapping[str, Any]], *, whole: bool = False) -> None:
        self._found = [
            (row["title"] or "", _day(row["date"]), text)
            for row in articles
            for text in ([row["text"]] if whole else _passages(row["text"][:ARTICLE_CHARACTERS]))
        ]
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE p USING fts5(title, text, tokenize='porter unicode61 remove_diacritics 2')"
        )
        self._database.executemany(
            "INSERT INTO p (rowid, title, text) VALUES (?, ?, ?)",
            ((number, title, text) for number, (title, _, text) in enumerate(self._found)),
        )
        self.evidence = CollectionEvidence.of(f"{title}\n{text}" for title, _, text in self._found)

    def find(self, question: str, day: date | None, limit: int) -> tuple[RetrievedPassage, ...]:
        """The best passages by BM25 over the best one's, plus freshness on the question's day."""
        terms = {word.surface for word in words_of(question) if word.key}
        if not terms:
            return ()
        match = " OR ".join(f'"{term}"' for term in sorted(terms))
        rows = self._database.execute(
            "SELECT rowid, -bm25(p) FROM p WHERE p MATCH ? ORDER BY bm25(p) LIMIT 200", (match,)
        ).fetchall()
        best = max((score for _, score in rows), default=1.0)
        scored = [(score / best + _freshness(day, self._found[row][1]), row) for row, score in rows]
        ranked = sorted(scored, reverse=True)[:limit]
        return tuple(
            retrieved_passage(self._found[row][0], self._found[row][2], rank, score, self._found[row][1])
            for rank, (score, row) in enumerate(ranked, start=1)
        )


def _passages(text: str) -> Iterator[str]:
    """Runs of whole sentences, paragraphs kept apart by blank lines."""
    blocks = re.sub(r"\n+", "\n\n", text)
    start, words = None, 0
    end = 0
    for span in split_sentences(blocks):
        length = len(blocks[span.start : span.end].split())
        if start is not None and words + length > PASSAGE_WORDS:
            yield blocks[start:end]
            start, words = None, 0
        start = span.start if start is None else start
        words += length
        end = span.end
    if start is not None:
        yield blocks[start:end]


def _freshness(day: date | None, published: date | None) -> float:
    if day is None or published is None or (day - published).days < -2:
        return 0.0
    return FRESHNESS_WEIGHT * math.exp(-max(0, (day - published).days) / FRESHNESS_DAYS)


def _squad_title(article: Mapping[str, Any]) -> str:
    return str(article["title"]).replace("_", " ")


def _day(text: str | None) -> date | None:
    parts = [int(part) for part in (text or "").split("/") if part.isdecimal()]
    return date(*parts) if len(parts) == 3 else None


def is_short(answers: Sequence[str]) -> bool:
    """Whether one of the answers has 3 characters or more and at most 6 words."""
    return any(len(answer) >= 3 and len(answer.split()) <= 6 for answer in answers)
