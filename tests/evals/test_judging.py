"""Checks pass for right answers and fail for each kind of wrong one; metrics count what they say."""

from pathlib import Path
from typing import Any

import pytest

from evals.errors import AnswerShapeError
from evals.record import CaseRecord
from evals.reply import Reply
from evals.subject import Asked
from evals.suite import Case
from tests.evals.fakes import TownSubject, always, changed, records_of, town_suite

BURNT = "cases:\n  - {{id: a, question: 'When was the mill of Birk burnt down?', expect: {{{}}}}}\n"


def failed(record: CaseRecord) -> set[str]:
    return {check.name for check in record.checks if not check.passed}


def test_right_answers_pass(tmp_path: Path) -> None:
    records = records_of(town_suite(tmp_path), TownSubject())
    assert {name: failed(record) for name, record in records.items()} == {name: set() for name in records}


def test_declining_what_can_be_answered_fails_and_counts(tmp_path: Path) -> None:
    subject = changed(TownSubject(), declines=always(True))
    record = records_of(town_suite(tmp_path), subject)["opened"]
    assert {"status", "articles"} <= failed(record)
    assert record.tallies["declining_precision"].value == 0
    assert record.tallies["answer_contained"].value == 0
    assert record.tallies["citation_recall"].value == 0
    assert record.tallies["short_answer_f1"].value == 0
    assert "citation_precision" not in record.tallies
    assert "quotes_verbatim" not in record.tallies


def test_the_reason_of_a_declined_question_is_no_answer(tmp_path: Path) -> None:
    """Words of the refusal must not count as the expected ones."""
    suite = town_suite(
        tmp_path, "cases:\n  - {id: a, question: 'Which king reigned?', expect: {contains: [nothing]}}\n"
    )
    record = records_of(suite, TownSubject())["a"]
    assert record.tallies["answer_contained"].value == 0


def test_answering_what_cannot_be_answered_fails(tmp_path: Path) -> None:
    subject = changed(TownSubject(), declines=always(False))
    record = records_of(town_suite(tmp_path), subject)["king"]
    assert failed(record) == {"status"}
    assert record.tallies["declining_recall"].value == 0
    assert "declining_precision" not in record.tallies


@pytest.mark.parametrize("shift", [(1, 1), (0, -1), (-5, 0), (10_000, 10_000)])
def test_a_quote_off_its_offsets_is_caught(tmp_path: Path, shift: tuple[int, int]) -> None:
    subject = changed(
        TownSubject(), span=lambda start, sentence: (start + shift[0], start + len(sentence) + shift[1])
    )
    record = records_of(town_suite(tmp_path), subject)["cost"]
    assert failed(record) == {"verbatim"}
    assert record.tallies["quotes_verbatim"].value == 0


def test_a_quote_from_a_version_that_is_not_stored_is_caught(tmp_path: Path) -> None:
    subject = changed(TownSubject(), text_of=always(None))
    assert "verbatim" in failed(records_of(town_suite(tmp_path), subject)["opened"])


def test_the_wrong_article_fails_and_lowers_precision_and_recall(tmp_path: Path) -> None:
    text = BURNT.format("articles: [bridge]")
    record = records_of(town_suite(tmp_path, text), TownSubject())["a"]
    assert failed(record) == {"articles"}
    assert record.tallies["citation_recall"].value == 0
    assert record.tallies["citation_precision"].value == 0


def test_a_related_article_is_right_without_being_demanded(tmp_path: Path) -> None:
    text = BURNT.format("articles: [bridge], related: [mill]")
    record = records_of(town_suite(tmp_path, text), TownSubject())["a"]
    assert record.tallies["citation_recall"].value == 0
    assert record.tallies["citation_precision"].value == 1


def test_forbidden_words_and_missing_quotes_fail(tmp_path: Path) -> None:
    text = """\
cases:
  - id: a
    question: When was the mill of Birk burnt down?
    must_not_say: ["1904"]
    expect: {quotes: ["Nobody was hurt", "The mill of Birk"]}
"""
    record = records_of(town_suite(tmp_path, text), TownSubject())["a"]
    assert failed(record) == {"not_said", "quotes"}
    assert record.tallies["not_said"].value == 0
    assert record.tallies["quote_recall"].value == 0.5


def test_a_question_that_breaks_the_assistant_is_a_failed_case_with_its_trace(tmp_path: Path) -> None:
    def broken(case: Case) -> Any:
        raise RuntimeError("the disk is on fire")

    record = records_of(town_suite(tmp_path), changed(TownSubject(), ask=broken))["king"]
    assert failed(record) == {"answered"}
    assert record.error is not None
    assert "the disk is on fire" in record.error
    assert record.tallies["status_accuracy"].value == 0
    assert record.tallies["declining_recall"].value == 0


def test_a_record_survives_json(tmp_path: Path) -> None:
    for record in records_of(town_suite(tmp_path), TownSubject()).values():
        assert CaseRecord.from_json(record.to_json()) == record


def test_an_answer_of_another_shape_is_refused() -> None:
    with pytest.raises(AnswerShapeError):
        Reply.from_json({"status": "answered"})


def test_a_wrong_short_answer_fails_and_none_does_not(tmp_path: Path) -> None:
    suite = town_suite(tmp_path)
    wrong = records_of(suite, changed(TownSubject(), short_answer=always("Alder")))["opened"]
    assert failed(wrong) == {"short_answer_shown"}
    assert wrong.tallies["short_answer_exact"].value == 0
    without = records_of(suite, changed(TownSubject(), short_answer=always(None)))["opened"]
    assert without.passed
    assert without.tallies["short_answer_f1"].value == 0
    assert without.tallies["short_answer_leads"].value == 1


def test_an_answer_that_comes_late_does_not_lead(tmp_path: Path) -> None:
    class Rambling(TownSubject):
        def ask(self, case: Case) -> Asked:
            asked = super().ask(case)
            first = {"text": "The weather was fine.", "citations": [1], "support": "quoted"}
            asked.answer["sentences"].insert(0, first)
            return asked

    record = records_of(town_suite(tmp_path), Rambling())["opened"]
    assert record.passed
    assert record.tallies["short_answer_leads"].value == 0
