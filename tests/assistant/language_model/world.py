"""Articles, passages and questions for the tests of the language-model answerer."""

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answerers.base import Draft, DraftSentence, Evidence, QuoteRef, UnderstoodQuestion
from assistant.conversation import Conversation
from ingest.article import Article
from ingest.passage import Passage
from vectorstore.mentions import Mention, Topic
from vectorstore.query import Filters
from vectorstore.retrieved import RetrievedPassage

SANCTIONS = (
    "The United States imposed sanctions on Turkey's defence procurement agency on Monday. "
    "It acted because Ankara had bought the Russian S-400 air defence system. "
    "Turkey said that it would not step back."
)
TALKS = (
    "Ministers of Turkey and Syria met in Moscow on 28 December 2022. "
    "They had not met for 11 years. "
    "Hulusi Akar spoke of a constructive meeting."
)
BREAD = "Rye bread needs a sourdough. The loaf bakes for two hours at 160 degrees."


def retrieved(title: str, text: str, rank: int, day: date | None = None) -> RetrievedPassage:
    """An article of one passage."""
    article = Article.create(
        location=f"test:{title}", title=title, text=text, published_at=day, language="en"
    )
    passage = Passage.create(article, 0, len(text))
    return RetrievedPassage(
        passage, article.head, similarity=0.5, keyword_score=1.0, score=1 / rank, rank=rank
    )


PASSAGES = (
    retrieved("US sanctions Turkey", SANCTIONS, 1, date(2020, 12, 14)),
    retrieved("Ministers meet in Moscow", TALKS, 2, date(2022, 12, 29)),
    retrieved("Rye bread", BREAD, 3),
)


def asking(
    text: str = "Why was Turkey sanctioned?", conversation: Conversation | None = None
) -> UnderstoodQuestion:
    """A question asked on the first day of 2023."""
    return UnderstoodQuestion(
        asked=text, text=text, as_of=date(2023, 1, 1), conversation=conversation or Conversation()
    )


class StoredArticles:
    """`Evidence` over the passages of a test, each of which is its article's whole text."""

    def __init__(self, passages: Sequence[RetrievedPassage] = PASSAGES) -> None:
        self._texts = {found.passage.article_id: found.passage.text for found in passages}

    def term_weights(self, terms: Sequence[str]) -> Mapping[str, float]:
        return dict.fromkeys(terms, 1.0)

    def place_label(self, article_id: str, version: str | None, offset: int) -> str | None:
        return None

    def article_text(self, article_id: str, version: str | None = None) -> str | None:
        return self._texts.get(article_id)

    def mentions(self, topic: Topic, filters: Filters) -> Sequence[Mention]:
        return ()


class FirstPassageAnswerer:
    """Quotes the first passage: stands in for the extractive answerer."""

    name = "extractive"

    def answer(
        self, question: UnderstoodQuestion, found: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        passage = found[0].passage
        quote = QuoteRef(found[0], passage.start, passage.end)
        return Draft("answered", 0.6, self.name, sentences=(DraftSentence(passage.text, (quote,), "quoted"),))

    def order(
        self, question: UnderstoodQuestion, found: Sequence[RetrievedPassage], evidence: Evidence
    ) -> tuple[str, ...]:
        return tuple(item.passage.id for item in reversed(found))


def quoted(sentence: DraftSentence) -> list[str]:
    """The texts that a draft's sentence quotes."""
    evidence = StoredArticles()
    texts = [
        (quote, evidence.article_text(quote.passage.passage.article_id) or "") for quote in sentence.quotes
    ]
    return [text[quote.start : quote.end] for quote, text in texts]
