"""The order of sentences that say as much as each other."""

from typing import cast

from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.features import ScoredCandidate, SentenceFeatures
from assistant.answerers.extractive.scoring import AS_GOOD, WEIGHTS, RankedCandidate, rank


def scored(name: str, value: float) -> ScoredCandidate:
    """A sentence whose score is `value` times the first weight."""
    features = SentenceFeatures(*[value, *[0.0] * (len(SentenceFeatures._fields) - 1)])
    candidate = cast("Candidate", name)
    return ScoredCandidate(candidate, features, ())


def order(*found: ScoredCandidate) -> list[str]:
    """The names of sentences as they rank."""
    return [cast("str", item.candidate) for item in ranked(*found)]


def ranked(*found: ScoredCandidate) -> list[RankedCandidate]:
    weights = WEIGHTS._replace(**{SentenceFeatures._fields[0]: 1.0})
    return rank(found, weights)


def test_the_best_comes_first() -> None:
    assert order(scored("b", 1.0), scored("a", 2.0), scored("c", 0.5)) == ["a", "b", "c"]


def test_those_as_good_as_the_best_keep_the_order_they_were_found_in() -> None:
    found = (scored("first", 2.0), scored("second", 2.0 + AS_GOOD / 2), scored("third", 2.0))
    assert order(*found) == ["first", "second", "third"]
    assert order(*found[::-1]) == ["third", "second", "first"]


def test_a_difference_that_says_something_decides() -> None:
    assert order(scored("first", 2.0), scored("second", 2.0 + 2 * AS_GOOD)) == ["second", "first"]


def test_scores_are_kept() -> None:
    assert [item.score for item in ranked(scored("first", 2.0), scored("second", 1.0))] == [2.0, 1.0]
