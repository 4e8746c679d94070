"""Words are found at their borders, whatever their accents; days in any usual form; nothing flatters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.wording import AnyOf, Day, Literal, Regex, exact_match, fold, token_f1, without_citations

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))


@pytest.mark.parametrize("text", ["14", "it was 14.", "the 14 ships", "(14)", "14-day"])
def test_a_number_is_found_where_it_stands_alone(text: str) -> None:
    assert Literal("14").found_in(text)


@pytest.mark.parametrize("text", ["2014", "14.5 percent", "1,014", "3.14", "14,000", "fourteen"])
def test_a_number_is_not_found_within_another(text: str) -> None:
    assert not Literal("14").found_in(text)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("Kilicdaroglu", "Kemal Kılıçdaroğlu led"),
        ("İsmail", "ISMAIL"),
        ("$2.5 billion", "worth $2.5  billion, he said"),
        ("3-3", "a 3–3 draw"),
        ("it's over", "It’s over"),
    ],
)
def test_accents_case_dashes_and_spaces_do_not_matter(wanted: str, text: str) -> None:
    assert Literal(wanted).found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "14 December 2020",
        "December 14, 2020",
        "Dec. 14, 2020",
        "on 14th of December, 2020",
        "14 Aralık 2020'de",
        "2020-12-14",
    ],
)
def test_a_day_is_found_in_the_usual_forms(text: str) -> None:
    assert Day(date(2020, 12, 14)).found_in(f"It began {text}.")


@pytest.mark.parametrize(
    "text",
    [
        "December 2020",
        "15 December 2020",
        "4 December 2020",
        "114 December 2020",
        "14 December 20201",
        "14 May 2020",
    ],
)
def test_another_day_is_not_found(text: str) -> None:
    assert not Day(date(2020, 12, 14)).found_in(text)


@given(DAYS, DAYS)
def test_a_written_day_is_that_day_only(day: date, other: date) -> None:
    for written in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        assert Day(day).found_in(written)
        assert Day(other).found_in(written) == (other == day)


def test_one_alternative_is_enough() -> None:
    either = AnyOf((Literal("Brunson"), Regex(r"pastor\b")))
    assert either.found_in("an American pastor")
    assert not either.found_in("a pastorate")
    assert either.label == r"Brunson or /pastor\b/"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_citation_numbers_are_no_words_of_the_answer() -> None:
    assert not Literal("2").found_in(without_citations("It was sold [2]. Twice[12]."))


def test_f1_of_half_the_words() -> None:
    assert token_f1("the red house", "red barn") == pytest.approx(0.5)
    assert token_f1("$2.5 billion", "2.5 billion") == 1.0
    assert token_f1("2.5", "25") == 0.0
    assert token_f1("", "something") == 0.0


@given(st.text(max_size=40), st.text(max_size=40))
def test_f1_is_symmetric_and_one_only_for_the_same_words(first: str, second: str) -> None:
    score = token_f1(first, second)
    assert score == pytest.approx(token_f1(second, first))
    assert 0 <= score <= 1
    if exact_match(first, second):
        assert score == 1
