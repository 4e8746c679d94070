"""In which language a question is asked, and what of it only asks."""

import pytest

from assistant.understanding.languages import FOREIGN_QUESTION_WORDS, LANGUAGE_NAMES, language_code
from assistant.understanding.question import AnswerKind, analyse, language_of, may_be_english


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Why was Turkey sanctioned?", "en"),
        ("Did it rain?", "en"),
        ("Türkiye neden yaptırıma uğradı?", "tr"),
        ("Warum wurde die Türkei sanktioniert?", "de"),
        ("Pourquoi la Turquie a-t-elle été sanctionnée ?", "fr"),
        ("¿Cuándo cayó Damasco?", "es"),
        ("Waarom kreeg Turkije sancties?", "nl"),
        ("Waarom is de brug dicht?", "nl"),
        ("Wann war der Gipfel am Montag?", "de"),
        ("Quem é o presidente do Brasil?", "pt"),
        ("Kiedy Polska weszła do UE?", "pl"),
        ("Kim kazandı?", "tr"),
        ("Did Kim Jong Un visit Russia?", "en"),
        ("Kim Jong Un visit", None),
        ("Is it raining?", "en"),
        ("Почему Турция попала под санкции?", "ru"),
        ("Turkey sanctions 2020", None),
        ("Ho Chi Minh City floods", None),
    ],
)
def test_the_words_that_ask_tell_the_language(question: str, language: str | None) -> None:
    profile = analyse(question)
    assert language_of(profile) == language
    assert may_be_english(profile) == (language in (None, "en"))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Did Kim Jong Un visit Russia?", AnswerKind.YES_NO),
        ("Kim Jong Un visit", AnswerKind.STATEMENT),
        ("Kim kazandı?", AnswerKind.PERSON),
    ],
)
def test_kim_is_a_name_where_another_name_follows(question: str, kind: AnswerKind) -> None:
    assert analyse(question).kind is kind


def test_what_only_asks_is_no_word_to_look_for() -> None:
    profile = analyse("Warum schließt Harren sein Hallenbad?")
    assert [word.surface for word in profile.names] == ["Harren", "Hallenbad"]
    assert len(profile.keys) == len({"schließt", "Harren", "sein", "Hallenbad"})


def test_no_word_asks_in_two_languages_and_each_language_has_a_name() -> None:
    words = [word for known in FOREIGN_QUESTION_WORDS.values() for word in known]
    assert len(words) == len(set(words))
    assert set(FOREIGN_QUESTION_WORDS) <= set(LANGUAGE_NAMES)


@pytest.mark.parametrize(("tag", "code"), [("de-AT", "de"), ("EN", "en"), (None, ""), ("", "")])
def test_the_primary_language_of_a_code(tag: str | None, code: str) -> None:
    assert language_code(tag) == code
