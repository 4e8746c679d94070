"""Pairs of questions keep their answers in place, and what tells them apart is put into other questions."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.training.reader.examples import ReadingExample
from evals.training.reader.further import news_examples
from evals.training.reader.misleading import misleading_examples
from evals.training.reader.pairs import (
    COMMON_EDIT,
    EditList,
    QuestionPair,
    paired_examples,
    question_pairs,
    sentence_pairs,
)

CONTEXT = "the bridge fell . it was built by ada ( an engineer ) in 1904 ."
ASKED, MISLEADING = "who built the bridge ?", "who demolished the bridge ?"


def write_lines(file: Path, lines: list[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A pair beside its paragraph, one beside its sentence, and one of news."""
    folder = tmp_path / "unansq"
    write_lines(folder / "dev-context.txt", [f"{CONTEXT}\t4\t14"])
    write_lines(folder / "dev-answerable-questions.txt", [f"1\t{ASKED}\t8\t8"])
    write_lines(folder / "dev-unanswerable-questions.txt", [f"2\t{MISLEADING}\t8\t8"])
    write_lines(folder / "train-answerable-questions.txt", ["3\twhen did it open ?\t0\t0", "4\twhat ?\t0\t0"])
    write_lines(
        folder / "train-unanswerable-questions.txt", ["5\twhen did n't it open ?\t0\t0", "6\tno ?\t0\t0"]
    )
    write_lines(tmp_path / "nqg" / "tgt-test.txt", ["when did it open ?", "never asked ?"])
    write_lines(tmp_path / "nqg" / "src-test.txt", ["it opened in may .", "of another ."])
    level = {"context": "Ada  built it. It fell.", "a_spans": [[0, 0, 2, 2], [3, 9]]}
    paragraph = {"Adv": level, "qas": [{"question": "Who built it?"}, {"question": "What fell?"}]}
    news = {"data": [{"title": "Bridge", "paragraphs": [paragraph]}]}
    write_lines(tmp_path / "onestop" / "onestop_qa.json", [json.dumps(news)])
    return tmp_path


def example(question: str, text: str, span: str) -> ReadingExample:
    start = text.index(span)
    return ReadingExample("squad", "g", question, "Bridge", text, True, ((start, start + len(span)),))


def test_both_questions_stand_beside_their_paragraph(data: Path) -> None:
    first, second = paired_examples(data / "unansq")
    assert first.text == second.text == "The bridge fell. It was built by ada (an engineer) in 1904."
    assert (first.question, second.question) == ("who built the bridge?", "who demolished the bridge?")
    assert [first.text[start:end] for start, end in first.spans] == ["ada"]
    assert (first.answerable, second.answerable) == (True, False)


def test_pairs_whose_sentence_is_known_stand_beside_it(data: Path) -> None:
    first, second = sentence_pairs(question_pairs(data / "unansq"), data / "nqg")
    assert first.text == second.text == "It opened in may."
    assert first.evidence == ((0, len(first.text)),)
    assert second.question == "when didn't it open?"
    assert not second.answerable


def test_what_replaced_what_is_put_into_other_questions(data: Path) -> None:
    edits = EditList(question_pairs(data / "unansq"))
    assert len(edits) == 1  # a denial alone teaches nothing, nor does a pair that differs in all
    asked = [
        example("Who built the tower?", "Bo built it.", "Bo"),
        example("Who demolished it?", "Bo demolished it.", "Bo"),
        example("Who built the wall?", "Cy built what Bo demolished.", "Cy"),
    ]
    (made,) = edits.edited(asked, random.Random(0))
    assert made.question == "who demolished the tower?"
    assert (made.source, made.answerable, made.spans) == ("edited", False, ())
    assert made.text == asked[0].text


@given(st.integers(1, 3 * COMMON_EDIT))
def test_a_common_edit_counts_no_more_than_so_often(times: int) -> None:
    pair = QuestionPair(("who", "won", "first"), ("who", "won", "last"))
    assert len(EditList([pair] * times)) == min(times, COMMON_EDIT)


def test_what_must_be_read_of_news_is_its_evidence(data: Path) -> None:
    (only,) = news_examples(data / "onestop" / "onestop_qa.json")
    assert [only.text[start:end] for start, end in only.evidence] == ["Ada", "it."]
    assert not only.knows_spans


def test_the_mixture_holds_every_kind(data: Path) -> None:
    human = [
        example("Who built the tower?", "Bo built the tower in 1890.", "Bo"),
        ReadingExample("clapnq", "g", "why", "t", "It fell. So it is.", True, evidence=((0, 8),)),
        ReadingExample("squad", "g", "Who sold it?", "Bridge", "Bo built it.", answerable=False),
    ]
    mixed = misleading_examples(data, human, [], random.Random(0))
    counted = {source: sum(one.source == source for one in mixed) for source in {one.source for one in mixed}}
    assert counted == {"squad": 2, "clapnq": 3, "paired": 4, "edited": 2, "onestop": 1}
