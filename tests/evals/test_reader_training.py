"""The reader's network learns, and what is exported says the same as what was trained."""

import random
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from assistant.answerers.extractive.reader import PassageReader
from assistant.answerers.extractive.reader.passage_reader import MODEL_FILE
from evals.training.reader.encoding import encode
from evals.training.reader.examples import ReadingExample
from evals.training.reader.export import compare, export, load
from evals.training.reader.fit import Schedule, batches, collate, fit, loss_of
from evals.training.reader.network import ReaderNetwork, sentence_means
from evals.training.reader.rescaling import Line, rescale
from evals.training.reader.restoring import restored
from evals.training.reader.scoring import best_span, read_all, report
from evals.training.reader.train import fit_together, load_tokenizer
from tests.assistant.made_passages import made_article, whole_passages

GAMES = (("Ada", "Bo", "Ghent"), ("Bo", "Cy", "Rome"), ("Cy", "Dee", "Ghent"), ("Dee", "Ada", "Rome"))
TEXTS = [f"{name} won the cup. {other} lost in {place}." for name, other, place in GAMES]


def examples() -> list[ReadingExample]:
    made = []
    for text in TEXTS:
        name = text.split()[0]
        made.append(ReadingExample("squad", name, "who won the cup?", "a", text, True, ((0, len(name)),)))
        made.append(ReadingExample("mined", name, "who won rome?", "a", text, answerable=False))
    return made


def test_the_targets_are_the_answers_tokens_and_sentence(tiny_encoder: Path) -> None:
    tokenizer = load_tokenizer(tiny_encoder)
    answered = encode(examples()[0], tokenizer)
    declined = encode(examples()[1], tokenizer)
    assert answered is not None
    assert declined is not None
    assert tokenizer.decode(list(answered.ids[answered.starts[0] : answered.ends[0] + 1])) == "ada"
    assert answered.evidence.tolist() == [1, 0]
    assert declined.starts == (0,)
    assert declined.evidence.tolist() == [0, 0]


def test_an_answer_beyond_what_is_read_is_left_out(tiny_encoder: Path) -> None:
    text = "the cup. " * 400 + "Ada won."
    at = text.index("Ada")
    example = ReadingExample("squad", "a", "who won?", "a", text, True, ((at, at + 3),))
    assert encode(example, load_tokenizer(tiny_encoder)) is None


def test_sentence_means_leave_other_sentences_and_no_sentence_out() -> None:
    scores = torch.tensor([[9.0, 1.0, 3.0, 5.0]])
    means, there = sentence_means(scores, torch.tensor([[-1, 0, 0, 1]]), 3)
    assert means[0].tolist() == [2.0, 5.0, 0.0]
    assert there[0].tolist() == [True, True, False]


def test_the_best_span_is_found_over_that_of_none() -> None:
    starts, ends = np.array([1.0, 0, 4, 0]), np.array([1.0, 9, 0, 3])
    assert best_span(starts, ends) == (1, 1, 7.0)


