"""Questions of further sets in SQuAD's form."""

import json
import random
from pathlib import Path
from typing import Any

from evals.parts import part_of
from evals.training.reader import others
from evals.training.reader.examples import ReadingExample
from evals.training.reader.others import attacked_questions, other_examples

BRIDGE = "The bridge of Arta fell in May. It was built by Ada in 1904."
HELD_TITLE = next(title for title in map(str, range(1_000)) if part_of(title) == "report")


def question(asked: str, *answers: tuple[int, str], impossible: bool = False) -> dict[str, Any]:
    found = [{"answer_start": start, "text": text} for start, text in answers]
    return {"id": asked, "question": asked, "answers": found, "is_impossible": impossible}


def write(folder: Path, name: str, *questions: dict[str, Any], **article: str) -> None:
    paragraph = {"context": article.pop("context", BRIDGE), "qas": list(questions)}
    (folder / f"{name}.json").write_text(json.dumps({"data": [{**article, "paragraphs": [paragraph]}]}))


def read(folder: Path, *human: ReadingExample) -> list[ReadingExample]:
    return other_examples(folder, human, random.Random(0))


def test_answers_keep_their_places_and_an_untitled_paragraph_is_its_own_group(tmp_path: Path) -> None:
    start = BRIDGE.index("Ada")
    write(
        tmp_path, "one", question("Who built it?", (start, "Ada")), question("Who sold it?", impossible=True)
    )
    built, sold = sorted(read(tmp_path), key=lambda one: one.question)
    assert built.text[slice(*built.spans[0])] == "Ada"
    assert built.group
    assert BRIDGE.startswith(built.group)
    assert (sold.answerable, sold.spans) == (False, ())


def test_an_answer_that_does_not_stand_where_it_should_is_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        "one",
        question("Who built it?", (0, "Ada")),
        question("Who sold it?"),
        question("Who?", (3, "")),
    )
    assert read(tmp_path) == []


def test_what_is_measured_on_is_never_learnt_from(tmp_path: Path) -> None:
    start = BRIDGE.index("Ada")
    write(tmp_path, "one", question("Who built it?", (start, "Ada")))
    same_question = ReadingExample("clapnq", HELD_TITLE, "who built it", "", "Another text.", answerable=True)
    same_text = ReadingExample("squad", "any", "When did it fall?", "", BRIDGE, answerable=True)
    assert len(read(tmp_path)) == 1
    assert read(tmp_path, same_question) == []
    assert read(tmp_path, same_text) == []


def test_no_set_gives_more_than_its_share(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(others, "MOST_OF_A_SET", 2)
    for name in ("one", "two"):
        start = BRIDGE.index("1904")
        write(tmp_path, name, *(question(f"{name} {at}?", (start, "1904")) for at in range(5)))
    assert len(read(tmp_path)) == 4


def test_no_folder_gives_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == []


def test_questions_that_are_attacked_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "sets").mkdir()
    write(tmp_path / "sets", "one", question("Who built it?", (BRIDGE.index("Ada"), "Ada")))
    row = {"id": "a", "question": "Who built it", "correct answer": "Ada", "incorrect answer": "Eve"}
    rows = {"a": {**row, "adv_texts": ["Eve built it."] * 5}}
    (tmp_path / "poisonedrag").mkdir()
    (tmp_path / "poisonedrag" / "nq.json").write_text(json.dumps(rows))
    attacked = attacked_questions(tmp_path / "poisonedrag")
    assert attacked == ["Who built it"]
    assert other_examples(tmp_path / "sets", [], random.Random(0), attacked) == []
    assert attacked_questions(tmp_path / "nowhere") == []
