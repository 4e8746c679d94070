"""The sentence that would answer is read again out of its passage."""

import re
from collections.abc import Sequence

import numpy as np

from assistant.answerers.extractive.calibration import Calibration
from assistant.answerers.extractive.confidence import confidence, evidence_features
from assistant.answerers.extractive.narrowing import NOT_READ, NarrowReading, read_narrowly
from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.extractive.reading import Reading, read, readings_of
from tests.assistant.made_passages import MadeEvidence, asked, made_article, whole_passages
from vectorstore.retrieved import RetrievedPassage

SENTENCES = ("Rain fell on Monday.", "Mira Holt opened the bridge.", "It is long.", "Nobody was hurt.")
QUESTION = "Who opened the bridge?"


class Measuring:
    """Notes what it reads; the shorter the text, the surer it is."""

    name = "measuring"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        self.texts += [item.passage.text for item in passages]
        return [self._reading(item.passage.text) for item in passages]

    def _reading(self, text: str) -> PassageReading:
        offsets = np.array([found.span() for found in re.finditer(r"\w+", text)])
        scores = np.array([text[start:end] in ("Mira", "Holt") for start, end in offsets], np.float32)
        return PassageReading(100.0 / len(text), offsets, scores, scores, scores)


def read_of(text: str, reader: Measuring) -> Reading:
    article = made_article(text)
    passages = whole_passages([article])
    question = asked(QUESTION)
    return read(question, passages, MadeEvidence([article]), readings_of(reader, QUESTION, passages))


def test_a_sentence_is_read_alone_and_between_its_neighbours() -> None:
    reader = Measuring()
    reading = read_of(" ".join(SENTENCES), reader)
    best = next(item for item in reading.ranked if item.candidate.text == SENTENCES[1])
    narrow = read_narrowly(reader, QUESTION, reading, best)
    assert reader.texts[1:] == [SENTENCES[1], " ".join(SENTENCES[:3])]
    assert narrow.alone_answers > narrow.near_answers > best.features.answers
    assert narrow.alone_span == narrow.near_span > 0


def test_what_was_read_is_not_read_again() -> None:
    reader = Measuring()
    reading = read_of(SENTENCES[1], reader)
    narrow = read_narrowly(reader, QUESTION, reading, reading.ranked[0])
    assert reader.texts == [SENTENCES[1]]
    assert narrow.alone_answers == narrow.near_answers == reading.ranked[0].features.answers


def test_without_a_reader_nothing_is_read() -> None:
    article = made_article(" ".join(SENTENCES))
    reading = read(asked(QUESTION), whole_passages([article]), MadeEvidence([article]))
    assert read_narrowly(None, QUESTION, reading, reading.ranked[0]) == NOT_READ
    assert read_narrowly(Measuring(), QUESTION, reading, reading.ranked[0]) == NOT_READ


def test_the_confidence_counts_it() -> None:
    reading = read_of(" ".join(SENTENCES), Measuring())
    best = reading.ranked[0]
    doubted = evidence_features(reading, best, NarrowReading(-1, -1, -1, -1))
    trusted = evidence_features(reading, best, NarrowReading(1, 1, 1, 1))
    weights = (0.0,) * (len(doubted) - 4) + (1.0,) * 4
    calibration = Calibration(0.0, weights, 0.5, 0.2, 1.0)
    assert confidence(doubted, calibration) < 0.1 < 0.9 < confidence(trusted, calibration)
