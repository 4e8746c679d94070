import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.small_bert import WORDS, small_bert
from vectorstore import sentence_embedder
from vectorstore.embedding import Vectors
from vectorstore.model_files import find_model
from vectorstore.packed_bert import PackedBert, packs
from vectorstore.sentence_embedder import SentenceEmbedder, unit_rows


@pytest.fixture(scope="module")
def bert() -> Any:
    return small_bert()


def mean_vectors(bert: Any, texts: list[list[int]]) -> Vectors:
    """What the model itself makes of each text alone, in float32."""
    import torch

    with torch.inference_mode():
        return np.stack([bert(torch.tensor([text])).last_hidden_state[0].mean(0).numpy() for text in texts])


def some_texts(lengths: list[int]) -> list[list[int]]:
    drawn = np.random.default_rng(3)
    return [drawn.integers(1, WORDS, length).tolist() for length in lengths]


def test_texts_laid_end_to_end_come_out_as_each_alone(bert: Any) -> None:
    texts = some_texts([1, 40, 16, 15, 17, 3, 100])
    cosines = (unit_rows(PackedBert(bert).encode(texts)) * unit_rows(mean_vectors(bert, texts))).sum(axis=1)
    assert cosines.min() > 0.999


def test_a_text_does_not_see_its_neighbours(bert: Any) -> None:
    one, *others = some_texts([37, 20, 55, 9])
    packed = PackedBert(bert)
    alone = packed.encode([one])[0]
    assert packed.encode([one, others[0]])[0] == pytest.approx(alone, abs=2e-2)
    assert packed.encode([others[1], one, others[2]])[1] == pytest.approx(alone, abs=2e-2)
    assert packed.encode([[*one[:-1], 1 + one[-1] % 100]])[0] != pytest.approx(alone, abs=2e-2)


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(50, 400))
def test_packing_keeps_every_text_once_and_the_limit(lengths: list[int], tokens: int) -> None:
    found = packs(lengths, tokens)
    assert sorted(place for pack in found for place in pack) == list(range(len(lengths)))
    assert all(len(pack) == 1 or sum(lengths[place] for place in pack) <= tokens for pack in found)
    in_order = [lengths[place] for pack in found for place in pack]
    assert in_order == sorted(lengths, reverse=True)


@pytest.fixture
def fast_bfloat16(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processor of these tests counts as one that has bfloat16; else it is slow, not wrong."""
    monkeypatch.setattr(sentence_embedder, "has_fast_bfloat16", lambda: True)


@pytest.mark.model
@pytest.mark.usefixtures("fast_bfloat16")
def test_the_default_model_is_packed_and_agrees_with_itself() -> None:
    embedder = SentenceEmbedder.load("default")
    texts = [f"{number} herons stood in the shallow water. " * (1 + number % 9) for number in range(30)]
    texts.append("far too long for the window " * 200)
    found = embedder.encode_passages(texts)
    assert embedder._packed is not None
    cosines = (found * np.stack([embedder.encode_query(text) for text in texts])).sum(axis=1)
    assert cosines.min() > 0.9999


@pytest.mark.model
@pytest.mark.usefixtures("fast_bfloat16")
def test_a_packed_form_that_is_not_exact_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_embedder, "LEAST_COSINE", 1.01)
    embedder = SentenceEmbedder.load("default")
    found = embedder.encode_passages(["Bees dance."])[0]
    assert embedder._packed is None
    assert float(found @ embedder.encode_query("Bees dance.")) > 0.9999


@pytest.mark.model
@pytest.mark.parametrize(
    ("file", "changed"),
    [("1_Pooling/config.json", {"pooling_mode": "cls"}), ("config.json", {"hidden_act": "relu"})],
)
def test_a_model_of_another_kind_has_no_packed_form(
    tmp_path: Path, file: str, changed: dict[str, object]
) -> None:
    folder = Path(shutil.copytree(find_model("default").path, tmp_path / "other"))
    config = json.loads((folder / file).read_text("utf-8"))
    kept = {name: value for name, value in config.items() if not name.startswith("pooling_mode")}
    (folder / file).write_text(json.dumps(kept | changed), "utf-8")
    assert PackedBert.of(SentenceEmbedder.load(str(folder)).model) is None
