"""A subject that behaves: it searches small articles, quotes a sentence, declines what it cannot find."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evals.record import CaseRecord, run_case
from evals.subject import Asked
from evals.suite import Case, Suite
from evals.suite_file import read_suite
from ingest.article import Article

BRIDGE = Article.create(
    location="town:bridge.md",
    title="The bridge of Alder",
    text="The bridge of Alder was opened on 3 May 2011. It cost 9 million crowns, because the rock was hard.",
)
MILL = Article.create(
    location="town:mill.md",
    title="The mill of Birk",
    text="The mill of Birk <b>burnt</b> down in 1904. Nobody was hurt.",
)
QUESTIONS = """\
suite: town
cases:
  - id: opened
    question: When was the bridge of Alder opened?
    tags: [bridge]
    expect: {contains: [{date: 2011-05-03}], short_answer: [3 May 2011], articles: [bridge]}
  - id: cost
    question: What did it cost, in million crowns?
    tags: [bridge]
    expect: {contains: ["9"], articles: [bridge], quotes: [It cost 9 million crowns]}
  - id: burnt
    question: When was the mill of Birk burnt down?
    tags: [mill]
    expect: {contains: ["1904"], articles: [mill]}
  - id: hurt
    question: Was nobody hurt?
    tags: [mill]
    expect: {contains: [nobody], articles: [mill]}
  - id: king
    question: Which king reigned?
    must_decline: true
  - id: moon
    question: Why does cheese float?
    must_decline: true
"""


COMMON = {"the", "was", "did"}


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2} - COMMON


class TownSubject:
    """Answers with the sentence that shares most words with the question; declines when none shares two."""

    def __init__(self, articles: Sequence[Article] = (BRIDGE, MILL), model: str = "extractive") -> None:
        self.asked: list[str] = []
        self.model = model
        self._articles = {article.id: article for article in articles}

    def ask(self, case: Case) -> Asked:
        self.asked.append(case.id)
        best = max(self.sentences(), key=lambda found: len(words(found[2]) & words(case.question)))
        return Asked(self.answer(case, *best), 12.0)

    def sentences(self) -> list[tuple[Article, int, str]]:
        return [
            (article, match.start(), match.group())
            for article in self._articles.values()
            for match in re.finditer(r"[^.\s][^.]*\.", article.text)
        ]

    def answer(self, case: Case, article: Article, start: int, sentence: str) -> dict[str, Any]:
        declined = self.declines(case, sentence)
        head = {"id": article.id, "version": article.version, "title": article.title}
        span = self.span(start, sentence)
        citation = {"number": 1, "quote": sentence, "start": span[0], "end": span[1], "article": head}
        passage = {"text": article.text, "score": 0.5, "article": head}
        said = [] if declined else [{"text": sentence, "citations": [1], "support": "quoted"}]
        return {
            "status": "declined" if declined else "answered",
            "confidence": self.confidence(case),
            "text": "Nothing was found." if declined else f"{sentence} [1]",
            "short_answer": None if declined else self.short_answer(sentence),
            "reason": "Nothing was found." if declined else "",
            "understood": "",
            "sentences": said,
            "citations": [] if declined else [citation],
            "retrieved": [passage],
            "nearest": [passage] if declined else [],
            "timings_ms": {"search": 2.0, "total": 12.0},
        }

    def declines(self, case: Case, sentence: str) -> bool:
        return len(words(sentence) & words(case.question)) < 2

    def confidence(self, case: Case) -> float:
        return 0.5

    def span(self, start: int, sentence: str) -> tuple[int, int]:
        return start, start + len(sentence)

    def short_answer(self, sentence: str) -> str | None:
        day = re.search(r"\d+ [A-Z]\w+ \d{4}", sentence)
        return day.group() if day else None

    def text_of(self, article_id: str, version: str) -> str | None:
        article = self._articles.get(article_id)
        return article.text if article and article.version == version else None

    def articles_named(self, references: Sequence[str]) -> dict[str, frozenset[str]]:
        by_name = {self.name_of(article): article.id for article in self._articles.values()}
        return {name: frozenset({by_name[name]}) for name in references if name in by_name}

    @staticmethod
    def name_of(article: Article) -> str:
        return article.head.location.split(":")[1].split(".")[0]

    def identity(self) -> dict[str, Any]:
        return {"articles": 2, "passages": 2, "embedder": {"name": "words"}, "model": self.model}


def town_suite(folder: Path, text: str = QUESTIONS) -> Suite:
    path = folder / "town.yaml"
    path.write_text(text, encoding="utf-8")
    return read_suite(path)


def records_of(suite: Suite, subject: TownSubject) -> dict[str, CaseRecord]:
    names = subject.articles_named(tuple(name for case in suite.cases for name in case.expect.references))
    return {case.id: run_case(subject, case, names) for case in suite.cases}


def changed(subject: TownSubject, **methods: Callable[..., Any]) -> TownSubject:
    """The subject with methods replaced: a deliberately broken one."""
    for name, method in methods.items():
        setattr(subject, name, method)
    return subject


def always(value: Any) -> Callable[..., Any]:
    """A method that gives one value, whatever it is asked."""

    def give(*_: object) -> Any:
        return value

    return give
