"""A sentence-transformers CrossEncoder in the reader's place."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.answerers.extractive.reader.cross_encoder import CrossEncoderReader
from assistant.answerers.extractive.reader.opening import open_reader
from assistant.answerers.extractive.reader.passage_reader import PassageReader
from assistant.errors import SettingsError
from tests.assistant.made_passages import BRIDGE, PRIZE, made_article, whole_passages
from tests.assistant.reader.tiny_cross_encoder import write_cross_encoder


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cross_encoder(tmp_path_factory.mktemp("cross-encoder"))


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


@pytest.mark.filterwarnings("ignore")
def test_a_model_of_several_scores_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="3 scores") as caught:
        CrossEncoderReader(str(write_cross_encoder(tmp_path, labels=3))).read(
            "who won the prize?", whole_passages([made_article(PRIZE)])
        )
    assert "FOOTNOTE_READER" in caught.value.advice


@pytest.mark.filterwarnings("ignore")
def test_several_threads_may_read_at_once(tiny_model: Path) -> None:
    reader = CrossEncoderReader(str(tiny_model))
    passages = whole_passages([made_article(PRIZE, "one"), made_article(BRIDGE, "two")])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: reader.read("who won the prize?", passages)[0].answers, range(24)))
    assert found == [pytest.approx(found[0], abs=1e-5)] * 24


def test_the_setting_chooses_the_reader() -> None:
    assert open_reader("none") is None
    assert isinstance(open_reader("default"), PassageReader)
    other = open_reader("some/model")
    assert other is not None
    assert other.name == "some/model"
    assert open_reader("some/model") is other


@pytest.mark.filterwarnings("ignore")
def test_a_folder_may_lie_in_the_home_folder(tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tiny_model.parent))
    reader = CrossEncoderReader(f"~/{tiny_model.name}")
    (reading,) = reader.read("who won the prize?", whole_passages([made_article(PRIZE)]))
    assert len(reading.evidence) == 2
