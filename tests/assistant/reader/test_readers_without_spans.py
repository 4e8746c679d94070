"""A reader that scores whole sentences leaves names to the patterns, and nothing is held against it."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.extractive.reader.readings import NO_SCORE
from ingest.sentences import split_sentences
from tests.assistant.made_passages import MadeEvidence, asked, made_article, whole_passages
from vectorstore.retrieved import RetrievedPassage


class SentenceReader:
    """Scores each sentence alike and knows no spans."""

    name = "sentences"

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        return [self._reading(item.passage.text) for item in passages]

    def _reading(self, text: str) -> PassageReading:
        spans = [(one.start, one.end) for one in split_sentences(text)]
        nothing = np.full(len(spans), NO_SCORE, np.float32)
        scores = np.full(len(spans), 8.0, np.float32)
        return PassageReading(8.0, np.array(spans, np.int64), scores, nothing, nothing)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who built the bridge of Alder?", "Mira Holt built the bridge of Alder in May 2021."),
        ("Who was behind the bridge of Alder?", "Mira Holt built the bridge of Alder in May 2021."),
    ],
)
def test_who_is_answered_without_spans(question: str, told: str) -> None:
    article = made_article(told)
    answerer = ExtractiveAnswerer(SentenceReader())
    draft = answerer.answer(asked(question), whole_passages([article]), MadeEvidence([article]))
    assert draft.status != "declined"
    assert draft.short_answer == "Mira Holt"


def test_only_a_reader_of_spans_knows_them() -> None:
    (reading,) = SentenceReader().read("Who?", whole_passages([made_article("Mira Holt built it.")]))
    assert not reading.knows_spans
    nothing = np.zeros(0, np.float32)
    assert not PassageReading(0.0, np.zeros((0, 2), np.int64), nothing, nothing, nothing).knows_spans
