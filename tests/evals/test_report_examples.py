"""Whole reports cut into passages: where a question's answer stands, and what else it is put to."""

from typing import Any

import pytest

from evals.training.reader.reports import BESIDE, places_of, report_examples

OPENING = "ARTA — The ferry Makri ran aground off Arta on Monday with ninety people aboard. " + (
    "It had left the harbour an hour before in fair weather, and the sea was calm. " * 6
)
MIDDLE = "The vessel belongs to a firm of three brothers. " + (
    "Divers will look at the hull as soon as the current allows it, the coast guard said. " * 6
)
LAST = "Nobody was hurt. A retired baker led the passengers up the cliff. " + (
    "Goats looked on from above, as they do there in spring. " * 8
)


def row(*asked: list[str]) -> dict[str, Any]:
    return {"title": "Ferry aground", "paragraphs": [OPENING, MIDDLE, LAST], "qas": list(asked)}


def test_an_answered_question_is_put_to_its_passage_and_to_the_likest_other_one() -> None:
    answers, misses = report_examples(
        row(["Who showed the people of the Makri the way?", "A retired baker"]), "g", "own"
    )
    (place,) = answers.spans
    assert (answers.source, answers.text[slice(*place)]) == ("own", "A retired baker")
    assert (misses.source, misses.answerable, misses.spans) == (BESIDE, False, ())
    assert "Makri" in misses.text


def test_a_later_passage_stands_under_the_first_sentence_where_that_has_a_word_of_the_question() -> None:
    asked = ["Who showed the people of the Makri the way?", "A retired baker"]
    answers, misses = report_examples(row(asked), "g", "own")
    assert answers.title.startswith("Ferry aground. The ferry Makri ran aground")
    assert misses.title == "Ferry aground"
    plain, _ = report_examples(row(["Who showed the way?", "A retired baker"]), "g", "own")
    assert plain.title == "Ferry aground"


def test_a_question_that_nothing_answers_is_put_to_two_passages() -> None:
    examples = list(report_examples(row(["When was the Makri built?", ""]), "g", "own"))
    assert [one.source for one in examples] == ["own", BESIDE]
    assert len({one.text for one in examples}) == 2
    assert not any(one.answerable for one in examples)


def test_passages_that_hold_the_answer_are_no_misses() -> None:
    twice = {"title": "", "paragraphs": [LAST, MIDDLE, LAST.replace("Goats", "Sheep")], "qas": []}
    asked = {**twice, "qas": [["Who led them?", "A retired baker"]]}
    answers, misses = report_examples(asked, "g", "own")
    assert answers.answerable
    assert "baker" not in misses.text


def test_a_report_of_one_passage_has_no_other() -> None:
    short = {
        "title": "",
        "paragraphs": ["Ada fell.", "She is well."],
        "qas": [["Who fell?", "Ada"], ["When?", ""]],
    }
    assert [one.source for one in report_examples(short, "g", "own")] == ["own", "own"]


def test_every_passage_is_a_part_of_the_report() -> None:
    whole = "\n\n".join((OPENING, MIDDLE, LAST))
    asked = row(
        ["Who owns her?", "three brothers"],
        ["Who sold her?", ""],
        ["Was it calm?", "the sea was calm", OPENING],
    )
    for one in report_examples(asked, "g", "own"):
        assert one.text in whole
        assert one.group == "g"
        assert all(0 <= start < end <= len(one.text) for start, end in one.spans)


@pytest.mark.parametrize(
    ("where", "found"), [("", ((0, 3), (13, 16))), ("and Ada", ((13, 16),)), ("Ada ran", ((0, 3),))]
)
def test_an_answer_stands_everywhere_or_where_it_is_told(
    where: str, found: tuple[tuple[int, int], ...]
) -> None:
    assert places_of("Ada ran, and Ada won.", "Ada", where) == found


@pytest.mark.parametrize(("answer", "where"), [("Eve", ""), ("won", "Ada ran"), ("Ada", "not there")])
def test_an_answer_that_is_not_there_is_refused(answer: str, where: str) -> None:
    with pytest.raises(ValueError, match="does not stand"):
        places_of("Ada ran, and Ada won.", answer, where)
