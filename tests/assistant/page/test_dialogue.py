"""Asking: every step is a state, failures become problems, and what is left early is stopped."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.core import Event
from assistant.page.dialogue import ask
from assistant.page.state import PageState, Scope
from tests.assistant.page.fakes import FakeService, make_article, quoting

ARTICLE = make_article()
FIRST = "The bridge over the Elle opened on Monday."


def phases(states: list[PageState]) -> list[str]:
    return [state.turns[-1].phase for state in states]


def test_a_question_ends_in_its_answer() -> None:
    states = list(ask(FakeService([ARTICLE]), PageState(), "When was the bridge opened?"))
    assert phases(states) == ["searching", "reading", "done"]
    assert states[-1].turns[-1].answer is not None
    assert states[-1].turns[-1].answer.citations[0].quote == FIRST


def test_the_conversation_goes_along_and_grows() -> None:
    service = FakeService([ARTICLE])
    state = PageState()
    for question in ("When was the bridge opened?", "What did the bridge cost?"):
        *_, state = ask(service, state, question)
    (_, before_first, _), (_, before_second, _) = service.asked
    assert before_first is not None
    assert before_first.turns == ()
    assert before_second is not None
    assert [turn.question for turn in before_second.turns] == ["When was the bridge opened?"]
    assert [turn.question for turn in state.conversation.turns] == [turn.question for turn in state.turns]


def test_unanswered_turns_are_no_part_of_the_conversation() -> None:
    *_, failed = ask(FakeService([ARTICLE]), PageState(), "broken")
    assert not failed.conversation
    assert not PageState().asking("slow", None).stopped().conversation


def test_a_scope_becomes_a_filter() -> None:
    service = FakeService([ARTICLE])
    list(ask(service, PageState(), "When?", Scope("a file", (ARTICLE.id,))))
    assert service.asked[0][2] is not None
    assert service.asked[0][2].article_ids == (ARTICLE.id,)


def test_a_known_failure_says_what_to_do() -> None:
    *_, last = ask(FakeService([ARTICLE]), PageState(), "broken")
    problem = last.turns[-1].problem
    assert last.turns[-1].phase == "failed"
    assert problem is not None
    assert (problem.message, problem.advice) == ("The index cannot be read.", "Run footnote index check.")


def test_an_unknown_failure_is_logged_and_told_without_its_details(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(FakeService):
        def stream(self, *args: Any, **options: Any) -> Iterator[Event]:
            raise ZeroDivisionError("secret detail")
            yield

    with caplog.at_level(logging.ERROR):
        *_, last = ask(Failing([]), PageState(), "Who?")
    problem = last.turns[-1].problem
    assert problem is not None
    assert "secret" not in problem.message + problem.advice
    assert "secret detail" in caplog.text


def test_leaving_early_stops_the_service() -> None:
    service = FakeService([ARTICLE])
    steps = ask(service, PageState(), "slow")
    while next(steps).turns[-1].phase != "writing":
        pass
    steps.close()  # type: ignore[attr-defined]
    assert service.closed_early == 1


def test_pieces_that_come_too_fast_are_shown_together() -> None:
    class Writing(FakeService):
        def stream(self, question: str, *args: Any, **options: Any) -> Iterator[Event]:
            for piece in "abcdef":
                yield Event("delta", piece)
            yield Event("answer", quoting(question, ARTICLE, [FIRST]))

    ticks = iter([0.0, 0.0, 0.03, 0.05, 0.2, 0.2, 0.21, 0.25, 0.3, 0.3, 0.3])
    states = list(ask(Writing([ARTICLE]), PageState(), "When?", clock=lambda: next(ticks)))
    partials = [state.turns[-1].partial for state in states]
    assert partials[0] == ""
    assert partials[-1] == ""
    assert partials[1:-1] == ["a", "abcd"]


def test_stopping_gives_up_only_what_is_being_answered() -> None:
    running = PageState().asking("Who?", None)
    assert running.stopped().turns[-1].phase == "stopped"
    *_, done = ask(FakeService([ARTICLE]), PageState(), "When was the bridge opened?")
    assert done.stopped() is done
    assert PageState().stopped().turns == ()
