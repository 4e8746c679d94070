"""Words of an index that are one slip of the pen away from one that it lacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.near_words import is_slip

LETTERS = st.text("abcde", min_size=2, max_size=8)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path_factory.mktemp("words") / "home", embedder) as index:
        put(
            index,
            embedder,
            article("one", "Ukraine sold a British dinosaur because it was separated from Ukraine's bones."),
            article("two", "British dinosaurs became rare."),
        )
        yield index


def test_what_is_one_slip_away_is_found_as_it_is_written(index: Index) -> None:
    found = index.near_words(["Ukriane", "Britsh", "dinosuar", "seperated", "becaue"])
    assert {word: set(forms) for word, forms in found.items()} == {
        "Ukriane": {"Ukraine"},
        "Britsh": {"British"},
        "dinosuar": {"dinosaur"},
        "seperated": {"separated"},
        "becaue": {"because", "became"},
    }
    assert found["Ukriane"]["Ukraine"] == 2


def test_what_the_index_holds_in_any_form_is_left_out(index: Index) -> None:
    assert index.near_words(["dinosaurs", "separating", "British"]) == {}


@pytest.mark.parametrize("word", ["dnosaur", "zzzzz", '"', "b", "ß" * 40, "", "İstanbul"])
def test_what_nothing_is_near_to_finds_nothing(index: Index, word: str) -> None:
    assert not any(index.near_words([word]).values())


def test_it_reads_an_index_that_is_open_for_reading_only(index: Index, tmp_path: Path) -> None:
    with Index.open(index.home, encoder=WordEmbedder()) as opened:
        assert set(opened.near_words(["Britsh"])["Britsh"]) == {"British"}


@given(word=LETTERS, at=st.integers(0, 8), letter=st.sampled_from("abcdez"))
def test_each_kind_of_slip_is_one_and_goes_both_ways(word: str, at: int, letter: str) -> None:
    at = at % len(word)
    longer, another = word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]
    swapped = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    for slipped in (longer, another, swapped):
        assert is_slip(slipped, word) == is_slip(word, slipped) == (slipped != word)


@pytest.mark.parametrize(
    ("one", "other"), [("abcd", "abcd"), ("abcd", "ab"), ("abcd", "badc"), ("abcdef", "abxdxf")]
)
def test_none_or_two_slips_are_not_one(one: str, other: str) -> None:
    assert not is_slip(one, other)
