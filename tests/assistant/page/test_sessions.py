"""Whose session a loaded page gets."""

import pytest

from assistant.page.session import Session
from assistant.page.sessions import Sessions

MINE, YOURS = "0123456789abcdef" * 2, "f" * 32


def test_a_tab_gets_its_own_session_again_and_no_other() -> None:
    sessions = Sessions()
    mine = sessions.of(MINE, Session())
    mine.begin("Why?")
    assert sessions.of(MINE, Session()) is mine
    assert sessions.of(YOURS, Session()).page.turns == ()


def test_what_was_asked_before_the_page_was_loaded_is_kept() -> None:
    sessions, opened = Sessions(), Session()
    opened.begin("Why?")
    assert sessions.of(MINE, opened) is opened
    assert sessions.of(MINE, Session()) is opened
    later = Session()
    later.begin("And when?")
    assert sessions.of(MINE, later) is later
    assert sessions.of(MINE, Session()) is later


@pytest.mark.parametrize("key", ["", "x", MINE.upper(), MINE + "0", None, 5, ["0" * 32]])
def test_what_is_no_key_gets_a_new_session_each_time(key: object) -> None:
    sessions = Sessions()
    sessions.of(key, Session()).begin("Why?")
    assert sessions.of(key, Session()).page.turns == ()


def test_the_one_loaded_longest_ago_is_forgotten_first() -> None:
    sessions = Sessions(most_kept=2)
    first, second = sessions.of("1" * 32, Session()), sessions.of("2" * 32, Session())
    assert sessions.of("1" * 32, Session()) is first
    sessions.of("3" * 32, Session())
    assert sessions.of("1" * 32, Session()) is first
    assert sessions.of("2" * 32, Session()) is not second
