"""Sentences by score, and what decides among those that are as good."""

import pytest

from assistant.answerers.extractive.candidates import collect_candidates
from assistant.answerers.extractive.features import ScoredCandidate, SentenceFeatures
from assistant.answerers.extractive.scoring import AS_GOOD, WEIGHTS, rank
from tests.assistant.made_passages import made_article, whole_passages

NOTHING = SentenceFeatures(*[0.0] * 14)
TITLES = ("first", "second", "third")


def ranked(*overlaps: float) -> list[str]:
    """Three one-sentence passages in the order of finding, ranked by how much of the question each meets."""
    passages = whole_passages([made_article(f"The {title} report.", title) for title in TITLES])
    found = collect_candidates(passages).candidates
    scored = [
        ScoredCandidate(candidate, NOTHING._replace(overlap=overlap), ())
        for candidate, overlap in zip(found, overlaps, strict=True)
    ]
    return [item.candidate.text.split()[1] for item in rank(scored)]


@pytest.mark.parametrize(
    ("overlaps", "order"),
    [
        ((0.5, 0.5 + AS_GOOD / 2, 0.1), ["first", "second", "third"]),
        ((0.1, 0.5, 0.5 + AS_GOOD / 2), ["second", "third", "first"]),
        ((0.5, 0.5 + 2 * AS_GOOD, 0.1), ["second", "first", "third"]),
        ((0.1, 0.1 + AS_GOOD / 2, 0.5), ["third", "second", "first"]),
    ],
)
def test_of_sentences_as_good_as_the_best_the_passage_found_first_leads(
    overlaps: tuple[float, float, float], order: list[str]
) -> None:
    assert WEIGHTS.overlap == 1.0
    assert ranked(*overlaps) == order


def test_nothing_is_ranked_where_nothing_was_found() -> None:
    assert rank([]) == []


def test_of_as_good_sentences_of_one_passage_the_better_leads() -> None:
    [passage] = whole_passages([made_article("The first report. The second report.")])
    found = collect_candidates([passage]).candidates
    better = 0.5 + AS_GOOD / 2
    scored = [
        ScoredCandidate(one, NOTHING._replace(overlap=value), ())
        for one, value in zip(found, (0.5, better), strict=True)
    ]
    assert [item.candidate.text for item in rank(scored)] == ["The second report.", "The first report."]


@pytest.mark.parametrize(("language", "first"), [("en", "second"), ("tr", "first"), (None, "first")])
def test_the_language_of_the_question_comes_first_where_both_answer(language: str | None, first: str) -> None:
    written_in = {"first": "tr", "second": "en-GB", "third": None}
    articles = [made_article(f"The {title} report.", title, language=written_in[title]) for title in TITLES]
    found = collect_candidates(whole_passages(articles)).candidates
    scored = [
        ScoredCandidate(candidate, NOTHING._replace(overlap=overlap), ())
        for candidate, overlap in zip(found, (0.6, 0.5, 0.1), strict=True)
    ]
    assert rank(scored, WEIGHTS, language)[0].candidate.text.split()[1] == first
