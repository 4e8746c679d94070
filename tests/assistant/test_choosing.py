"""Which sentences stand beside the best one, where a reader tells how far each is a part of the answer."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.reader import PassageReading
from ingest.sentences import split_sentences
from tests.assistant.made_passages import MadeEvidence, asked, made_article, paragraph_passages, texts
from vectorstore.retrieved import RetrievedPassage

GLASS = "Glass is made of sand that is melted with soda and lime."
DEARER = "Lime keeps the melt from dissolving in water."
COOLING = "The melt is cooled slowly over many hours in a long oven."
MARKET = "The market hall sells glass on Sundays to visitors from the coast."
ARTICLE = made_article(f"{GLASS} {MARKET}\n{COOLING} {DEARER}", title="How glass is made")


class MarkingReader:
    """Sees in each sentence as much evidence as it is told to; all of it answers."""

    name = "marking"

    def __init__(
        self, evidence: Mapping[str, float], span: str = "made of sand that is melted with soda and lime"
    ) -> None:
        self._evidence = evidence
        self._span = span

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        return [self._read(item.passage.text) for item in passages]

    def _read(self, text: str) -> PassageReading:
        words = [match.span() for match in re.finditer(r"\w+", text)]
        sentences = {
            (one.start, one.end): self._evidence[text[one.start : one.end].strip()]
            for one in split_sentences(text)
        }
        seen = [
            next(told for (first, last), told in sentences.items() if first <= start < last)
            for start, _ in words
        ]
        found = text.find(self._span) if self._span else -1
        spans = [8.0 if 0 <= found <= start < found + len(self._span) else -8.0 for start, _ in words]
        scores = np.array(spans, np.float32)
        return PassageReading(4.0, np.array(words, np.int64), np.array(seen, np.float32), scores, scores)


def shown(question: str, reader: MarkingReader) -> list[str]:
    passages = paragraph_passages(ARTICLE)
    return texts(ExtractiveAnswerer(reader).answer(asked(question), passages, MadeEvidence([ARTICLE])))


def test_what_the_reader_takes_for_evidence_is_shown_from_other_passages_of_the_article_too() -> None:
    reader = MarkingReader({GLASS: 8, MARKET: -8, COOLING: 3, DEARER: 6})
    assert shown("How is glass made?", reader) == [GLASS, COOLING, DEARER]


def test_the_more_evident_come_first_where_there_is_no_room_for_all() -> None:
    reader = MarkingReader({GLASS: 8, MARKET: 0.5, COOLING: 3, DEARER: 6})
    assert MARKET not in shown("How is glass made?", reader)


def test_what_the_reader_takes_for_no_evidence_is_left_out() -> None:
    reader = MarkingReader({GLASS: 8, MARKET: -8, COOLING: -8, DEARER: -8})
    assert shown("How is glass made?", reader) == [GLASS]


OTHER = "The orchard of Elm bore plums."


def shown_beside_another(question: str, told: str, reader: MarkingReader, title: str) -> list[str]:
    """What is shown of an article where one about something else was read as well."""
    articles = made_article(told, title=title), made_article(OTHER, "other", title="Plums")
    passages = [passage for article in articles for passage in paragraph_passages(article)]
    return texts(ExtractiveAnswerer(reader).answer(asked(question), passages, MadeEvidence(articles)))


@pytest.mark.parametrize("evidence", [-8.0, 8.0])
def test_a_date_that_the_best_sentence_gives_stands_alone(evidence: float) -> None:
    opened, rain = (
        "The Alder bridge was opened on 4 May 2021.",
        "It rained on the Alder bridge all that spring day.",
    )
    reader = MarkingReader({opened: 8, rain: evidence, OTHER: -8}, "4 May 2021")
    asks = "When was the Alder bridge opened?"
    assert shown_beside_another(asks, f"{opened} {rain}", reader, "The Alder bridge") == [opened]


CLOSED = "The council closed the Alder bridge because rust had weakened its cables."
FEWER = "Fewer boats pass below because of the new lock at Elm."


@pytest.mark.parametrize(("evidence", "beside"), [(1.0, []), (6.0, [FEWER])])
def test_beside_a_reason_stands_only_what_the_reader_clearly_takes_for_evidence(
    evidence: float, beside: list[str]
) -> None:
    reader = MarkingReader(
        {CLOSED: 8, FEWER: evidence, OTHER: -8}, span="because rust had weakened its cables"
    )
    asks = "Why was the Alder bridge closed?"
    assert shown_beside_another(asks, f"{CLOSED}\n{FEWER}", reader, "Alder news") == [CLOSED, *beside]


@pytest.mark.parametrize(("evidence", "beside"), [(-8.0, []), (-1.0, []), (6.0, [FEWER])])
def test_of_one_article_is_shown_what_is_likely_to_be_cited(evidence: float, beside: list[str]) -> None:
    reader = MarkingReader({CLOSED: 8, FEWER: evidence}, span="because rust had weakened its cables")
    article = made_article(f"{CLOSED}\n{FEWER}", title="Alder news")
    draft = ExtractiveAnswerer(reader).answer(
        asked("Why was the Alder bridge closed?"), paragraph_passages(article), MadeEvidence([article])
    )
    assert texts(draft) == [CLOSED, *beside]


def test_what_an_article_says_twice_is_shown_once() -> None:
    reader = MarkingReader({CLOSED: 8, FEWER: 6}, span="because rust had weakened its cables")
    article = made_article(f"{CLOSED}\n{FEWER}\n{CLOSED}\n{FEWER}", title="Alder news")
    draft = ExtractiveAnswerer(reader).answer(
        asked("Why was the Alder bridge closed?"), paragraph_passages(article), MadeEvidence([article])
    )
    assert texts(draft) == [CLOSED, FEWER]


SHOCKS = made_article(
    "A second shock of magnitude 7.5 followed at noon near Elvik.\n"
    "The first earthquake, of magnitude 7.8, hit Elvik at dawn.",
    title="Earthquake strikes Elvik",
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What was the magnitude of the earthquake in Elvik?", "7.8"),
        ("What was the magnitude of the second shock in Elvik?", "7.5"),
    ],
)
def test_a_second_one_answers_only_where_it_is_asked_for(question: str, value: str) -> None:
    second, first = SHOCKS.text.split("\n")
    reader = MarkingReader({second: 0.6, first: 0.5}, span="magnitude")
    draft = ExtractiveAnswerer(reader).answer(
        asked(question), paragraph_passages(SHOCKS), MadeEvidence((SHOCKS,))
    )
    assert value in draft.sentences[0].text
