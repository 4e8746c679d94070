"""An answer that is given whatever is asked is none."""

import re
from collections.abc import Sequence

import numpy as np
import pytest

from assistant.answerers.base import Draft
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.contrast import contrast_questions
from assistant.answerers.extractive.reader import PassageReading
from assistant.understanding.demand import main_deed
from assistant.understanding.question import analyse
from tests.assistant.made_passages import MadeEvidence, asked, made_article, whole_passages
from vectorstore.retrieved import RetrievedPassage

SURE = 5.0


class HearingReader:
    """Takes the first name for the answer, surer of it where the question has a word that it knows.

    Args:
        known: the word.
    """

    name = "hearing"

    def __init__(self, known: str = "") -> None:
        self._known = known
        self.asked: list[str] = []

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        self.asked.append(question)
        hears = bool(self._known) and self._known in question
        return [self._reading(item.passage.text, SURE if hears else 3.0) for item in passages]

    def _reading(self, text: str, score: float) -> PassageReading:
        offsets = np.array([found.span() for found in re.finditer(r"\w+", text)])
        starts, ends = (
            np.array([score if text[start:end] == name else -SURE for start, end in offsets], np.float32)
            for name in ("Mira", "Holt")
        )
        return PassageReading(SURE, offsets, np.full(len(offsets), SURE, np.float32), starts, ends)


def answer(question: str, told: str, reader: HearingReader) -> Draft:
    article = made_article(told)
    return ExtractiveAnswerer(reader).answer(
        asked(question), whole_passages([article]), MadeEvidence([article])
    )


SCORED = "Mira Holt scored twice at the stadium of Alder."


def test_who_is_named_whatever_was_done_is_not_who_did_it() -> None:
    draft = answer("Who built the stadium of Alder?", SCORED, HearingReader())
    assert draft.status == "declined"
    assert "built" in draft.reason


def test_no_contrast_is_asked_for_where_an_answer_among_several_articles_is_sure() -> None:
    articles = [made_article(SCORED), made_article("It rained in Velm.", "two")]
    reader = HearingReader()
    question = "Who built the stadium of Alder?"
    ExtractiveAnswerer(reader).answer(asked(question), whole_passages(articles), MadeEvidence(articles))
    assert set(reader.asked) == {question}


def test_a_reader_that_hears_the_deed_may_know_another_word_for_it() -> None:
    draft = answer("Who built the stadium of Alder?", SCORED, HearingReader(known="built"))
    assert draft.status == "answered"
    assert draft.short_answer == "Mira Holt"


def test_no_contrast_is_asked_for_where_the_deed_is_told() -> None:
    reader = HearingReader()
    assert answer("Who scored at the stadium of Alder?", SCORED, reader).status == "answered"
    assert reader.asked == ["Who scored at the stadium of Alder?"]


@pytest.mark.parametrize(
    ("question", "deed", "first"),
    [
        ("Who built the tower?", "built", "Who painted the tower?"),
        ("Who attends the school?", "attends", "Who paints the school?"),
        ("Where did Rossi sleep in 2020?", "sleep", "Where did Rossi paint in 2020?"),
        ("Who insures the tower?", "insures", "Who paints the tower?"),
    ],
)
def test_a_contrast_is_in_the_form_of_the_deed(question: str, deed: str, first: str) -> None:
    word = main_deed(analyse(question))
    assert word is not None
    assert word.surface == deed
    contrasts = contrast_questions(question, deed)
    assert contrasts[0] == first
    assert len(set(contrasts)) == len(contrasts)
    assert all(deed not in other.split() for other in contrasts if deed != "insures")


def test_a_deed_that_is_not_in_the_question_makes_no_contrast() -> None:
    assert contrast_questions("Who built it?", "designed") == []


@pytest.mark.parametrize(("deed", "other"), [("need", "paint"), ("bring", "paint"), ("built", "painted")])
def test_another_deed_has_the_form_of_the_one_asked(deed: str, other: str) -> None:
    assert contrast_questions(f"Who {deed} it?", deed)[0] == f"Who {other} it?"
