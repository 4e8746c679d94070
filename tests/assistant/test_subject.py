"""What a question is about: its subject and its years."""

import pytest

from assistant.understanding.question import analyse
from assistant.understanding.subject import is_named, is_year, phrase, subject_of
from assistant.understanding.words import keys_of, words_of


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("When did Hungary ratify the treaty?", "Hungary"),
        ("How many votes did the Alder Party get?", "Alder Party"),
        ("Why was Turkey sanctioned?", "Turkey"),
        ("Who replaced Ismail Demir?", ""),
        ("When did the meeting between Erdogan and Assad take place?", ""),
        ("Tell me about Hungary", ""),
    ],
)
def test_the_subject_is_the_name_after_the_verb(question: str, subject: str) -> None:
    profile = analyse(question)
    assert phrase(profile, subject_of(profile)) == subject


@pytest.mark.parametrize(
    ("asked", "text", "met"),
    [
        ("Washington", "The United States lifted it.", True),
        ("Turkey", "Ankara lifted it.", True),
        ("Zelensky", "Zelenskyy lifted it.", True),
        ("Moscow", "Ankara lifted it.", False),
    ],
)
def test_a_name_is_met_by_itself_and_by_what_stands_for_it(asked: str, text: str, met: bool) -> None:
    assert is_named(words_of(asked)[0], keys_of(words_of(text))) == met


def test_years_are_told_from_other_figures() -> None:
    assert [key for key in ("2020", "33", "2500", "s400") if is_year(key)] == ["2020"]
