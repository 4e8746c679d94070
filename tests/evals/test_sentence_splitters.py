"""The sentence benchmark reads and counts rightly, and the chosen splitter keeps its score."""

import pytest

from evals.benchmarks.sentence_splitters import TEXT_SETS, MarkedText, compare, measure, read_texts, spans_of
from ingest.sentences import Span, split_sentences


def test_the_texts_are_many_and_their_borders_lie_between_words() -> None:
    texts = [one for name in TEXT_SETS for one in read_texts(name)]
    assert sum(len(one.borders) + 1 for one in texts) >= 240
    assert {one.language for one in texts} == {"en", "tr"}
    for one in texts:
        for border in one.borders | one.optional:
            assert one.text[border - 1] in " \n"
            assert not one.text[border].isspace()


def test_borders_found_wrongly_and_missed_are_counted() -> None:
    marked = MarkedText("en", "test", "Aa. Bb. Cc. Dd.", frozenset({4, 8}), frozenset({12}))
    score = compare(marked, [Span(0, 2), Span(2, 7), Span(8, 11), Span(12, 15)])
    assert (score.right, score.wrong, score.missed) == (1, 1, 1)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)


def test_sentences_are_found_in_their_text_though_white_space_was_changed() -> None:
    text = "One  two.\nThree."
    assert spans_of(text, ["One two. ", "", "Three."]) == [Span(0, 9), Span(10, 16)]


@pytest.mark.parametrize(("name", "least_f1"), [("sentences.txt", 0.98), ("sentences_held_back.txt", 0.95)])
def test_the_chosen_splitter_keeps_its_score(name: str, least_f1: float) -> None:
    assert measure(split_sentences, read_texts(name), repeats=0).f1 >= least_f1
