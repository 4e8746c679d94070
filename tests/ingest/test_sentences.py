"""Sentences: exact, complete, and cut where a reader would."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.sentences import Span, paragraph_spans, split_sentences

WORDS = st.sampled_from(
    ["Mr.", "U.S.", "talks", "The", "ended.", "“No,”", "he", "said.", "3.5", "No.", "5", "…", "(It",
     "did.)", "a.m.", "é.", "ğ", "你好。", "😀",
     "- item", "1. one", "J.", "K.", '"Why?"', "\t", "\ud800", "why?!"]
)  # fmt: skip
GAPS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "  ", "", " \n \n "])
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=40).map(lambda pairs: "".join(map("".join, pairs)))
LANGUAGES = st.sampled_from([None, "en", "tr", "en-US", "zh", "xx", ""])


def sentences(text: str, language: str | None = "en") -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, language)]


@given(st.one_of(TEXTS, st.text(max_size=200)), LANGUAGES)
@example("", None)
@example(" \n\n\t", "en")
@example("No end", "en")
def test_spans_are_ordered_trimmed_and_cover_all_but_white_space(text: str, language: str | None) -> None:
    spans = split_sentences(text, language)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        part = text[span.start : span.end]
        assert part == part.strip()
        end = span.end
    assert not text[end:].strip()


@given(TEXTS, LANGUAGES)
def test_no_sentence_holds_a_blank_line(text: str, language: str | None) -> None:
    paragraphs = paragraph_spans(text)
    for span in split_sentences(text, language):
        assert any(one.start <= span.start and span.end <= one.end for one in paragraphs)


@given(TEXTS)
def test_splitting_again_gives_the_same(text: str) -> None:
    assert split_sentences(text) == split_sentences(text)


def test_offsets_count_code_points_and_not_bytes() -> None:
    text = "😀 Çok güzel. İkinci cümle."
    assert split_sentences(text, "tr") == [Span(0, 12), Span(13, 26)]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Akar met Prof. Dr. Kaya.",
        "J. K. Rowling wrote it.",
        "Revenue rose 3.5% to $2.5 billion.",
        "She lives at No. 10 Downing Street.",
        'He asked, "Why should I go?" and left.',
        "The U.S. sanctioned Turkey.",
        "A wrapped line that goes on\nto the next one.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Yasanın 231. maddesi uygulandı.",
        "Prof. Dr. Ayşe Demir geldi.",
        "Enflasyon yüzde 3,5 oldu.",
        "II. Abdülhamid tahta çıktı.",
    ],
)
def test_one_turkish_sentence_stays_one(text: str) -> None:
    assert sentences(text, "tr") == [text]


def test_a_sentence_can_end_with_an_abbreviation() -> None:
    assert sentences("The talks began at 9 a.m. They ended soon.") == [
        "The talks began at 9 a.m.",
        "They ended soon.",
    ]


def test_list_items_are_sentences_with_their_marks() -> None:
    assert sentences("It was agreed:\n- a truce\n- aid\n1. Rice\n2. Flour") == [
        "It was agreed:",
        "- a truce",
        "- aid",
        "1. Rice",
        "2. Flour",
    ]


def test_a_heading_on_a_line_of_its_own_is_no_part_of_the_sentence_below() -> None:
    below = "The talks were held in Moscow and lasted for three hours, the ministry said."
    assert sentences(f"Talks\n{below}") == ["Talks", below]


def test_a_text_without_capitals_is_split_all_the_same() -> None:
    assert sentences("net sales rose. what was the change? it was 3.5 million.") == [
        "net sales rose.",
        "what was the change?",
        "it was 3.5 million.",
    ]


def test_an_unfinished_long_text_is_split_as_its_parts_are() -> None:
    sentence = "The talks between the two ministers were held in the Russian capital on Friday."
    assert sentences(" ".join([sentence] * 500)) == [sentence] * 500


@pytest.mark.parametrize(
    "unit", ["a", "word ", "\n", "a. ", "“a. ", "你好。", "- a\n", "(A b.) C ", "... A "]
)
def test_pathological_texts_end(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    spans = split_sentences(text)
    assert sum(1 for character in text if not character.isspace()) == sum(
        1 for span in spans for character in text[span.start : span.end] if not character.isspace()
    )
