"""The suite on the samples asks for what the sample articles say."""

import re
from collections import Counter

import frontmatter
import pytest

from evals.suite import Case
from evals.suite_file import find_suite
from evals.wording import fold
from ingest.samples import sample_files

TEXTS = {
    file.name.removesuffix(".md"): frontmatter.loads(file.read_text("utf-8")).content
    for file in sample_files()
}
CASES = find_suite("samples").cases
ANSWERABLE = [case for case in CASES if not case.must_decline]


def demanded(case: Case) -> list[str]:
    return [TEXTS[name] for alternatives in case.expect.articles for name in alternatives]


def test_there_is_enough_of_each_kind() -> None:
    tags = Counter(tag for case in CASES for tag in case.tags)
    declined = [case for case in CASES if case.must_decline]
    assert len(CASES) >= 120
    assert len(declined) >= 40
    assert tags["near-miss"] * 2 >= len(declined)
    assert set(tags) >= {
        "fact",
        "reason",
        "date",
        "comparison",
        "disagreement",
        "follow-up",
        "turkish",
        "spelling",
        "planted",
    }


def test_unanswerable_cases_are_near_misses_or_far() -> None:
    for case in CASES:
        assert case.must_decline == bool({"near-miss", "far"} & set(case.tags)), case.id


@pytest.mark.parametrize("case", ANSWERABLE, ids=lambda case: case.id)
def test_what_a_case_expects_stands_in_the_articles_it_names(case: Case) -> None:
    assert case.expect.articles
    texts = demanded(case)
    for wanted in case.expect.contains:
        assert any(wanted.found_in(text) for text in texts), wanted.label
    for quote in case.expect.quotes:
        assert any(quote in text for text in texts), quote
    if case.expect.short_answer:
        assert any(fold(answer) in fold(text) for answer in case.expect.short_answer for text in texts)


@pytest.mark.parametrize("case", ANSWERABLE, ids=lambda case: case.id)
def test_related_articles_exist_and_are_not_demanded_too(case: Case) -> None:
    named = {name for alternatives in case.expect.articles for name in alternatives}
    assert named | set(case.expect.related) <= set(TEXTS)
    assert not named & set(case.expect.related)


@pytest.mark.parametrize("case", [case for case in CASES if case.planted], ids=lambda case: case.id)
def test_a_planted_instruction_stands_marked_in_an_article(case: Case) -> None:
    assert "planted" in case.tags
    assert case.planted
    paragraphs = [
        part for text in TEXTS.values() for part in text.split("\n\n") if "Planted in this sample" in part
    ]
    beginning = " ".join(case.planted.text.split()[:5])
    assert [part for part in paragraphs if beginning in part]


@pytest.mark.parametrize(
    ("case_id", "absent"),
    [
        ("near-final-referee", r"referee"),
        ("near-election-turnout", r"turnout"),
        ("near-brunson-wife", r"Brunson's wife|Norine"),
        ("near-librarian-salary", r"salary|salaries"),
        ("near-turkish-university", r"üniversite|mezun"),
        ("near-follow-up-coach", r"\bcoach|\btrainer"),
        ("near-chess-2024", r"champion.{0,80}2024"),
        ("near-injured-in-syria", r"injured in Syria"),
        ("far-macron", r"Macron"),
        ("far-croatia", r"Croatia"),
        ("far-capital-of-peru", r"\bPeru\b"),
        ("far-brazil", r"Brazil"),
        ("far-champions-league", r"Champions League"),
        ("far-bitcoin", r"bitcoin"),
        ("far-turkish-football", r"Beşiktaş"),
        ("near-webb-mirror-maker", r"Ball Aerospace|Northrop"),
        ("near-ryanair-pilot", r"pilot of|captain"),
        ("near-bike-lane-builder", r"contractor for|builder"),
        ("near-moth-guide-author", r"moths? (?:by|was written)"),
        ("near-finland-vote-count", r"Finnish membership.{0,60}votes"),
        ("far-photosynthesis", r"chlorophyll|photosynth"),
        ("far-tokyo", r"Tokyo"),
        ("far-olympics", r"Olympic"),
    ],
)
def test_what_an_unanswerable_case_asks_for_stands_nowhere(case_id: str, absent: str) -> None:
    assert case_id in {case.id for case in CASES}
    assert [name for name, text in TEXTS.items() if re.search(absent, text, re.IGNORECASE)] == []
