"""Reading later passages of an article with what its first sentence says they are about."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answerers.base import Evidence
from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.spans import dateline_length
from assistant.speaking import full_headline
from assistant.understanding.words import keys_of, words_of
from ingest.sentences import split_sentences
from vectorstore.retrieved import RetrievedPassage

MOST_LEAD_CHARACTERS = 600
"""A first sentence is looked for in so much of an article's text."""


def lead_of(opening: str, language: str | None = None) -> str:
    """The first sentence of an article's opening, without a dateline; "" where there is none."""
    spans = split_sentences(opening, language)
    lead = opening[spans[0].start : spans[0].end] if spans else ""
    return lead[dateline_length(lead) :]


def under_lead(title: str, lead: str, of_lead: frozenset[str], told: frozenset[str]) -> str:
    """The headline above a later passage: with the lead where that has a word of the question more.

    Args:
        title: the article's headline.
        lead: the article's first sentence.
        of_lead: the question's keys that the lead has.
        told: the keys of all that is read with the lead.
    """
    return f"{title}. {lead}" if of_lead - told else title


class LedReader:
    """A reader that sees a later passage under the headline and the first sentence of its article.

    "The train" of a third paragraph is the one of the first. Only a first sentence that has a word of the
    question which passage and headline lack is added: the reader learnt to read under headlines alone. So is
    a publisher that the question names, where the article speaks for it. Meets `Reader`.

    Args:
        reader: reads.
        evidence: has the articles' texts.
    """

    def __init__(self, reader: Reader, evidence: Evidence) -> None:
        self._reader = reader
        self._evidence = evidence
        self._leads: dict[tuple[str, str], str] = {}

    @property
    def name(self) -> str:
        """The reader's own."""
        return self._reader.name

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        """What the reader says of each passage, in their order."""
        asked = keys_of(words_of(question))
        return self._reader.read(question, [self._led(asked, item) for item in passages])

    def _led(self, asked: frozenset[str], item: RetrievedPassage) -> RetrievedPassage:
        head, lead = item.article, self._lead(item) if item.passage.start else ""
        of_publisher, of_lead = (asked & keys_of(words_of(text or "")) for text in (head.publisher, lead))
        if not of_publisher | of_lead:
            return item
        told = keys_of(words_of(f"{head.title} {item.passage.text}"))
        title = full_headline(head, (self._text(item),)) if of_publisher - told else head.title
        title = under_lead(title, lead, of_lead, told)
        return item if title == head.title else replace(item, article=replace(head, title=title))

    def _text(self, item: RetrievedPassage) -> str:
        passage = item.passage
        return self._evidence.article_text(passage.article_id, passage.article_version) or passage.text

    def _lead(self, item: RetrievedPassage) -> str:
        passage = item.passage
        key = (passage.article_id, passage.article_version)
        if key not in self._leads:
            whole = self._evidence.article_text(*key) or ""
            opening = whole[: min(MOST_LEAD_CHARACTERS, passage.start)]
            self._leads[key] = lead_of(opening, item.article.language)
        return self._leads[key]
