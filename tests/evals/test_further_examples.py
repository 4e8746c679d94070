"""Further questions keep their answers in place, and changed ones are answered by nothing."""

import json
import random
from pathlib import Path

import pytest

from evals.training.reader.examples import ReadingExample
from evals.training.reader.further import further_examples, running_text
from evals.training.reader.swapping import swapped_negatives

DOCUMENT = "Wiki1k:wikinews:7"
FIRST = f"{DOCUMENT}:0:0"
SECOND = f"{DOCUMENT}:1:0"
SENTENCES = {FIRST: "The bridge fell on Monday .", SECOND: "Ships stopped -LRB- all of them -RRB- ."}


def write_rows(file: Path, rows: list[list[str]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join("\t".join(row) for row in rows) + "\n", "utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a little of every set."""
    write_rows(tmp_path / "qamr" / "wiki-sentences.tsv", [[key, text] for key, text in SENTENCES.items()])
    write_rows(
        tmp_path / "qamr" / "dev.tsv",
        [
            [FIRST, "1", "7", "0", "1", "What fell?", "0 1", "9:1", "8:0 1"],
            [FIRST, "1", "7", "1", "1", "What fell when?", "1 4", "9:", "8:1 4"],
            [SECOND, "1", "7", "0", "1", "What stopped?", "0", "9:0", "8:0"],
        ],
    )
    write_rows(
        tmp_path / "qadiscourse" / "wikinews_dev.tsv",
        [
            ["qasrl_id", "sentence", "w", "full_question", "full_answer", "s", "a", "b", "answer"],
            [SECOND, SENTENCES[SECOND], "w", "After what did it stop", "x", "s", "a", "b", "Ships stopped"],
            [SECOND, SENTENCES[SECOND], "w", "In what manner did it stop", "x", "s", "a", "b", "Ships"],
            [SECOND, SENTENCES[SECOND], "w", "After what did it sink", "x", "s", "a", "b", "not there"],
        ],
    )
    for name, title in (("new_wiki_v1.0.json", "The_Bridge"), ("reddit_v1.0.json", "Comments")):
        asked = {"question": "Who fell?", "answers": [{"text": "Ada", "answer_start": 4}]}
        paragraph = {"context": "So, Ada fell.", "qas": [asked]}
        file = tmp_path / "squadshifts" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"data": [{"title": title, "paragraphs": [paragraph]}]}), "utf-8")
    natural = {
        "title_text": "Bridge",
        "question_text": "who built it",
        "paragraph_text": "Bo built it .",
        "original_nq_answers": [[{"start": 0, "end": 2}], [{"start": 0, "end": 2}]],
    }
    (tmp_path / "qed").mkdir()
    (tmp_path / "qed" / "qed-dev.jsonlines").write_text(json.dumps(natural) + "\n", "utf-8")
    return tmp_path


def answers(example: ReadingExample) -> set[str]:
    return {example.text[start:end] for start, end in example.spans}


def test_every_set_gives_its_questions_with_the_answers_in_place(data: Path) -> None:
    found = {(one.source, one.question.rstrip("?")): one for one in further_examples(data, random.Random(0))}
    assert {key: answers(one) for key, one in found.items()} == {
        ("shifts", "Who fell"): {"Ada"},
        ("qamr", "What fell"): {"The bridge", "bridge"},
        ("qamr", "What stopped"): {"Ships"},
        ("discourse", "After what did it stop"): {"Ships stopped"},
        ("qed", "who built it"): {"Bo"},
    }


def test_comments_have_no_headline_and_articles_have_one(data: Path) -> None:
    titles = [one.title for one in further_examples(data, random.Random(0)) if one.source == "shifts"]
    assert sorted(titles) == ["", "The Bridge"]


def test_sentences_stand_in_the_order_of_their_document(data: Path) -> None:
    texts = {one.text for one in further_examples(data, random.Random(1)) if one.source == "qamr"}
    whole = "The bridge fell on Monday. Ships stopped (all of them)."
    assert texts <= {whole, "Ships stopped (all of them)."}
    assert whole in texts


def test_a_set_that_is_not_there_gives_nothing(tmp_path: Path) -> None:
    assert further_examples(tmp_path, random.Random(0)) == []


def test_tokens_become_text_and_keep_their_places() -> None:
    tokens = ["``", "It", "'s", "-LRB-", "$", "5", "-RRB-", ",", "''", "he", "said", "."]
    text, places = running_text(tokens)
    assert text == '"It\'s ($5)," he said.'
    assert [text[start:end] for start, end in places][:4] == ['"', "It", "'s", "("]


def test_a_swapped_question_asks_for_what_its_passage_lacks() -> None:
    made = [
        ReadingExample(
            "squad", "a", f"When did {name} win {year}?", "a", f"{name} won in {year}.", True, ((0, 2),)
        )
        for name, year in (("Ada", "1901"), ("Bo", "1902"), ("Cy", "1903"))
    ]
    swapped = swapped_negatives(made, random.Random(0))
    assert len(swapped) == 3
    by_text = {one.text: one.question for one in made}
    for one in swapped:
        assert not one.answerable
        assert one.question != by_text[one.text]
        missing = [word for word in one.question.rstrip("?").split() if word[0].isupper() or word.isdigit()]
        assert any(word not in one.text for word in missing[1:])


def test_a_question_without_a_name_of_the_passage_is_not_swapped() -> None:
    made = [ReadingExample("squad", "a", "who won the cup?", "a", "Ada won the cup.", True, ((0, 3),))]
    assert swapped_negatives(made, random.Random(0)) == []
