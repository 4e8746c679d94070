"""Whose session a loaded page gets."""

import pytest

from assistant.page.sessions import Sessions

MINE, YOURS = "0123456789abcdef" * 2, "f" * 32


def test_a_tab_gets_its_own_session_again_and_no_other() -> None:
    sessions = Sessions()
    mine = sessions.of(MINE)
    mine.begin("Why?")
    assert sessions.of(MINE) is mine
    assert sessions.of(YOURS).page.turns == ()


@pytest.mark.parametrize("key", ["", "x", MINE.upper(), MINE + "0", None, 5, ["0" * 32]])
def test_what_is_no_key_gets_a_new_session_each_time(key: object) -> None:
    sessions = Sessions()
    sessions.of(key).begin("Why?")
    assert sessions.of(key).page.turns == ()


def test_the_one_loaded_longest_ago_is_forgotten_first() -> None:
    sessions = Sessions(most_kept=2)
    first, second = sessions.of("1" * 32), sessions.of("2" * 32)
    assert sessions.of("1" * 32) is first
    sessions.of("3" * 32)
    assert sessions.of("1" * 32) is first
    assert sessions.of("2" * 32) is not second
