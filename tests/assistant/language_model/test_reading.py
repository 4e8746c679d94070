"""Replies in sentences: which sentence a marker belongs to, and what is no marker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answerers.language_model.reading import read_reply


def cited(text: str, passages: int = 5) -> list[tuple[str, tuple[int, ...]]]:
    return [(sentence.text, sentence.numbers) for sentence in read_reply(text, passages).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell [1]. Snow fell [2].", [("Rain fell.", (1,)), ("Snow fell.", (2,))]),
        ("Rain fell. [1] Snow fell. [2]", [("Rain fell.", (1,)), ("Snow fell.", (2,))]),
        ("Rain fell.[1][3] Snow fell.[2]", [("Rain fell.", (1, 3)), ("Snow fell.", (2,))]),
        ("Rain [1] and snow [2] fell.", [("Rain and snow fell.", (1, 2))]),
        ("[2] Rain fell.\n[1] Snow fell.", [("Rain fell.", (2,)), ("Snow fell.", (1,))]),
        ("Rain fell.\n[1]", [("Rain fell.", (1,))]),
        ("Rain fell [1, 3; 2].", [("Rain fell.", (1, 3, 2))]),
        ("Rain fell [2-4].", [("Rain fell.", (2, 3, 4))]),
        ("Rain fell [^1] 【2】【3†source】.", [("Rain fell.", (1, 2, 3))]),
        ("Rain fell [Passage 1] [sources 2, 3].", [("Rain fell.", (1, 2, 3))]),
        ("Rain fell [1][1][1].", [("Rain fell.", (1,))]),
        ("Rain [sic] fell [see below].", [("Rain [sic] fell [see below].", ())]),
        ("Rain (1) fell.", [("Rain (1) fell.", ())]),
        ("1. Rain fell [1]\n2. Snow fell [2]", [("Rain fell", (1,)), ("Snow fell", (2,))]),
        ("**Rain** _fell_ on `a * b` [1].", [("Rain fell on a * b.", (1,))]),
        ("snake_case_names and 2*3*4 stay [1].", [("snake_case_names and 2*3*4 stay.", (1,))]),
        ("Rain fell [1](http://x.example/).", [("Rain fell.", (1,))]),
        ("If a < b and c > d then rain fell [1].", [("If a < b and c > d then rain fell.", (1,))]),
        ("Rain fell [1].\n\nReferences:\n[1] Weather. [2] More weather.", [("Rain fell.", (1,))]),
        ("```\nRain fell [1].\n```", [("Rain fell.", (1,))]),
    ],
)
def test_markers_belong_to_their_sentences(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert cited(text) == expected


def test_numbers_that_no_passage_has_are_reported_once_each() -> None:
    read = read_reply("Rain fell [0][7]. Snow fell [7][2][-3].", 2)
    assert read.unknown == (0, 7, -3)
    assert [sentence.numbers for sentence in read.sentences] == [(), (2,)]


def test_an_endless_range_is_not_spelt_out() -> None:
    read = read_reply("Rain fell [1-999999].", 3)
    assert (read.sentences[0].numbers, read.unknown) == ((1,), (999999,))


@given(st.text(alphabet="ab .[]0123456789-,\n*_<>!()#|`", max_size=80), st.integers(0, 4))
def test_only_numbers_of_passages_are_cited(text: str, passages: int) -> None:
    read = read_reply(text, passages)
    assert {number for sentence in read.sentences for number in sentence.numbers} <= set(
        range(1, passages + 1)
    )
    assert set(read.unknown).isdisjoint(range(1, passages + 1))
    assert all(sentence.text.strip() == sentence.text != "" for sentence in read.sentences)


@given(
    st.lists(st.tuples(st.sampled_from(["Rain", "Snow", "Hail"]), st.integers(1, 5)), min_size=1, max_size=6)
)
def test_no_sentence_and_no_marker_is_lost(stated: list[tuple[str, int]]) -> None:
    text = " ".join(f"{what} fell here [{number}]." for what, number in stated)
    assert cited(text) == [(f"{what} fell here.", (number,)) for what, number in stated]
