"""What a reader's view of a passage changes in judging an answer."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.answerers.base import Draft
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.calibration import Calibration
from assistant.answerers.extractive.coefficients import READER, READER_OF_ONE, WORDS
from assistant.answerers.extractive.judging import UNMET_CONFIDENCE, UNSTATED_CONFIDENCE
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


@pytest.mark.parametrize(
    ("question", "answers", "declines"),
    [
        ("Who painted the Alder bridge?", -1.0, True),
        ("Who painted the Alder bridge?", 1.0, False),
        ("Who painted the Alder bridge in 2021?", -1.0, False),
    ],
)
def test_nothing_is_shown_where_the_reader_sees_no_answer(
    question: str, answers: float, declines: bool
) -> None:
    """A year is words to it: it knows too little of a question that has one."""
    told = made_article("The Alder bridge was painted by Ada Rossi in 2021.")
    articles = [told, made_article("It rained in Velm.", "two")]
    draft = ExtractiveAnswerer(SureReader(answers)).answer(
        asked(question), whole_passages(articles), MadeEvidence(articles)
    )
    assert (draft.status == "declined") == declines


@pytest.mark.parametrize(
    ("question", "answers", "declines"),
    [
        ("Who painted the bridge of the Danish town?", 5.0, False),
        ("Who painted the bridge of the Danish town?", None, True),
        ("Who painted the bridge of the town in 1986?", 5.0, True),
        ("Who painted the bridge of the town in the 6.00 percent year?", 5.0, False),
    ],
)
def test_a_sure_answer_need_not_repeat_a_name_but_a_number(
    question: str, answers: float | None, declines: bool
) -> None:
    """That an Aarhus school is Danish no report tells; words alone are never that sure."""
    told = made_article("The bridge of the town was painted by Ada Rossi, for 6 percent of the year's money.")
    articles = [told, made_article("It rained in Velm.", "two")]
    reader = None if answers is None else SureReader(answers)
    draft = ExtractiveAnswerer(reader).answer(
        asked(question), whole_passages(articles), MadeEvidence(articles)
    )
    assert (draft.status == "declined") == declines


@pytest.mark.parametrize("calibration", [WORDS, READER, READER_OF_ONE])
def test_what_is_unstated_may_be_possible_and_what_is_unmet_is_not(calibration: Calibration) -> None:
    assert UNMET_CONFIDENCE < calibration.tentative_from <= UNSTATED_CONFIDENCE < calibration.answered_from


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


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "When did Hungary ratify the Alder treaty?",
            "The last one ratified the Alder treaty on 3 May 2023.",
        ),
        ("Who won the Alder prize in 2022?", "In 2023 the Alder prize was won by Mira Holt."),
    ],
)
@pytest.mark.parametrize(("answers", "declines"), [(1.5, True), (5.0, False)])
def test_what_is_asked_about_must_stand_in_the_sentence_unless_the_reader_is_sure(
    question: str, sentence: str, answers: float, declines: bool
) -> None:
    other = "Hungary spoke of 2022."
    draft = read_answer(question, f"{sentence} It rained in the north. {other}", answers)
    assert (draft.status == "declined") == declines
    if not declines:
        assert draft.sentences[0].text == sentence


def test_a_government_is_met_by_its_capital() -> None:
    sentence = "The United States lifted the Alder embargo on 3 May 2023."
    draft = read_answer("When did Washington lift the Alder embargo?", sentence, 2.0)
    assert draft.short_answer == "3 May 2023"


def test_a_sentence_about_the_subject_comes_before_one_about_another() -> None:
    text = (
        "Mira Holt won the Alder vote with 52 percent. Her rival Jon Brand got 47 percent of the Alder vote."
    )
    draft = read_answer("What share of the Alder vote did Brand get?", text, 2.0)
    assert draft.short_answer == "47 percent"


class UnimpressedReader(SureReader):
    """One that finds an answer in the passage, and no span that gives it."""

    def _reading(self, text: str) -> PassageReading:
        sure = super()._reading(text)
        poor = np.full(len(text), -2.0, np.float32)
        return PassageReading(sure.answers, sure.offsets, sure.evidence, poor, poor)


@pytest.mark.parametrize(("reader", "declines"), [(SureReader, False), (UnimpressedReader, True)])
def test_a_name_that_the_reader_takes_for_none_answers_nothing(
    reader: type[SureReader], declines: bool
) -> None:
    article = made_article("Mira Holt, the mayor of Alder, was replaced by a stranger.")
    answerer = ExtractiveAnswerer(reader(4.0))
    draft = answerer.answer(
        asked("Who replaced the mayor of Alder?"), whole_passages([article]), MadeEvidence([article])
    )
    assert (draft.status == "declined") == declines
    assert (draft.short_answer is None) == declines


class CountingReader(SureReader):
    """One that notes how many passages it was given each time, and is sure of those that name Holt.

    Args:
        others: its logit that any other passage answers.
    """

    def __init__(self, others: float) -> None:
        super().__init__(5.0)
        self._others = others
        self.read_at_once: list[int] = []

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        self.read_at_once.append(len(passages))
        return super().read(question, passages)

    def _reading(self, text: str) -> PassageReading:
        sure = super()._reading(text)
        if "Holt" in text:
            return sure
        unsure = (-scores / 4 for scores in (sure.evidence, sure.starts, sure.ends))
        return PassageReading(self._others, sure.offsets, *unsure)


@pytest.mark.parametrize(("place", "read_at_once"), [(0, [5]), (4, [5]), (5, [5, 5]), (9, [5, 5])])
def test_further_passages_are_read_where_the_first_give_no_sure_answer(
    place: int, read_at_once: list[int]
) -> None:
    texts = [f"The Alder vote of {number} was won by a stranger." for number in range(10)]
    texts[place] = "Mira Holt won the Alder vote."
    articles = [made_article(text, title=f"Report {number}") for number, text in enumerate(texts)]
    reader = CountingReader(others=3.0)
    passages = whole_passages(articles)
    draft = ExtractiveAnswerer(reader).answer(
        asked("Who won the Alder vote?"), passages, MadeEvidence(articles)
    )
    assert (draft.status, draft.sentences[0].text) == ("answered", texts[place])
    assert reader.read_at_once == read_at_once
    assert set(draft.order) <= {item.passage.id for item in passages}


def test_further_passages_are_not_read_where_the_first_are_beside_the_question() -> None:
    texts = [f"Ferry {number} was painted green in the spring." for number in range(10)]
    articles = [made_article(text, title=f"Report {number}") for number, text in enumerate(texts)]
    reader = CountingReader(others=-6.0)
    draft = ExtractiveAnswerer(reader).answer(
        asked("Who won the Alder vote?"), whole_passages(articles), MadeEvidence(articles)
    )
    assert draft.status == "declined"
    assert reader.read_at_once == [5]


def test_all_passages_are_read_where_more_than_one_may_answer() -> None:
    articles = [
        made_article(f"The Alder vote of {number} was won because it rained.") for number in range(10)
    ]
    reader = CountingReader(others=3.0)
    answerer = ExtractiveAnswerer(reader)
    answerer.answer(asked("Why was the vote won?"), whole_passages(articles), MadeEvidence(articles))
    assert reader.read_at_once == [10]


@pytest.mark.parametrize(
    ("opening", "declines"),
    [
        ("Mira Holt was found guilty on Monday.", False),
        ("A treasurer was found guilty on Monday. It rained. Nobody came. Mira Holt had left.", True),
    ],
)
def test_an_article_that_begins_with_a_person_tells_of_that_person(opening: str, declines: bool) -> None:
    told = f"{opening} The court sat. The money was lost between 2014 and 2019."
    draft = read_answer("When did Holt lose the money?", told, 2.5)
    assert (draft.status == "declined") == declines


@pytest.mark.parametrize(
    ("told", "declines"),
    [
        ("Three Small Birds is a song about the sea.", False),
        ("Four Small Birds is a song about the sea.", True),
    ],
)
def test_a_small_number_may_be_written_as_a_word(told: str, declines: bool) -> None:
    assert (read_answer("What is the song 3 Small Birds about?", told, 5.0).status == "declined") == declines
