"""Slips of the pen are read as the words that the articles have, and said to be."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.understanding.slips import Corrected, without_slips
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.near_words import is_slip


def near(*held: str) -> "Near":
    return Near(held)


class Near:
    """What an index that holds these words would find; keeps what it was asked for."""

    def __init__(self, held: Sequence[str]) -> None:
        self._held = held
        self.asked: list[str] = []

    def __call__(self, words: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        self.asked += words
        lacking = [word for word in words if word.lower() not in {one.lower() for one in self._held}]
        return {word: {form: 1 for form in self._held if is_slip(word, form)} for word in lacking}


@pytest.mark.parametrize(
    ("question", "held", "read"),
    [
        ("Why did Ukriane protest?", "Ukraine", "Why did Ukraine protest?"),
        ("Why are Britsh shops closing?", "British", "Why are British shops closing?"),
        ("How old is the dinosuar?", "dinosaur", "How old is the dinosaur?"),
        ("What was seperated from it?", "separated", "What was separated from it?"),
        ("What is Guiness's record?", "Guinness", "What is Guinness's record?"),
        ("Who did Geroge meet?", "George", "Who did George meet?"),
        ("What is his favourite?", "favorite", "What is his favorite?"),
    ],
)
def test_a_slip_is_mended(question: str, held: str, read: str) -> None:
    assert without_slips(question, near(held)).text == read


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Who is Hansen?", "Hanson"),  # another name
        ("Who is Christina?", "Christian"),
        ("Who is Banksy?", "banks"),
        ("Did they contest the result?", "content"),  # a word
        ("Was the train derailed?", "Detailed"),
        ("Where is Jordan?", "Jordaan"),
        ("How many metres is it?", "metros"),
        ("Why isn't it open?", "insist"),
        ("What does NAFTA do?", "naphta"),
        ("Ankara nerede toplandi?", "toplanda"),  # no English
        ("Is it new?", "now"),  # too short to tell
    ],
)
def test_what_may_be_meant_is_left_as_it_is(question: str, held: str) -> None:
    assert without_slips(question, near(held)) == Corrected(question)


def test_words_that_cannot_be_slips_are_not_looked_up() -> None:
    looked_up = near("because")
    without_slips("Why did the UNRWA say that it would stop there in 2023?", looked_up)
    assert looked_up.asked == []


def test_the_commoner_word_was_meant() -> None:
    assert without_slips("Is it becaue of rain?", near("became", "because")).text == "Is it because of rain?"


def test_an_answer_says_how_the_question_was_read(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, article("one", "Alder sold its dinosaur because the roof had rusted."))
        answer = Assistant(index, ExtractiveAnswerer()).ask("Why did Alder sell its dinosuar?")
    assert "the roof had rusted" in answer.text
    assert answer.question == "Why did Alder sell its dinosuar?"
    assert answer.understood == "Read “dinosuar” as “dinosaur”."
