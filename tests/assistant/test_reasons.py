"""The clause that gives a reason."""

import pytest

from assistant.answerers.extractive.reasons import reason_clause


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        (
            "Prosecutors have charged the bank, which the state owns, with helping a firm to hide money.",
            "with helping a firm to hide money",
        ),
        ("The mayor was convicted of taking bribes.", "of taking bribes"),
        ("The launch was put off due to lightning.", "due to lightning"),
        ("Owners of cars recalled over fire risks should park them outside.", "over fire risks"),
        ("The tram was stopped because nobody would drive it.", "because nobody would drive it"),
        ("He was accused of wrongly selling the land because he needed money.", "because he needed money"),
    ],
)
def test_the_clause_that_tells_why_ends_with_it(sentence: str, clause: str) -> None:
    found = reason_clause(sentence)
    assert found is not None
    assert sentence[found.start : found.end] == clause


def test_a_clear_charge_is_surer_than_a_vague_word_before_it() -> None:
    charged = reason_clause("The bank was charged after the vote with helping a firm to hide money.")
    vague = reason_clause("The bank was closed after the vote.")
    assert charged is not None
    assert vague is not None
    assert charged.strength > vague.strength


@pytest.mark.parametrize(
    "sentence",
    [
        "The bank is owned by the state.",
        "The driver was due to retire.",
        "The show was not permitted to contain monsters.",
        "The bank is expected by the state to open on Sundays.",
        "The colony shrinks to about 10,000 in winter.",
    ],
)
def test_a_sentence_without_a_reason_has_no_clause(sentence: str) -> None:
    assert reason_clause(sentence) is None
