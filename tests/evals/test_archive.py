"""An archive of whole reports: which ones it has, and what asking it gives."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals import collection
from evals.parts import part_of
from evals.training.archive import ArchiveReport, AskedOfArchive, archive_reports, asked_of_archive
from evals.training.declining_examples import would_be_shown
from ingest.article import ArticleHead

FERRY = ArchiveReport(
    "Ferry Makri aground off Arta",
    "The ferry Makri ran aground off Arta on Monday.\n\nThe owner, Ida Holt, blamed the fog.",
    "ferry",
    (("Who owns the ferry Makri?", "Ida Holt"), ("When was the ferry Makri built?", "")),
)
BRIDGE = ArchiveReport(
    "Bridge of Elvik repainted",
    "The bridge of Elvik was repainted in May.\n\nIda Holt, the mayor, chose a dark green.",
    "bridge",
    (("What colour did the mayor of Elvik choose for the bridge?", "green"),),
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(collection, "cache_folder", lambda: tmp_path)
    return tmp_path


def test_its_reports_are_of_the_parts_that_were_asked_for_and_stories_stay_together() -> None:
    held, learnt = archive_reports(("develop", "report")), archive_reports(("train",))
    assert {part_of(one.group) for one in learnt} == {"train"}
    assert not {one.group for one in held} & {one.group for one in learnt}
    assert all(one.text and one.asked for one in (*held, *learnt))


@pytest.mark.usefixtures("cache")
def test_questions_are_read_as_an_answerer_reads_them() -> None:
    owner, built, colour = asked_of_archive(None, (FERRY, BRIDGE))
    assert (owner.answer, built.answer, colour.answer) == ("Ida Holt", "", "green")
    chosen = would_be_shown(colour.question, colour.reading, colour.reader)
    assert chosen is not None
    assert chosen.told[0][0].title == BRIDGE.title
    assert "green" in chosen.told[0][1]
    assert not chosen.refused


def _article_found_first(asked: AskedOfArchive) -> ArticleHead:
    return asked.reading.ranked[0].candidate.retrieved.article


@pytest.mark.usefixtures("cache")
def test_the_right_words_in_a_report_of_something_else_answer_nothing() -> None:
    owner, built, colour = asked_of_archive(None, (FERRY, BRIDGE))
    ferry, bridge = (_article_found_first(one) for one in (owner, colour))
    assert owner.is_answered_by(ferry, "The owner, Ida Holt, blamed the fog.")
    assert not owner.is_answered_by(bridge, "Ida Holt, the mayor, chose a dark green.")
    assert not owner.is_answered_by(ferry, "The ferry ran aground.")
    assert not built.is_answered_by(ferry, FERRY.text)


@pytest.mark.usefixtures("cache")
def test_one_of_so_many_questions_is_asked() -> None:
    assert [one.answer for one in asked_of_archive(None, (FERRY, BRIDGE), every=2)] == ["Ida Holt", "green"]


@pytest.mark.usefixtures("cache")
def test_what_one_report_of_a_story_leaves_open_another_may_tell() -> None:
    later = replace(FERRY, title="Ferry Makri afloat again", asked=())
    assert [one.answer for one in asked_of_archive(None, (FERRY, later, BRIDGE))] == ["Ida Holt", "green"]
