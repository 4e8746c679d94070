"""A sentence-transformers CrossEncoder in the reader's place."""

from pathlib import Path

import pytest

from assistant.answerers.extractive.reader.cross_encoder import CrossEncoderReader
from assistant.answerers.extractive.reader.opening import open_reader
from assistant.answerers.extractive.reader.passage_reader import PassageReader
from assistant.errors import SettingsError
from tests.assistant.made_passages import BRIDGE, PRIZE, made_article, whole_passages

WORDS = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "who",
    "won",
    "the",
    "prize",
    "maria",
    "lopez",
    ".",
    "?",
)


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CrossEncoder of random weights, written to a folder."""
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("cross-encoder")
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    CrossEncoder(str(folder), local_files_only=True).save_pretrained(str(folder))
    return folder


def _logit(folder: Path, question: str, text: str) -> float:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    return float(CrossEncoder(str(folder)).predict([(question, text)], activation_fn=Identity())[0])


@pytest.mark.filterwarnings("ignore")
def test_every_sentence_has_the_models_score_and_the_passage_the_best(tiny_model: Path) -> None:
    passages = whole_passages([made_article(PRIZE, "one"), made_article(BRIDGE, "two")])
    first, second = CrossEncoderReader(str(tiny_model)).read("who won the prize?", passages)
    assert len(first.evidence) == 2
    assert len(second.evidence) == 1
    assert first.answers == pytest.approx(float(first.evidence.max()))
    expected = _logit(tiny_model, "who won the prize?", f"Report two. {BRIDGE}")
    assert second.evidence[0] == pytest.approx(expected, abs=1e-5)
    end = PRIZE.index(" She")
    assert first.evidence_of(0, end) == pytest.approx(float(first.evidence[0]))
    best = first.best_span(0, end)
    assert best is not None
    assert best.score < -30


def test_a_model_that_is_not_there_says_what_to_name() -> None:
    with pytest.raises(SettingsError) as caught:
        CrossEncoderReader("no/such-model").read("who?", whole_passages([made_article(PRIZE)]))
    assert "FOOTNOTE_READER" in caught.value.advice


def test_the_setting_chooses_the_reader() -> None:
    assert open_reader("none") is None
    assert isinstance(open_reader("default"), PassageReader)
    other = open_reader("some/model")
    assert other is not None
    assert other.name == "some/model"
