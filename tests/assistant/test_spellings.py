"""Names in their several spellings."""

import pytest

from assistant.understanding.spellings import MOST_SPELLINGS, other_spellings, spelled_as_in, spellings


@pytest.mark.parametrize(
    ("phrase", "also"),
    [
        ("Kyiv's mayor", "Kiev's mayor"),
        ("Kiev", "Kyiv"),
        ("Turkey", "Türkiye"),
        ("turkiye", "Turkey"),
        ("Zelenskyy", "Zelensky"),
        ("Al-Qaida in Yemen", "Al Qaeda in Yemen"),
        ("Czech Republic", "Czechia"),
        ("the UN report", "the United Nations report"),
        ("Kılıçdaroğlu", "Kiliçdaroğlu"),
        ("Özil", "Oezil"),
        ("the f35 jet", "the f-35 jet"),
        ("COVID19", "COVID-19"),
    ],
)
def test_a_name_is_known_in_its_other_spellings(phrase: str, also: str) -> None:
    assert spellings(phrase)[0] == phrase
    assert also in spellings(phrase)


@pytest.mark.parametrize("text", ["un deux trois", "What is bread?", "", "?!", "isis is a river"])
def test_other_words_have_one_spelling(text: str) -> None:
    assert spellings(text) == (text,)
    assert other_spellings(text) == ()


def test_combinations_are_limited() -> None:
    assert len(spellings("Zelensky, Gaddafi and Muhammad in Kyiv, Kharkiv and Odesa")) == MOST_SPELLINGS


def test_each_other_spelling_is_given_once() -> None:
    assert other_spellings("Kyiv and Kyiv and Odesa") == ("Kiev", "Odessa")


def test_a_text_is_spelled_as_a_source_spells_it() -> None:
    sources = ["Kiev's F-35s.", "Kyiv, Kiev and the F35.", "The Kievan jet F 35.", ""]
    asked = "Who in Kyiv saw the f35?"
    assert spelled_as_in(sources, asked) == [
        "Who in Kiev saw the f-35?",
        asked,
        asked,
        asked,
    ]
    assert spelled_as_in(sources, "Who saw it?") == ["Who saw it?"] * 4
