"""Questions that are asked in everyday words: reactions, fates, forces, charges, offices."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answerers.base import Draft, Period
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.measuring import counts_only_ages
from assistant.answerers.extractive.reading import read
from assistant.answerers.extractive.reasons import reason_clause
from assistant.searching import _searched_for
from assistant.understanding.question import AnswerKind, analyse
from assistant.understanding.subject import governments
from tests.assistant.made_passages import MadeEvidence, asked, made_article, whole_passages


def answer(question: str, told: str, title: str = "News") -> Draft:
    article = made_article(told, title=title)
    return ExtractiveAnswerer().answer(asked(question), whole_passages([article]), MadeEvidence([article]))


IMPOSED = "Velm imposed sanctions on Alder on Monday."


def test_a_reaction_is_told_by_what_was_done() -> None:
    draft = answer(
        "How did Alder react to the sanctions?", f"{IMPOSED} Alder condemned the sanctions at once."
    )
    assert draft.status != "declined"
    assert draft.sentences[0].text == "Alder condemned the sanctions at once."


@pytest.mark.parametrize(
    "told",
    [
        f"{IMPOSED} The sanctions cover Alder's two banks.",
        f"{IMPOSED} Ostmark condemned the sanctions.",
        "The United States imposed sanctions on Alder on Monday.",
    ],
)
def test_what_is_no_reaction_or_that_of_others_is_none(told: str) -> None:
    assert answer("How did Alder react to the sanctions on Alder's banks?", told).status == "declined"


def test_what_one_did_is_not_what_another_did() -> None:
    told = "Finland joined the alliance on 4 April 2023, while its neighbour waits."
    title = "Finland joins the alliance before Sweden"
    assert answer("When did Sweden join the alliance?", told, title).status == "declined"
    assert answer("When did Finland join the alliance?", told, title).short_answer == "4 April 2023"


@pytest.mark.parametrize(
    ("told", "answers"),
    [
        ("President Mira Holt of Alder fled the country.", False),
        ("Mira Holt, president of Alder, was ousted by the army.", False),
        ("President Mira Holt leads Alder.", True),
        ("Mira Holt, a former teacher, leads Alder.", True),
        ("Mira Holt leads Alder since its last president resigned.", True),
    ],
)
def test_who_left_does_not_hold_an_office(told: str, answers: bool) -> None:
    assert (answer("Who leads Alder now?", told).status != "declined") == answers


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What led Velm to sanction Alder?", AnswerKind.REASON),
        ("How come Alder was sanctioned?", AnswerKind.REASON),
        ("What is the bank accused of?", AnswerKind.REASON),
        ("What was he charged with?", AnswerKind.REASON),
        ("What charged battery was it?", AnswerKind.NAME),
        ("How strong was the earthquake?", AnswerKind.NUMBER),
        ("How powerful was the quake?", AnswerKind.NUMBER),
        ("How strong is the evidence?", AnswerKind.MANNER),
    ],
)
def test_kinds_of_everyday_questions(question: str, kind: AnswerKind) -> None:
    assert analyse(question).kind is kind


@pytest.mark.parametrize(
    "question", ["What happened to Holt?", "Where is Holt now?", "Where is Holt currently?"]
)
def test_words_that_only_ask_are_not_looked_for(question: str) -> None:
    assert analyse(question).keys == ("holt",)


def test_only_why_is_searched_for_of_how_come() -> None:
    assert _searched_for(asked("How come Alder was sanctioned?")) == "why Alder was sanctioned?"


def test_what_somebody_is_called_on_to_do_is_no_reason() -> None:
    assert reason_clause("Alder called on Velm to reconsider the step.") is None
    assert reason_clause("Alder sent a team to reconsider the step.") is not None
    linked = reason_clause("Doctors link the outbreak to water from the river.")
    assert linked is not None
    assert reason_clause("Two have died since the first case was confirmed.") is None
    found = reason_clause("Velm gave as its reason the attack in May.")
    assert found is not None
    assert found.strength == 1.0


def test_a_capital_stands_for_its_government() -> None:
    asked_keys = frozenset({"washington", "turkey"})
    assert governments(frozenset({"usa", "ankara"}), asked_keys) == asked_keys
    assert not governments(frozenset({"russia"}), asked_keys)


def test_days_counted_from_the_asking_are_not_looked_for() -> None:
    article = made_article("Velm imposed sanctions on two ministers of Alder in the last week of July.")
    question = asked("Which ministers did Velm sanction this week?")
    period = Period(date(2018, 7, 30), date(2018, 8, 3), "this week", is_relative=True)
    passages, evidence = whole_passages([article]), MadeEvidence([article])
    assert "week" in read(question, passages, evidence).weights
    assert "week" not in read(replace(question, period=period), passages, evidence).weights
    elsewhere = replace(period, words="yesterday")
    assert "week" in read(replace(question, period=elsewhere), passages, evidence).weights


def test_an_age_is_no_number_of_people() -> None:
    told = "More than half of the dead were children under five."
    assert answer("How many children died?", told).status == "declined"
    assert counts_only_ages("How many children died?", told)
    assert not counts_only_ages("How many children died?", "The 12 dead were under five.")
    assert not counts_only_ages("How old were the children?", told)
