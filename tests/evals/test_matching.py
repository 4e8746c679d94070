"""Questions over fragments of a set keep their answers, and pairs find the paragraphs they are about."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from evals.training.reader import matching
from evals.training.reader.examples import ReadingExample
from evals.training.reader.fragments import folded, fragment_examples
from evals.training.reader.matching import matched_pairs
from evals.training.reader.network import ReaderNetwork
from evals.training.reader.pairs import MATCHED_FILE, PlacedPair, matched_examples, placed_pairs

BRIDGE = "The bridge of Arta fell in May. It was built by Ada in 1904."
TOWER = "The tower of Arta stands on a hill. It was opened by Cy."
ANSWER_TOKEN = 100


class Tokenizer:
    """One token a word, "Cy." being the answer's."""

    def encode(self, text: str, *, add_special_tokens: bool) -> Any:
        assert not add_special_tokens
        places, at = [], 0
        for word in text.split():
            at = text.index(word, at)
            places.append((at, at + len(word)))
            at += len(word)
        ids = [ANSWER_TOKEN if word == "Cy." else 7 for word in text.split()]
        return type("Encoding", (), {"ids": ids, "offsets": places})


class PointingReader(ReaderNetwork):
    """Sees the answer wherever its token stands, as surely as it is told to."""

    def __init__(self, surely: float) -> None:
        torch.nn.Module.__init__(self)
        self.surely = surely

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        points = (ids == ANSWER_TOKEN).float() * self.surely
        return torch.stack([points, points, points], dim=-1), points.sum(dim=1)


def fragments() -> list[ReadingExample]:
    start = BRIDGE.index("Ada")
    return [
        ReadingExample("fragment", "g", "Who built the bridge?", "", BRIDGE, True, ((start, start + 3),)),
        ReadingExample("fragment", "g", "Where does the tower stand?", "", TOWER, True, ((19, 34),)),
    ]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A paragraph in both forms, another as tokens alone."""
    folder = tmp_path / "fragments"
    folder.mkdir()
    start = BRIDGE.index("Ada")
    asked = {"question": "Who built the bridge?", "answers": [{"text": "Ada", "answer_start": start}]}
    lost = {"question": "Who sold it?", "answers": [], "is_impossible": True}
    article = {"title": "Arta", "paragraphs": [{"context": BRIDGE, "qas": [asked, lost]}]}
    (folder / "own.json").write_text(json.dumps({"data": [article]}), "utf-8")
    tokens = BRIDGE.replace(".", " .").replace("bridge", "` bridge")
    (folder / "part.context").write_text(f"{tokens}\n{tokens}\nIt 's Ada 's .\nShort .\n", "utf-8")
    (folder / "part.question").write_text("Who built the bridge ?\nWhen ?\nWhose is it ?\nWhat ?\n", "utf-8")
    (folder / "part.span").write_text("14 14\n16 16\n2 3\n5 6\n", "utf-8")
    return tmp_path


def test_each_question_stands_once_beside_its_paragraph(data: Path) -> None:
    found = fragment_examples(data / "fragments")
    told = [(one.question, one.title, [one.text[start:end] for start, end in one.spans]) for one in found]
    assert told == [
        ("Who built the bridge?", "Arta", ["Ada"]),
        ("Who sold it?", "Arta", []),
        ("Whose is it?", "", ["Ada's"]),
    ]
    assert [one.answerable for one in found] == [True, False, True]


def test_how_a_text_was_cut_into_tokens_makes_no_difference() -> None:
    assert folded("Who 's Ada ( the engineer ) ?") == folded("who's Ada (the engineer)?")


def test_a_pair_belongs_to_the_paragraph_of_its_question() -> None:
    pair = PlacedPair("who built the bridge ?", "who sold the bridge ?", (12, 12))
    ((found, text, (start, end)),) = matched_pairs([pair], fragments(), PointingReader(9.0), Tokenizer())
    assert (found, text, text[start:end]) == (pair, BRIDGE, "Ada")


@pytest.mark.parametrize(
    ("question", "place", "surely", "matches"),
    [
        ("who opened the tower of arta ?", (13, 13), 9.0, True),
        ("who opened the tower of arta ?", (13, 13), 1.0, False),
        ("who opened the tower of arta ?", (40, 40), 9.0, False),
        ("who opened the tower of arta ?", (2, 13), 9.0, False),
        ("who opened the harbour of some other city ?", (13, 13), 9.0, False),
    ],
)
def test_a_paragraph_is_taken_where_the_reader_sees_the_answer_in_its_place(
    question: str, place: tuple[int, int], surely: float, matches: bool
) -> None:
    pair = PlacedPair(question, "who closed it ?", place)
    found = list(matched_pairs([pair], fragments(), PointingReader(surely), Tokenizer()))
    assert [text[start:end] for _, text, (start, end) in found] == (["Cy."] if matches else [])


def test_what_was_matched_is_learnt_from(
    data: Path, tiny_encoder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = data / "unansq"
    folder.mkdir()
    assert list(matched_examples(folder)) == []
    kinds = {
        "answerable": "1\twho built the bridge ?\t12\t12\n",
        "unanswerable": "2\twho sold it ?\t12\t12\n",
    }
    for kind, line in kinds.items():
        (folder / f"train-{kind}-questions.txt").write_text(line, "utf-8")
    assert placed_pairs(folder, "train") == [PlacedPair("who built the bridge ?", "who sold it ?", (12, 12))]
    weights = data / "reader.pt"
    torch.save(ReaderNetwork(tiny_encoder).state_dict(), weights)
    monkeypatch.setattr(matching, "find_model", lambda _: type("Found", (), {"path": tiny_encoder}))
    matching.main(["--data", str(data), str(weights)])
    assert (folder / MATCHED_FILE).read_text("utf-8").count("\n") == 1
    assert "1 of 1 pairs" in capsys.readouterr().out
    first, second = matched_examples(folder)
    assert [first.text[start:end] for start, end in first.spans] == ["Ada"]
    assert (first.answerable, second.answerable) == (True, False)
    assert (first.question, second.question) == ("who built the bridge?", "who sold it?")
