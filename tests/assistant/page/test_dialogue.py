"""Asking: every step is a turn, failures become problems, and what is left early is stopped."""

import logging
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from threading import Event as Flag
from typing import Any

import pytest

from assistant.core import Event
from assistant.page.dialogue import answer_turn
from assistant.page.session import Session
from assistant.page.state import PageTurn, Scope
from tests.assistant.page.fakes import FakeService, make_article, quoting

ARTICLE = make_article()
FIRST = "The bridge over the Elle opened on Monday."


def asked(service: FakeService, question: str, session: Session | None = None) -> PageTurn:
    """The finished turn; every step goes into the session."""
    holding = session or Session()
    ticket = holding.begin(question)
    for turn in answer_turn(service, ticket):
        assert holding.show(ticket, turn)
    return turn


def test_a_question_ends_in_its_answer() -> None:
    turn = asked(FakeService([ARTICLE]), "When was the bridge opened?")
    assert turn.phase == "done"
    assert turn.answer is not None
    assert turn.answer.citations[0].quote == FIRST


def test_the_conversation_goes_along_and_grows() -> None:
    service, session = FakeService([ARTICLE]), Session()
    for question in ("When was the bridge opened?", "What did the bridge cost?"):
        asked(service, question, session)
    (_, before_first, _), (_, before_second, _) = service.asked
    assert before_first is not None
    assert before_first.turns == ()
    assert before_second is not None
    assert [turn.question for turn in before_second.turns] == ["When was the bridge opened?"]
    assert len(session.page.turns) == 2


def test_unanswered_turns_are_no_part_of_the_conversation() -> None:
    session = Session()
    asked(FakeService([ARTICLE]), "broken", session)
    session.begin("slow")
    session.stop()
    assert [turn.phase for turn in session.page.turns] == ["failed", "stopped"]
    assert not session.page.conversation


def test_asking_again_replaces_the_turn_and_forgets_its_answer() -> None:
    service, session = FakeService([ARTICLE]), Session()
    asked(service, "When was the bridge opened?", session)
    ticket = session.begin_again()
    assert ticket is not None
    assert not ticket.before.conversation
    assert [turn.phase for turn in session.page.turns] == ["searching"]
    assert Session().begin_again() is None


def test_a_scope_becomes_a_filter_until_all_articles_are_asked() -> None:
    service, session = FakeService([ARTICLE]), Session()
    session.scope = Scope("a file", (ARTICLE.id,))
    asked(service, "When?", session)
    assert service.asked[0][2] is not None
    assert service.asked[0][2].article_ids == (ARTICLE.id,)
    again, everywhere = session.begin_again(), session.begin_again(everywhere=True)
    assert again is not None
    assert again.turn.scope == session.scope
    assert everywhere is not None
    assert everywhere.turn.scope is None


def test_a_known_failure_says_what_to_do() -> None:
    turn = asked(FakeService([ARTICLE]), "broken")
    assert turn.phase == "failed"
    assert turn.problem is not None
    assert (turn.problem.message, turn.problem.advice) == (
        "The index cannot be read.",
        "Run footnote index check.",
    )


def test_an_unknown_failure_is_logged_and_told_without_its_details(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(FakeService):
        def stream(self, *args: Any, **options: Any) -> Iterator[Event]:
            raise ZeroDivisionError("secret detail")
            yield

    with caplog.at_level(logging.ERROR):
        problem = asked(Failing([]), "Who?").problem
    assert problem is not None
    assert "secret" not in problem.message + problem.advice
    assert "secret detail" in caplog.text


def test_leaving_returns_at_once_and_stops_the_service_when_it_next_speaks() -> None:
    silent, closed = Flag(), Flag()

    class Silent(FakeService):
        def stream(self, *args: Any, **options: Any) -> Iterator[Event]:
            try:
                yield Event("delta", "a")
                silent.wait(60)
                yield Event("delta", "b")
            finally:
                closed.set()

    steps = answer_turn(Silent([]), Session().begin("Who?"))
    assert next(steps).partial == "a"
    assert next(steps).partial == "a"  # a sign of life while nothing comes
    steps.close()  # type: ignore[attr-defined]
    assert not closed.is_set()
    silent.set()
    assert closed.wait(60)


def test_pieces_that_come_too_fast_are_shown_together() -> None:
    class Writing(FakeService):
        def stream(self, question: str, *args: Any, **options: Any) -> Iterator[Event]:
            for piece in "abcdef":
                yield Event("delta", piece)
            yield Event("answer", quoting(question, ARTICLE, [FIRST]))

    ticks = iter([0.0, 0.0, 0.03, 0.05, 0.2, 0.2, 0.21, 0.25, 0.3, 0.3, 0.3])
    turns = list(answer_turn(Writing([ARTICLE]), Session().begin("When?"), clock=lambda: next(ticks)))
    assert [turn.partial for turn in turns] == ["a", "abcd", ""]


def test_an_answer_that_was_given_up_changes_nothing_any_more() -> None:
    session = Session()
    first = session.begin("Who?")
    session.stop()
    assert not session.show(first, first.turn)
    assert session.page.turns[-1].phase == "stopped"
    second = session.begin("When?")
    session.clear()
    assert not session.show(second, second.turn)
    assert session.page.turns == ()


def test_a_new_question_gives_up_the_one_before() -> None:
    session = Session()
    first = session.begin("Who?")
    second = session.begin("When?")
    assert [turn.phase for turn in session.page.turns] == ["stopped", "searching"]
    assert not session.show(first, first.turn)
    assert session.show(second, second.turn)


def test_the_same_question_twice_at_once_is_one_question() -> None:
    session = Session()
    first = session.begin_once("Who?")
    assert first is not None
    assert session.begin_once("Who?") is None
    assert session.show(first, replace(first.turn, phase="done"))
    assert session.begin_once("Who?") is not None
    assert session.begin_once("When?") is not None
    assert [turn.question for turn in session.page.turns] == ["Who?", "Who?", "When?"]


def test_stopping_leaves_what_is_finished() -> None:
    session = Session()
    asked(FakeService([ARTICLE]), "When was the bridge opened?", session)
    session.stop()
    assert session.page.turns[-1].phase == "done"


def test_every_page_has_a_session_of_its_own() -> None:
    first = Session()
    first.begin("Who?")
    assert deepcopy(first).page.turns == ()
