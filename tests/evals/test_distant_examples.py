"""Questions far from the words of their passages: found again, placed, split, and mixed with others."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from evals.json_files import json_rows
from evals.parts import part_of
from evals.training.reader.distant import (
    MINED_SHARE,
    SOURCE,
    WRITTEN,
    among_others,
    distant_examples,
    learnt_from,
    paragraph_id,
)
from evals.training.reader.examples import ReadingExample

BRIDGE = "The bridge of Arta fell in 1904. Ada built it, and Ada paid for it."


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    written = folder / "written"
    written.mkdir()
    (written / "one.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return written


def fragments(folder: Path) -> Path:
    paragraph = {"context": BRIDGE, "qas": [{"question": "Who?", "answers": [], "is_impossible": True}]}
    (folder / "part.json").write_text(json.dumps({"data": [{"title": "Arta", "paragraphs": [paragraph]}]}))
    return folder


def test_a_paragraph_is_found_by_its_name_and_one_that_is_not_at_hand_left_out(tmp_path: Path) -> None:
    written = write(
        tmp_path,
        {"id": paragraph_id(BRIDGE), "spans": [["In which year did it give way?", [[27, 31]]]]},
        {"id": paragraph_id("Another text."), "spans": [["What is it?", [[8, 12]]]]},
    )
    (only,) = distant_examples(fragments(tmp_path), written)
    assert (only.title, only.text, only.text[slice(*only.spans[0])]) == ("Arta", BRIDGE, "1904")


def test_an_answer_stands_wherever_it_is_or_in_the_piece_that_is_told(tmp_path: Path) -> None:
    asked = [["Whose work is it?", "Ada"], ["Whose money?", "Ada", "Ada paid"], ["Who sold it?", ""]]
    written = write(tmp_path, {"title": "A fall", "text": BRIDGE, "qas": asked})
    everywhere, there, nowhere = distant_examples(tmp_path, written)
    assert len(everywhere.spans) == 2
    assert there.spans == ((BRIDGE.index("Ada paid"), BRIDGE.index("Ada paid") + 3),)
    assert (nowhere.answerable, nowhere.spans) == (False, ())


@pytest.mark.parametrize("where", [["Eve"], ["Ada", "fell in 1904"], ["Ada", "no such piece"]])
def test_an_answer_that_does_not_stand_there_is_refused(tmp_path: Path, where: list[str]) -> None:
    written = write(tmp_path, {"title": "", "text": BRIDGE, "qas": [["Who?", *where]]})
    with pytest.raises(ValueError, match="does not stand"):
        distant_examples(tmp_path, written)


def test_sentences_that_make_a_whole_answer_are_evidence_without_a_span(tmp_path: Path) -> None:
    end = BRIDGE.index(".") + 1
    asked = [["what became of the crossing", [[0, end]]], ["what did it cost", []]]
    written = write(tmp_path, {"title": "", "text": BRIDGE, "whole": asked})
    whole, none = distant_examples(tmp_path, written)
    assert (whole.answerable, whole.spans, whole.evidence) == (True, (), ((0, end),))
    assert (none.answerable, none.knows_spans, none.evidence) == (False, True, ())


def test_reports_of_one_story_are_one_group_and_others_their_own(tmp_path: Path) -> None:
    asked = [["Who?", ""]]
    reports = [{"title": "", "text": f"Report {number}.", "qas": asked, "story": "a"} for number in range(2)]
    alone = {"title": "", "text": "Another.", "qas": asked}
    groups = [example.group for example in distant_examples(tmp_path, write(tmp_path, *reports, alone))]
    assert groups == ["a", "a", paragraph_id("Another.")]


@pytest.mark.parametrize("kind", ["spans", "whole"])
def test_offsets_beyond_the_text_are_refused(tmp_path: Path, kind: str) -> None:
    written = write(tmp_path, {"title": "", "text": "Short.", kind: [["who", [[0, 99]]]]})
    with pytest.raises(ValueError, match="does not stand"):
        distant_examples(tmp_path, written)


def one(number: int, *, answerable: bool) -> ReadingExample:
    text = f"Passage {number} tells of a place."
    spans = ((0, 7),) if answerable else ()
    return ReadingExample("distant", paragraph_id(text), f"What of {number}?", "", text, answerable, spans)


def test_every_question_is_met_as_often_as_said_beside_others_and_some_misses() -> None:
    examples = [one(number, answerable=number % 2 == 0) for number in range(40)]
    other = ReadingExample("squad", "a", "Who?", "", "Nobody.", answerable=False)
    mixed = among_others(examples, [other], 3, random.Random(0))
    assert all(mixed.count(example) == 3 for example in examples)
    assert mixed.count(other) == 1
    mined = [example for example in mixed if example.source == "mined"]
    assert not any(example.answerable for example in mined)
    assert len(mined) <= 3 * int(MINED_SHARE * 20)


class TestWhatShips:
    def test_every_line_is_well_formed(self) -> None:
        rows = [row for file in sorted(WRITTEN.glob("*.jsonl")) for _, row in json_rows(file)]
        assert len(rows) > 1_000
        for row in rows:
            assert sum(name in row for name in ("id", "text", "paragraphs", "report")) == 1
            asked = [*row.get("qas", ()), *row.get("spans", ()), *row.get("whole", ())]
            assert asked
            assert all(2 <= len(one) <= 3 and one[0].strip() for one in asked)

    def test_the_reports_written_for_it_hold_their_answers_and_are_split(self, tmp_path: Path) -> None:
        examples = distant_examples(tmp_path)
        learnt = learnt_from(examples)
        assert {part_of(example.group) for example in learnt} == {"train"}
        assert 0.6 < len(learnt) / len(examples) < 0.8
        own = [example for example in examples if example.source == SOURCE]
        assert 0.4 < sum(example.answerable for example in own) / len(own) < 0.7


def test_further_questions_of_a_report_are_put_to_it(tmp_path: Path) -> None:
    report = {
        "title": "A fall",
        "paragraphs": [BRIDGE],
        "qas": [["Who built it?", "Ada", "Ada built"]],
    }
    named = {"report": paragraph_id(BRIDGE), "qas": [["Who sold it?", ""]]}
    first, further = distant_examples(tmp_path, write(tmp_path, report, named))
    assert (first.answerable, further.answerable) == (True, False)
    assert further.text == first.text
    assert further.group == first.group


def test_questions_of_a_report_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no report"):
        distant_examples(tmp_path, write(tmp_path, {"report": "0" * 12, "qas": [["Who?", ""]]}))