@pytest.mark.filterwarnings("ignore")
def test_a_small_network_learns_and_its_export_agrees(
    tiny_encoder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tokenizer, network = load_tokenizer(tiny_encoder), ReaderNetwork(tiny_encoder)
    learnt = [one for one in (encode(example, tokenizer) for example in examples()) if one is not None]
    before = float(loss_of(network.eval(), collate(learnt)).detach())
    said: list[str] = []
    fit(network, lambda: learnt * 8, Schedule(epochs=15, batch=8, rate=5e-3), said.append)
    after = float(loss_of(network, collate(learnt)).detach())
    assert after < 0.7 * before
    reads = read_all(network, learnt)
    assert "best sentence 1.000" in report(learnt, reads)

    torch.save(network.state_dict(), tmp_path / "reader.pt")
    saved = load(tmp_path / "reader.pt", tiny_encoder)
    export(saved, tmp_path / "out", tiny_encoder)
    compare(saved, tmp_path / "out")
    assert "tokens: mean difference 0.0" in capsys.readouterr().out
    article = made_article(TEXTS[0], title="a")
    (reading,) = PassageReader(tmp_path / "out").read("who won the cup?", whole_passages([article]))
    best = reading.best_span(0, len(TEXTS[0]))
    assert best is not None
    assert TEXTS[0][best.start : best.end] == "Ada"
    assert reading.answers == pytest.approx(reads[0].whole, abs=1.0)
    split = TEXTS[0].index(" Bo")
    assert reading.evidence_of(0, split) > reading.evidence_of(split + 1, len(TEXTS[0]))


def test_what_was_exported_is_restored_but_for_rounding(tiny_encoder: Path, tmp_path: Path) -> None:
    network = ReaderNetwork(tiny_encoder).eval()
    export(network, tmp_path, tiny_encoder)
    again = restored(tmp_path / MODEL_FILE, ReaderNetwork(tiny_encoder)).state_dict()
    for name, weight in network.state_dict().items():
        if weight.is_floating_point():
            assert torch.allclose(again[name], weight, atol=float(weight.abs().max()) / 50), name


def test_a_rescaled_reader_gives_rescaled_scores_also_when_exported(
    tiny_encoder: Path, tmp_path: Path
) -> None:
    tokenizer, network = load_tokenizer(tiny_encoder), ReaderNetwork(tiny_encoder).eval()
    read = [one for one in (encode(example, tokenizer) for example in examples()) if one is not None]
    before = read_all(network, read)
    rescale(network, span=Line(2.0, 1.5), whole=Line(0.5, -1.0), evidence=Line(3.0, 0.25))
    for old, new in zip(before, read_all(network, read), strict=True):
        assert new.span == pytest.approx(2 * old.span + 1.5, abs=0.1)
        assert new.whole == pytest.approx(old.whole / 2 - 1, abs=0.1)
        assert new.sentences == pytest.approx(3 * old.sentences + 0.25, abs=0.1)
        assert (new.start, new.end) == (old.start, old.end)
    export(network, tmp_path, tiny_encoder)
    article = made_article(TEXTS[0], title="a")
    (reading,) = PassageReader(tmp_path).read("who won the cup?", whole_passages([article]))
    (again,) = read_all(network, read[:1])
    best = reading.best_span(0, len(TEXTS[0]))
    assert best is not None
    assert best.score == pytest.approx(again.span, abs=0.1)
    assert restored(tmp_path / MODEL_FILE, ReaderNetwork(tiny_encoder)).lift.tolist() == [0.75, 0.75, 0.0]


@given(st.floats(0.5, 2), st.floats(-3, 3))
def test_the_line_between_scores_is_found(slope: float, shift: float) -> None:
    scores = np.random.default_rng(0).standard_normal(200)
    line = Line.between(scores, slope * scores + shift)
    assert (line.slope, line.shift) == (pytest.approx(slope), pytest.approx(shift, abs=1e-9))


def test_frozen_layers_learn_nothing_and_the_others_do(tiny_encoder: Path) -> None:
    network = ReaderNetwork(tiny_encoder)
    network.freeze(0)
    assert all(weight.requires_grad for weight in network.parameters())
    network.freeze(1)
    learning = {name for name, weight in network.named_parameters() if weight.requires_grad}
    assert learning == {name for name, _ in network.named_parameters() if not name.startswith("encoder.")}


def test_workers_share_the_batches_of_like_length_between_them(tiny_encoder: Path) -> None:
    tokenizer = load_tokenizer(tiny_encoder)
    learnt = [one for one in (encode(example, tokenizer) for example in examples()) if one is not None]
    together = list(batches(learnt * 4, 4, random.Random(0), workers=2))
    assert all(len(parts) == 2 and all(len(part) == 4 for part in parts) for parts in together)
    seen = [id(one) for parts in together for part in parts for one in part]
    assert len(seen) == len(learnt) * 4
    assert {seen.count(id(one)) for one in learnt} == {4}


@pytest.mark.filterwarnings("ignore")
def test_two_processes_learn_as_one(tiny_encoder: Path) -> None:
    tokenizer, network = load_tokenizer(tiny_encoder), ReaderNetwork(tiny_encoder)
    learnt = [one for one in (encode(example, tokenizer) for example in examples()) if one is not None]
    before = float(loss_of(network.eval(), collate(learnt)).detach())
    given = Namespace(epochs=15.0, batch=8, workers=2, rate=5e-3, frozen=0)
    fit_together(network, lambda: learnt * 8, given)
    assert float(loss_of(network.eval(), collate(learnt)).detach()) < 0.7 * before
