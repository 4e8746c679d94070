"""The one normalisation of text."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import COMBINING_RUN, stored_line, stored_text

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=120)


@given(ANY_TEXT)
def test_normalising_again_changes_nothing(text: str) -> None:
    assert stored_text(stored_text(text)) == stored_text(text)
    assert stored_line(stored_line(text)) == stored_line(text)


@given(ANY_TEXT)
def test_what_is_stored_can_be_stored_anywhere(text: str) -> None:
    stored = stored_text(text)
    assert json.loads(json.dumps(stored).encode()) == stored
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert not any(
        unicodedata.category(character) == "Cc" and character not in "\n\t" for character in stored
    )


@given(st.text(st.characters(categories=["L", "N", "P"]), max_size=80))
def test_letters_digits_and_marks_are_kept_but_for_their_composition(text: str) -> None:
    assert stored_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a \n\n\n\n b  ", "a\n\n b"),
        ("Erdog\u0306an", "Erdoğan"),
        ("10\u202f000\u00a0km", "10 000 km"),
        ("exam\u00adple\u200b\ufeff", "example"),
        ("abc\u202edef\u202c", "abcdef"),
        ("a\ud800b", "ab"),
        ("hidden\U000e0069\U000e0067", "hidden"),
        ("bell\x07\x1b[31mred", "bell[31mred"),
    ],
)
def test_what_changes(text: str, stored: str) -> None:
    assert stored_text(text) == stored


def test_a_tower_of_marks_is_cut() -> None:
    stored = stored_text("e" + "\u0301\u0323" * 100_000)
    assert len(stored) <= COMBINING_RUN + 1


@pytest.mark.timeout(20)
@pytest.mark.parametrize("letter", ["x", "é"])
def test_a_long_run_of_spaces_takes_no_time(letter: str) -> None:
    assert stored_text(f"a{' ' * 300_000}{letter}{' ' * 300_000}\nb") == f"a{' ' * 300_000}{letter}\nb"


def test_a_line_has_single_spaces() -> None:
    assert stored_line("  A\n title\tof \u2003 three ") == "A title of three"
