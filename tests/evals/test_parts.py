"""The parts of a set: fixed by the title alone, in the stated shares."""

from __future__ import annotations

from collections import Counter

import pytest

from evals.parts import PARTS, part_of


def test_parts_stay_what_they_were() -> None:
    # Readers are trained on one part and measured on another: a change here would mix the two.
    titles = ["Normans", "Oxygen", "Black_Death", "Warsaw", "Kenya", "Force", "Immune system"]
    assert [part_of(title) for title in titles] == [
        "report",
        "develop",
        "report",
        "develop",
        "train",
        "train",
        "develop",
    ]


@pytest.mark.parametrize(
    "same", ["Black_Death", "black death", " BLACK  DEATH ", "Black\u00a0Death", "Ｂlack Death"]
)
def test_one_article_named_in_several_ways_is_in_one_part(same: str) -> None:
    assert part_of(same) == part_of("Black Death")


def test_shares_of_many_titles() -> None:
    counts = Counter(part_of(f"Article number {number}") for number in range(20_000))
    assert set(counts) == set(PARTS)
    assert counts["train"] / 20_000 == pytest.approx(0.70, abs=0.015)
    assert counts["develop"] / 20_000 == pytest.approx(0.15, abs=0.015)


@pytest.mark.parametrize("blank", ["", "  ", "_", "\u00a0"])
def test_a_blank_title_is_refused(blank: str) -> None:
    with pytest.raises(ValueError, match="no part"):
        part_of(blank)
