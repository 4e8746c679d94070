"""Results of votes and matches are given whole."""

import pytest

from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.understanding.tallies import asks_for_a_tally, names_of_results, tallies_in
from assistant.understanding.words import word_key
from tests.assistant.made_passages import MadeEvidence, asked, made_article, whole_passages


@pytest.mark.parametrize(
    "question",
    [
        "How many votes were there for and against the bill?",
        "How many voted for and how many against?",
        "By what score did Alder win?",
        "What was the final score of the match?",
    ],
)
def test_both_figures_are_asked_for(question: str) -> None:
    assert asks_for_a_tally(question)


@pytest.mark.parametrize("question", ["How many voted against?", "Who scored?", "What was the scoring rule?"])
def test_one_figure_is_asked_for(question: str) -> None:
    assert not asks_for_a_tally(question)


@pytest.mark.parametrize(
    ("text", "tallies"),
    [
        ("It passed by 287 votes to 55.", ["287 votes to 55"]),
        ("It passed by 1,287 to 55.", ["1,287 to 55"]),
        ("They won 4–2 after a 3-3 draw.", ["4–2", "3-3"]),
        ("It had 120 votes in favour and 80 against it.", ["120 votes in favour and 80 against"]),
        ("It cost 20 to 30.5 million and grew by 7-8%.", []),
        ("It lasted from 2018-2020, up to 2021-03-04.", []),
        ("It rose by 7 or 8.", []),
    ],
)
def test_results_are_two_figures(text: str, tallies: list[str]) -> None:
    assert [text[start:end] for start, end in tallies_in(text)] == tallies


@pytest.mark.parametrize("score", ["3-1", "3–1", "3 to 1"])
def test_a_score_is_answered_with_it(score: str) -> None:
    article = made_article(f"Alder beat Velm {score} in the cup final on Sunday. The crowd sang for hours.")
    draft = ExtractiveAnswerer().answer(
        asked("What was the score of the cup final?"), whole_passages([article]), MadeEvidence([article])
    )
    assert draft.status != "declined"
    assert draft.short_answer == score


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How many votes were there against the bridge in Alder?", "55"),
        ("How many in Alder opposed the bridge by vote?", "55"),
        ("How many votes were there for the bridge in Alder?", "287"),
    ],
)
def test_those_against_are_the_second_figure(question: str, figure: str) -> None:
    article = made_article("Alder approved the bridge by 287 votes to 55. The crowd sang for hours.")
    draft = ExtractiveAnswerer().answer(asked(question), whole_passages([article]), MadeEvidence([article]))
    assert draft.short_answer == figure


def test_a_result_is_a_score_without_the_word() -> None:
    asked_keys = frozenset({word_key("score"), word_key("match")})
    assert names_of_results("Alder won 3-1.", asked_keys) == {word_key("score")}
    assert not names_of_results("Alder won in 2018.", asked_keys)
    assert not names_of_results("Alder won 3-1.", frozenset({word_key("match")}))
