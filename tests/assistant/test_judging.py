"""What a reader's view of a passage changes in judging an answer."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.answerers.base import Draft
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.reader import PassageReading
from tests.assistant.made_passages import MadeEvidence, answer_from, asked, made_article, whole_passages
from vectorstore.retrieved import RetrievedPassage


class SureReader:
    """A reader that thinks the same of every passage and of every span.

    Args:
        answers: its logit that a passage answers.
    """

    name = "sure"

    def __init__(self, answers: float) -> None:
        self._answers = answers

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        return [self._reading(item.passage.text) for item in passages]

    def _reading(self, text: str) -> PassageReading:
        offsets = np.array([(place, place + 1) for place in range(len(text))])
        scores = np.full(len(text), 4.0, np.float32)
        return PassageReading(self._answers, offsets, scores, scores, scores)


def read_answer(question: str, sentence: str, answers: float) -> Draft:
    article = made_article(sentence)
    answerer = ExtractiveAnswerer(SureReader(answers))
    return answerer.answer(asked(question), whole_passages([article]), MadeEvidence([article]))


@pytest.mark.parametrize(("answers", "declines"), [(1.0, True), (4.0, False)])
def test_a_passage_that_surely_answers_need_not_say_what_is_asked_for(answers: float, declines: bool) -> None:
    draft = read_answer(
        "What was the turnout in the Alder run-off?",
        "In the Alder run-off every other voter of the town came to the polls.",
        answers,
    )
    assert (draft.status == "declined") == declines


@pytest.mark.parametrize("noun", ["purpose", "meaning", "main function"])
def test_what_no_answer_repeats_is_not_demanded(noun: str) -> None:
    sentence = "The Alder bell was cast to warn ships in the fog."
    assert answer_from(f"What is the {noun} of the Alder bell?", made_article(sentence)).status != "declined"
    assert answer_from("What is the weight of the Alder bell?", made_article(sentence)).status == "declined"


def test_a_sentence_without_a_time_is_at_most_possibly_when() -> None:
    question = "When was the Alder bridge closed to traffic?"
    undated = read_answer(question, "The Alder bridge was closed to traffic after the storm.", 4.0)
    dated = read_answer(question, "The Alder bridge was closed to traffic in March 2019.", 4.0)
    assert (undated.status, dated.status) == ("tentative", "answered")
    assert undated.reason == "The nearest sentence states no time."
    assert undated.confidence < dated.confidence
