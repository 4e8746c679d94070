"""A year counts as told where it lies within a range of years that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.year_ranges import LONGEST_YEARS, covered_years
from tests.assistant.made_passages import answer_from, made_article


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("He led Alder from 1992 to 1997.", True),
        ("He led Alder between 1992 and 1997.", True),
        ("He led Alder (1992–1997).", True),
        ("He led Alder in 1992-97.", True),
        ("He led Alder until 1994.", False),  # is named; a key already
        ("He led Alder in 1992 and 1997.", False),
        ("He led Alder from 1992 to 1993.", False),
        ("He led Alder from 1997 to 1992.", False),
        ("Call 1992-97-12.", False),
        ("From 1900 to 2000 everything changed.", False),
    ],
)
def test_a_year_within_a_range_is_covered(text: str, covered: bool) -> None:
    assert covered_years(text, frozenset({"1994", "led", "19"})) == (
        frozenset({"1994"}) if covered else frozenset()
    )


@given(st.integers(1000, 2099), st.integers(1, LONGEST_YEARS), st.integers(1000, 2099))
def test_only_years_from_the_first_to_the_last_are(first: int, years: int, asked: int) -> None:
    last = min(2099, first + years)
    found = covered_years(f"from {first} to {last}", frozenset({str(asked)}))
    assert bool(found) == (first < last and first <= asked <= last)


def test_who_held_an_office_in_a_year_is_answered_by_the_years_that_it_was_held() -> None:
    article = made_article(
        "Mira Holt was mayor of Alder from 1992 to 1997. Jon Brand was mayor of Alder from 1998 to 2003."
    )
    assert answer_from("Who was mayor of Alder in 1994?", article).short_answer == "Mira Holt"
    assert answer_from("Who was mayor of Alder in 2001?", article).short_answer == "Jon Brand"
    assert answer_from("Who was mayor of Alder in 2010?", article).status == "declined"
