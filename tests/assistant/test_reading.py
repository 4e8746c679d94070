"""A reader is asked in the words of each passage."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.extractive.reading import read, readings_of
from tests.assistant.made_passages import (
    MadeEvidence,
    asked,
    made_article,
    paragraph_passages,
    whole_passages,
)
from vectorstore.retrieved import RetrievedPassage


class NotingReader:
    """A reader that notes what it is asked of which passages."""

    name = "noting"

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        self.asked.append((question, [item.passage.text for item in passages]))
        none = np.zeros((0, 2), np.int64), np.zeros(0, np.float32)
        return [PassageReading(float(len(item.passage.text)), *none, none[1], none[1]) for item in passages]


def test_each_passage_is_read_with_the_question_in_its_spelling() -> None:
    texts = ["Bells ring in Kyiv.", "Bells rang in Kiev all day.", "Bells ring."]
    reader = NotingReader()
    passages = whole_passages([made_article(text) for text in texts])
    found = readings_of(reader, "When do bells ring in Kyiv?", passages)
    assert [found[item.passage.id].answers for item in passages] == [len(text) for text in texts]
    assert reader.asked == [
        ("When do bells ring in Kyiv?", [texts[0], texts[2]]),
        ("When do bells ring in Kiev?", [texts[1]]),
    ]


def test_a_sentence_stands_by_the_best_passage_of_its_article_too() -> None:
    one, other = made_article("The bell rang.\nIt cracked.", "one"), made_article("A bell fell.", "two")
    first, second, third = (*paragraph_passages(one), *whole_passages([other]))
    passages = [first, replace(second, score=0.2), replace(third, score=0.5)]
    reading = read(asked("What did the bell do?"), passages, MadeEvidence((one, other)))
    scores = {item.candidate.text: (item.features.passage, item.features.article) for item in reading.ranked}
    assert scores == {"The bell rang.": (1.0, 1.0), "It cracked.": (0.2, 1.0), "A bell fell.": (0.5, 0.5)}


def test_words_rank_what_is_asked_in_a_language_that_the_reader_does_not_know() -> None:
    texts = ["Köprü 1904'te Arta'da çöktü.", "Köprüyü Ada yaptırdı."]
    articles = [made_article(text, name) for text, name in zip(texts, ("bir", "iki"), strict=True)]
    passages, evidence = whole_passages(articles), MadeEvidence(articles)
    question = asked("Köprü hangi yıl çöktü?")
    readings = readings_of(NotingReader(), question.text, passages)
    scores = [
        {item.candidate.text: item.score for item in read(question, passages, evidence, told).ranked}
        for told in ({}, readings)
    ]
    assert scores[0] == scores[1]
