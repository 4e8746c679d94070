"""What a declined answer shows: where was looked, what is near, what is spoken of, what to ask instead."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Searched
from assistant.answerers.computed import ComputedAnswerer
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.core import Assistant
from assistant.declining import decline_reason, guidance_for, nearest_reports
from assistant.understanding.computing import find_computation
from tests.assistant.made_passages import MadeEvidence, answer_from, made_article, whole_passages
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.query import Filters

OPENING = "The town of Harrowmere opened its library in a former railway shed on 14 May 2022."
ARTICLES = [
    article("library", OPENING, title="Harrowmere opens its library", published_at=date(2022, 5, 16)),
    article("bridge", "Harrowmere closed the Alder bridge in March 2019.", published_at=date(2019, 3, 9)),
    article("bread", "Rye bread needs a warm place to rise.", published_at=date(2021, 5, 5)),
]


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, *ARTICLES)
        yield Assistant(index, ComputedAnswerer(ExtractiveAnswerer()), today=lambda: date(2023, 6, 1))


def test_a_decline_says_what_is_spoken_of_and_what_can_be_asked(assistant: Assistant) -> None:
    answer = assistant.ask("Who is the mayor of Harrowmere?")
    assert answer.declined
    assert answer.speaks_of == ("Harrowmere",)
    assert "Of the nearest articles that of 2022-05-16 does speak of Harrowmere." in answer.reason
    assert answer.reason.endswith("Searched: 3 articles, published from 2019-03-09 to 2022-05-16.")
    assert answer.to_json()["instead"] == list(answer.instead)
    assert len({one.article.id for one in answer.nearest}) == len(answer.nearest)
    for question in answer.instead:
        assert not assistant.ask(question).declined


def test_articles_outside_the_limits_are_counted(assistant: Assistant) -> None:
    question = "Who is the mayor of Harrowmere?"
    limited = assistant.ask(question, filters=Filters(until=date(2020, 1, 1)))
    assert "2 more are outside the limits that were set." in limited.reason
    nothing = assistant.ask(question, filters=Filters(until=date(2001, 1, 1)))
    assert nothing.reason.startswith("There are no articles to answer from. 3 more are outside")
    assert "Add some" not in nothing.reason
    assert "outside" not in assistant.ask(question).reason


def test_an_empty_index_says_how_to_fill_it() -> None:
    reason = decline_reason("", Searched(0))
    assert reason.startswith("There are no articles")
    assert "footnote ingest" in reason


def test_nothing_is_claimed_where_the_articles_have_nothing_of_the_question(assistant: Assistant) -> None:
    answer = assistant.ask("Why did Voyager leave Jupiter?")
    assert (answer.speaks_of, answer.instead) == ((), ())
    assert "does speak" not in answer.reason


def test_a_word_that_is_no_name_in_an_article_is_not_said_to_be_the_one_asked_about() -> None:
    powers = [made_article("The powers of the world met in Alder.", "powers")]
    cup = [made_article("The World Cup came to Alder.", "cup")]
    question = "Who won the 2018 World Cup?"
    assert guidance_for(question, whole_passages(powers), MadeEvidence(powers)).sentence == ""
    assert guidance_for(question, whole_passages(cup), MadeEvidence(cup)).sentence.endswith("of World Cup.")


def test_words_that_stand_together_are_one_phrase_and_the_rarest_name_is_asked_about() -> None:
    made = [
        made_article("Argentina won the World Cup final. Messi scored for Argentina.", "cup"),
        made_article("Rye bread needs a warm place.", "bread"),
    ]

    class Weighing(MadeEvidence):
        def term_weights(self, terms):  # type: ignore[no-untyped-def]
            return {term: 9.0 if term == "Messi" else 1.0 for term in terms}

    question = "How many goals did Argentina's Messi miss before the World Cup final?"
    guidance = guidance_for(question, whole_passages(made), Weighing(made))
    assert guidance.speaks_of == ("Argentina's Messi", "World Cup final")
    assert guidance.sentence == (
        "Of the nearest articles that of Cup Daily does speak of Argentina's Messi and World Cup final."
    )
    assert all("World Cup" in one or "Messi" in one for one in guidance.instead)
    computations = [find_computation(one) for one in guidance.instead]
    assert [one and one.kind for one in computations] == ["list", "latest"]


def test_words_that_stand_apart_in_the_article_are_no_phrase() -> None:
    made = [made_article("The plague spread. Ships reach Velm by sea.", "plague")]
    guidance = guidance_for("When did plague reach Velm?", whole_passages(made), MadeEvidence(made))
    assert guidance.speaks_of == ("reach Velm",)
    apart = [made_article("The plague spread. To reach it, sail to Velm.", "plague")]
    assert guidance_for(
        "When did plague reach Velm?", whole_passages(apart), MadeEvidence(apart)
    ).speaks_of == ("Velm",)


def test_other_spellings_of_what_is_asked_count_as_spoken_of() -> None:
    made = [made_article("Erdoğan won Türkiye's election run-off in May.", "vote")]
    question = "What was the turnout in Turkey's election runoff?"
    guidance = guidance_for(question, whole_passages(made), MadeEvidence(made))
    assert guidance.speaks_of == ("Turkey's election runoff",)
    assert guidance.instead[0] == "Which articles mention “Turkey”?"
    declined = answer_from(question, *made)
    assert "turnout" in declined.reason
    assert "runoff" not in declined.reason


def test_copies_of_one_report_are_one_of_the_nearest() -> None:
    passages = whole_passages([made_article(f"Text {n}.", f"n{n}") for n in range(5)])
    copies = [replace(one, article=replace(one.article, copy_group="g")) for one in passages[:2]]
    assert [one.article.title for one in nearest_reports([*copies, *passages[2:]])] == [
        "Report n0",
        "Report n2",
        "Report n3",
    ]


def test_the_reason_names_what_was_searched_last() -> None:
    searched = Searched(2, date(2020, 1, 1), date(2020, 1, 1))
    assert decline_reason("Nothing.", searched, "“A” does speak of b.", 1) == (
        "Nothing. “A” does speak of b. 1 more is outside the limits that were set. "
        "Searched: 2 articles, published on 2020-01-01."
    )


@pytest.mark.parametrize(
    ("question", "language", "said"),
    [
        (
            "Why does Harren close its pool?",
            "de-AT",
            "The question is in English and the nearest articles are",
        ),
        ("Pourquoi Harren ferme-t-elle sa piscine ?", "de-AT", "are in German: ask in German."),
        ("Warum schließt Harren sein Museum?", "de-AT", ""),
        ("Why does Harren close its pool?", None, ""),
        ("Why does Harren close its pool?", "xx", ""),
        ("Harren Museum", "de-AT", ""),
    ],
)
def test_a_question_in_another_language_than_the_articles_is_told_so(
    question: str, language: str | None, said: str
) -> None:
    article = made_article("Die Stadt Harren schließt ihr Hallenbad.", title="Harren", language=language)
    guidance = guidance_for(question, whole_passages([article]), MadeEvidence([article]))
    assert guidance.foreign == "" if not said else said in guidance.sentence
