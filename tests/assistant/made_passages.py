"""Small articles made for tests, and the evidence over them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answerers.base import Draft, UnderstoodQuestion
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from ingest.article import Article
from ingest.passage import Passage
from ingest.places import place_at
from vectorstore.mentions import Mention, Topic
from vectorstore.query import Filters
from vectorstore.retrieved import RetrievedPassage

TODAY = date(2023, 6, 1)

PRIZE = "The town of Alder gave its music prize to Maria Lopez on 4 May 2021. She was born in Lisbon."
BRIDGE = "The council closed the Alder bridge in March 2019 because rust had weakened its cables."


class MadeEvidence:
    """The articles themselves; every word weighs the same but for the commonest."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = {article.id: article for article in articles}

    def term_weights(self, terms: Sequence[str]) -> Mapping[str, float]:
        return dict.fromkeys(terms, 3.0)

    def place_label(self, article_id: str, version: str | None, offset: int) -> str | None:
        return place_at(self._articles[article_id].places, offset)

    def article_text(self, article_id: str, version: str | None = None) -> str | None:
        article = self._articles.get(article_id)
        return None if article is None or version not in (None, article.version) else article.text

    def mentions(self, topic: Topic, filters: Filters) -> Sequence[Mention]:
        return ()


def made_article(text: str, name: str = "one", **stated: object) -> Article:
    given = {"title": f"Report {name}", "publisher": f"{name.title()} Daily"} | stated
    return Article.create(location=f"made:{name}", text=text, **given)  # type: ignore[arg-type]


def whole_passages(articles: Sequence[Article]) -> list[RetrievedPassage]:
    """Each article as one passage, in order, ever less good."""
    return [
        RetrievedPassage(
            Passage.create(article, 0, len(article.text)), article.head, None, None, 1.0 - 0.05 * at, at + 1
        )
        for at, article in enumerate(articles)
    ]


def paragraph_passages(article: Article) -> list[RetrievedPassage]:
    """Each paragraph as a passage, all equally good."""
    spans = [match.span() for match in re.finditer(r"[^\n]+", article.text)]
    return [
        RetrievedPassage(Passage.create(article, start, end), article.head, None, None, 1.0, rank)
        for rank, (start, end) in enumerate(spans, start=1)
    ]


def asked(question: str) -> UnderstoodQuestion:
    return UnderstoodQuestion(question, question, TODAY)


def answer_from(
    question: str, *articles: Article, passages: Sequence[RetrievedPassage] | None = None
) -> Draft:
    found = whole_passages(articles) if passages is None else passages
    return ExtractiveAnswerer().answer(asked(question), found, MadeEvidence(articles))


def texts(draft: Draft) -> list[str]:
    return [sentence.text for sentence in draft.sentences]
