"""What the reader learns from: the sets' questions, mined negatives and questions written by rules."""

import json
import random
from pathlib import Path
from typing import Any

from evals.training.reader.examples import (
    ReadingExample,
    answers_by_question,
    clapnq_examples,
    mined_negatives,
    squad_examples,
    timeqa_examples,
)
from evals.training.reader.writing import written_examples

MILL = "The old mill stands by the Fenwater river. It was built in 1712 by Agnes Holt, a wealthy widow."
BRIDGE = "The stone bridge of Fenwater was opened by Tom Reed in 1802. Its tolls paid for a school."


def _squad(folder: Path) -> None:
    answer = {"text": "Agnes Holt", "answer_start": MILL.index("Agnes")}
    asked = {"question": "Who built the mill?", "answers": [answer, answer], "id": "1"}
    other = {"question": "Who burnt the mill?", "answers": [], "is_impossible": True, "id": "2"}
    for name, questions in (("dev-v1.1.json", [asked]), ("dev-v2.0.json", [asked, other])):
        article = {"title": "Fenwater_mill", "paragraphs": [{"context": MILL, "qas": questions}]}
        (folder / name).write_text(json.dumps({"data": [article]}))


def _lines(file: Path, rows: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_a_question_of_both_squads_is_taken_once_and_its_span_is_the_answer(tmp_path: Path) -> None:
    _squad(tmp_path)
    first, second = squad_examples(tmp_path)
    assert [first.text[slice(*span)] for span in first.spans] == ["Agnes Holt"]
    assert first.group == "Fenwater mill"
    assert not second.answerable
    assert second.knows_spans


def test_clapnq_gives_the_chosen_sentences(tmp_path: Path) -> None:
    chosen = "It was built in 1712 by Agnes Holt, a wealthy widow."
    _lines(tmp_path / "corpus.jsonl", [{"_id": "p", "title": "Mill", "text": MILL}])
    row = {"_id": "q", "text": "tell me of the mill", "passages": ["p"], "answerable": True}
    _lines(tmp_path / "queries.jsonl", [row | {"selected_sentences": [[chosen]]}])
    (example,) = clapnq_examples(tmp_path)
    assert [example.text[slice(*span)] for span in example.evidence] == [chosen]
    assert not example.knows_spans


def test_timeqa_finds_the_answer_in_the_judged_paragraph(tmp_path: Path) -> None:
    _lines(tmp_path / "corpus.jsonl", [{"_id": "0_1", "title": "Fenwater_bridge", "text": BRIDGE}])
    row = {"_id": "0_q0", "text": "Who opened it in 1802?", "answers": ["Tom Reed"], "answerable": True}
    _lines(tmp_path / "queries.jsonl", [row])
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n0_q0\t0_1\t1\n")
    (example,) = timeqa_examples(tmp_path)
    assert [example.text[slice(*span)] for span in example.spans] == ["Tom Reed"]


def test_a_mined_negative_is_near_and_holds_no_answer() -> None:
    at = MILL.index("Agnes Holt")
    asked = ReadingExample("squad", "a", "Who built the old mill?", "Mill", MILL, True, ((at, at + 10),))
    same = "The old mill was sold by Agnes Holt, who had the mill built."
    others = [
        ReadingExample("squad", "b", "?", "Bridge", BRIDGE, False),
        ReadingExample("squad", "c", "?", "Sale", same, False),
        ReadingExample("squad", "d", "?", "Wind", "A new mill was built on the hill.", False),
    ]
    (negative,) = mined_negatives([asked], [asked, *others], random.Random(0), answers_by_question([asked]))
    assert negative.title == "Wind"
    assert not negative.answerable


def test_written_questions_lack_their_answer_which_stands_in_the_text() -> None:
    paragraphs = [
        ("Fenwater mill", MILL + " The mill closed in March 1911 after a fire destroyed its wheel."),
        ("Fenwater bridge", BRIDGE + " About 300 carts crossed the bridge every day in those years."),
    ]
    examples = written_examples(paragraphs * 10, 30, random.Random(1))
    assert len(examples) > 10
    assert {example.answerable for example in examples} >= {True}
    for example in examples:
        for start, end in example.spans:
            answer = example.text[start:end]
            assert answer
            assert answer.casefold() not in example.question.casefold()
