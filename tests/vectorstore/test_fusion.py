"""Fusion: what raises a passage, what does not, and that the order is settled."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.fusion import (
    ALONE,
    Candidate,
    PassageFacts,
    Present,
    fuse,
    join_candidates,
)
from vectorstore.keywords import KeywordHit
from vectorstore.vectors import VectorHit

TODAY = date(2022, 6, 17)
FACTS = PassageFacts(place=3, words=100, published=TODAY)

candidates_strategy = st.lists(
    st.builds(
        Candidate,
        id=st.text("abcdef", min_size=1, max_size=4),
        similarity=st.none() | st.floats(-1, 1),
        keyword_score=st.none() | st.floats(0, 40),
    ),
    max_size=30,
    unique_by=lambda candidate: candidate.id,
)
facts_strategy = st.builds(
    PassageFacts,
    place=st.integers(0, 50),
    words=st.integers(1, 400),
    published=st.none() | st.dates(date(2015, 1, 1), date(2023, 1, 1)),
)
presents = (
    st.none()
    | st.builds(Present.asked_on, st.just(TODAY))
    | st.builds(Present.newest_article, st.just(TODAY))
)


def order(
    facts: dict[str, PassageFacts],
    present: Present | None = None,
    *,
    similarity: float = 0.5,
    score: float = 10.0,
) -> list[str]:
    """The order of candidates that differ only in their facts."""
    alike = [Candidate(id_, similarity, score) for id_ in facts]
    return [item.candidate.id for item in fuse(alike, facts, present)]


def test_each_passage_once_with_what_both_sides_know() -> None:
    joined = join_candidates(
        [VectorHit("a", 0.9), VectorHit("b", 0.8)], [KeywordHit("b", 7.0), KeywordHit("c", 3.0)]
    )
    assert joined == [Candidate("a", 0.9, None), Candidate("b", 0.8, 7.0), Candidate("c", None, 3.0)]


def test_keywords_and_meaning_each_count() -> None:
    ranked = fuse(
        [Candidate("neither", 0.1, 2.0), Candidate("keywords", 0.1, 20.0), Candidate("both", 0.8, 20.0)],
        dict.fromkeys(["neither", "keywords", "both"], FACTS),
    )
    assert [item.candidate.id for item in ranked] == ["both", "keywords", "neither"]


def test_close_keyword_scores_stay_close() -> None:
    """A keyword score near the best stays near it; stretched from worst to best it would count nothing."""
    ranked = fuse(
        [Candidate("first", 0.4, 10.0), Candidate("close", 0.6, 9.5)],
        dict.fromkeys(["first", "close"], FACTS),
    )
    assert [item.candidate.id for item in ranked] == ["close", "first"]


def test_the_lead_comes_before_the_rest() -> None:
    assert order({"a": PassageFacts(5, 100), "b": PassageFacts(0, 100), "c": PassageFacts(1, 100)}) == [
        "b",
        "c",
        "a",
    ]


def test_a_scrap_comes_after_a_full_passage_and_very_long_ones_gain_nothing() -> None:
    assert order({"a": PassageFacts(2, 8), "b": PassageFacts(2, 120), "c": PassageFacts(2, 900)}) == [
        "b",
        "c",
        "a",
    ]


def test_without_a_present_dates_do_not_count() -> None:
    old, new = PassageFacts(0, 100, date(1999, 1, 1)), PassageFacts(0, 100, TODAY)
    assert order({"a": old, "b": new}) == ["a", "b"]


@pytest.mark.parametrize("present", [Present.asked_on(TODAY), Present.newest_article(TODAY)])
def test_nearer_to_the_present_comes_first_and_undated_last(present: Present) -> None:
    ages = {"a": 400, "b": 0, "c": 40}
    facts = {id_: PassageFacts(0, 100, TODAY - timedelta(days=age)) for id_, age in ages.items()}
    assert order(facts | {"0": PassageFacts(0, 100)}, present) == ["b", "c", "a", "0"]


def test_a_day_or_two_after_the_question_counts_as_its_day_but_not_more() -> None:
    present = Present.asked_on(TODAY)
    assert present.bonus(TODAY + timedelta(days=2)) == present.bonus(TODAY) == present.weight
    assert present.bonus(TODAY + timedelta(days=3)) == 0


def test_a_question_of_a_known_day_forgets_faster() -> None:
    month_old = TODAY - timedelta(days=30)
    asked, newest = Present.asked_on(TODAY), Present.newest_article(TODAY)
    assert asked.bonus(TODAY) > newest.bonus(TODAY)
    assert asked.bonus(month_old) < newest.bonus(month_old)


@given(candidates_strategy, st.data())
def test_every_candidate_once_best_first_whatever_the_order_of_arrival(
    candidates: list[Candidate], data: st.DataObject
) -> None:
    facts = {candidate.id: data.draw(facts_strategy) for candidate in candidates}
    present = data.draw(presents)
    ranked = fuse(candidates, facts, present)
    assert sorted(item.candidate.id for item in ranked) == sorted(facts)
    assert [item.score for item in ranked] == sorted((item.score for item in ranked), reverse=True)
    assert fuse(data.draw(st.permutations(candidates)), facts, present) == ranked


@given(candidates_strategy, st.data())
def test_scores_stay_within_their_bounds(candidates: list[Candidate], data: st.DataObject) -> None:
    facts = {candidate.id: data.draw(facts_strategy) for candidate in candidates}
    present = data.draw(presents)
    most = ALONE.cosine + ALONE.keyword + ALONE.lead + ALONE.length + (present.weight if present else 0)
    assert all(-ALONE.cosine <= item.score <= most + 1e-9 for item in fuse(candidates, facts, present))


@given(st.dates(date(2000, 1, 1), TODAY), st.dates(date(2000, 1, 1), TODAY))
def test_newer_never_loses(one: date, other: date) -> None:
    for present in (Present.asked_on(TODAY), Present.newest_article(TODAY)):
        assert (present.bonus(one) >= present.bonus(other)) == (one >= other) or present.bonus(
            one
        ) == present.bonus(other)
