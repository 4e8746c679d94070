"""Names in their several spellings."""

import pytest

from assistant.understanding.spellings import MOST_SPELLINGS, other_spellings, spellings


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
