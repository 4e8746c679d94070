"""Later passages are read under the first sentence of their article."""

from collections.abc import Sequence

import numpy as np

from assistant.answerers.extractive.leading import LedReader
from assistant.answerers.extractive.reader import PassageReading
from tests.assistant.made_passages import MadeEvidence, made_article, paragraph_passages, whole_passages
from vectorstore.retrieved import RetrievedPassage

LEAD = "A train left the rails at Velm."
TEXT = f"ALDER, May 4 - {LEAD} Nobody knows why.\n\nThe driver was hurt.\n\nIt was new."


class Noting:
    """Notes the headlines under which it reads."""

    name = "noting"

    def __init__(self) -> None:
        self.titles: list[str] = []

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        self.titles += [item.article.title for item in passages]
        none = np.zeros(0, np.float32)
        return [PassageReading(0.0, np.zeros((0, 2), np.int64), none, none, none) for _ in passages]


def test_a_later_passage_has_the_first_sentence_without_its_dateline_beside_the_headline() -> None:
    article = made_article(TEXT, title="Accident")
    reader = Noting()
    led = LedReader(reader, MadeEvidence([article]))
    assert len(led.read("Who was hurt at Velm?", paragraph_passages(article))) == 3
    assert reader.titles == ["Accident", f"Accident. {LEAD}", f"Accident. {LEAD}"]
    assert led.name == "noting"


def test_a_first_sentence_that_adds_no_word_of_the_question_is_left_out() -> None:
    article = made_article(TEXT, title="Accident at Velm")
    reader = Noting()
    LedReader(reader, MadeEvidence([article])).read("Who was hurt at Velm?", paragraph_passages(article))
    assert reader.titles == ["Accident at Velm"] * 3


def test_without_a_text_the_headline_stands_alone() -> None:
    article = made_article(TEXT, title="Accident")
    reader = Noting()
    later = paragraph_passages(article)[1:]
    LedReader(reader, MadeEvidence([])).read("Who was hurt at Velm?", later)
    LedReader(reader, MadeEvidence([article])).read("Who was it at Velm?", whole_passages([article]))
    assert reader.titles == ["Accident"] * 3
