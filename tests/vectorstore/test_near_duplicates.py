"""Near-identical passages: found across cuts, told apart by figures and denials, shown once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.fakes import article, paragraphs
from vectorstore.catalogue import HeldPassage
from vectorstore.fusion import Candidate, FusedCandidate
from vectorstore.near_duplicates import Group, Shingles, group_near_duplicates, near_identical

COUNCIL = (
    "The council approved the new bridge over the river after years of debate about its cost, and work on "
    "the eastern bank will begin in spring, the mayor told reporters outside the town hall"
)
FERRY = "Ferries will go on crossing every hour until the last of the steel has been lifted into place"

texts = st.lists(
    st.sampled_from(["the", "river", "bridge", "was", "not", "4", "12", "open", "closed", "ice"]), max_size=40
)


def groups_of(limit: int, *entries: tuple[str, date | None]) -> list[Group]:
    """Groups of passages of an article each, ranked as they come."""
    articles = [
        article(f"n{number:02}", text, published_at=day) for number, (text, day) in enumerate(entries)
    ]
    passages = [paragraphs(one)[0] for one in articles]
    held = {
        passage.id: HeldPassage(passage, one.head, 0) for one, passage in zip(articles, passages, strict=True)
    }
    ranked = [FusedCandidate(Candidate(p.id, None, None), 1 - n / 100) for n, p in enumerate(passages)]
    return group_near_duplicates(ranked, held, limit)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (f"{COUNCIL}.", True),
        (COUNCIL.upper(), True),
        (f"{COUNCIL}. {FERRY}.", True),
        (COUNCIL.replace("reporters", "us"), True),
        (f"{COUNCIL} on 4 May", False),
        (COUNCIL.replace("approved", "has not approved"), False),
        (" ".join(reversed(COUNCIL.split())), False),
        (FERRY, False),
    ],
)
def test_what_is_near_identical(other: str, same: bool) -> None:
    assert near_identical(Shingles.of(COUNCIL), Shingles.of(other)) is same


@given(texts, texts)
def test_likeness_is_mutual_and_a_text_is_like_itself(one: list[str], other: list[str]) -> None:
    first, second = Shingles.of(" ".join(one)), Shingles.of(" ".join(other))
    assert near_identical(first, first)
    assert near_identical(first, second) == near_identical(second, first)


def test_a_group_stands_where_its_best_does_and_shows_its_newest() -> None:
    groups = groups_of(
        5,
        (COUNCIL, date(2023, 5, 1)),
        (FERRY, None),
        (f"{COUNCIL}!", date(2023, 5, 3)),
        (COUNCIL, date(2023, 5, 2)),
    )
    assert [group.score for group in groups] == [1.0, 0.99]
    assert groups[0].shown.score == 0.98
    assert [other.score for other in groups[0].others] == [1.0, 0.97]


def test_repeats_leave_room_for_others() -> None:
    groups = groups_of(2, *[(COUNCIL, None)] * 9, (FERRY, None))
    assert [group.score for group in groups] == [1.0, pytest.approx(0.91)]
    assert len(groups[0].others) == 8


@given(st.integers(0, 6), st.lists(st.sampled_from([COUNCIL, FERRY, "One", "Two", "Three"]), max_size=12))
def test_no_more_groups_than_asked_and_none_left_out(limit: int, chosen: list[str]) -> None:
    groups = groups_of(limit, *((text, None) for text in chosen))
    assert len(groups) == min(limit, len(set(chosen)))
