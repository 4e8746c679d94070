"""The benchmark of copies: labels are sound, rates are right, a wrong corpus is told."""

import json
from pathlib import Path

import pytest

from evals.benchmarks.copies import (
    LABELS,
    LabelledPair,
    PairFacts,
    facts_of,
    rates_of,
    read_labels,
    read_wordings,
)
from ingest.errors import UsageError
from vectorstore.sketches import Wording

TEXT = "The council approved the bridge on Monday after a debate that went on until midnight in the old hall."


def test_at_least_150_pairs_are_labelled_once_each() -> None:
    labels = read_labels()
    assert len({frozenset((pair.one, pair.other)) for pair in labels}) == len(labels) >= 150
    assert 50 <= sum(pair.is_copy for pair in labels) <= len(labels) - 50


def test_no_pair_is_in_both_sets() -> None:
    chosen, held_back = ({frozenset((pair.one, pair.other)) for pair in read_labels(name)} for name in LABELS)
    assert not chosen & held_back
    assert len(held_back) == 50


def test_rates_count_what_is_found() -> None:
    facts = [PairFacts(is_copy, 1, 1, 1, True, True) for is_copy in (True, True, True, False)]
    rates = rates_of("rule", facts, [True, True, False, True])
    assert (rates.precision, rates.recall, rates.found) == (2 / 3, 2 / 3, 3)


def test_a_pair_is_compared() -> None:
    wordings = {
        "a": Wording.of("Bridge", TEXT),
        "b": Wording.of("Bridge", f"{TEXT} It opens in May."),
    }
    facts = facts_of(LabelledPair("a", "b", True), wordings)
    assert (facts.shared, facts.opening, facts.titled, facts.met) == (1, 1, True, True)
    assert 0 < facts.resemblance < 1


def test_a_corpus_without_the_articles_is_told(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps({"_id": "a", "title": "T", "text": TEXT}), "utf-8")
    assert read_wordings(corpus, ["a"])["a"] == Wording.of("T", TEXT)
    with pytest.raises(UsageError, match="lacks 1"):
        read_wordings(corpus, ["a", "b"])
    with pytest.raises(UsageError, match="cannot be read"):
        read_wordings(tmp_path / "none.jsonl", ["a"])
