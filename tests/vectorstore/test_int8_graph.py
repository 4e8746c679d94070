"""Graphs written by hand, beside the torch models whose weights they hold."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.small_bert import WIDTH, WINDOW, WORDS, small_bert
from vectorstore.int8_bert import mean_vector, taken_apart
from vectorstore.int8_graph import Array, GraphWriter, Linear, channel_divisors
from vectorstore.onnx_runtime import open_session

Run = Callable[..., Array]


@pytest.fixture(scope="module")
def bert() -> Any:
    return small_bert()


def session_of(model: Any) -> Any:
    return open_session(model.SerializeToString())


def token_vectors(bert: Any, *, small: bool = False) -> Run:
    """What the graph of a model makes of token ids and kinds, each of shape (1, tokens)."""
    graph = GraphWriter()
    rows = graph.encoder(taken_apart(bert), "tokens", "kinds", small=small)
    session = session_of(graph.model(["tokens", "kinds"], {rows: [1, "tokens", WIDTH]}))
    return lambda tokens, kinds: session.run([rows], {"tokens": tokens, "kinds": kinds})[0][0]


def torch_vectors(bert: Any, tokens: Array, kinds: Array) -> Array:
    import torch

    with torch.inference_mode():
        found = bert(input_ids=torch.tensor(tokens), token_type_ids=torch.tensor(kinds)).last_hidden_state
    return np.asarray(found[0].numpy())


def cosines(one: Array, other: Array) -> Array:
    lengths = np.linalg.norm(one, axis=-1) * np.linalg.norm(other, axis=-1)
    return np.asarray((one * other).sum(axis=-1) / lengths)


@pytest.mark.parametrize("small", [False, True])
def test_token_vectors_are_the_models(bert: Any, small: bool) -> None:
    run = token_vectors(bert, small=small)
    drawn = np.random.default_rng(3)
    for length in (1, 2, 17, WINDOW):
        tokens, kinds = drawn.integers(WORDS, size=(1, length)), drawn.integers(2, size=(1, length))
        assert cosines(run(tokens, kinds), torch_vectors(bert, tokens, kinds)).min() > 0.99


def test_places_kinds_and_words_all_count(bert: Any) -> None:
    run = token_vectors(bert)
    tokens, kinds = np.array([[5, 6, 7, 8]]), np.array([[0, 0, 1, 1]])
    plain = run(tokens, kinds)
    assert cosines(plain, run(tokens[:, ::-1], kinds)).min() < 0.95
    assert cosines(plain, run(tokens, 1 - kinds)).min() < 0.95
    assert cosines(plain, run(tokens + 1, kinds)).min() < 0.95


def test_the_mean_vector_has_unit_length(bert: Any) -> None:
    graph = GraphWriter()
    mean_vector(graph, graph.encoder(taken_apart(bert), "tokens"), "mean_of_all")
    session = session_of(graph.model(["tokens"], {"mean_of_all": [1, WIDTH]}))
    tokens = np.random.default_rng(4).integers(WORDS, size=(1, 30))
    found = session.run(None, {"tokens": tokens})[0]
    assert found.shape == (1, WIDTH)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)
    theirs = torch_vectors(bert, tokens, np.zeros_like(tokens)).mean(axis=0)
    assert cosines(found[0], theirs) > 0.99


def product(rows: Array, layer: Linear, sizes: Array | None, *, by_rows: bool) -> Array:
    graph = GraphWriter()
    made = (
        graph.product_by_rows("rows", layer, "made")
        if by_rows
        else graph.product("rows", layer, "made", sizes)
    )
    model = graph.model([], {made: [1, "tokens", layer.weight.shape[0]]})
    from onnx import TensorProto, helper

    model.graph.input.append(
        helper.make_tensor_value_info("rows", TensorProto.FLOAT, [1, "tokens", rows.shape[1]])
    )
    return np.asarray(session_of(model).run(None, {"rows": rows[None]})[0][0])


def test_sums_of_the_largest_products_are_not_cut_off() -> None:
    rows, weights = np.ones((3, 64), np.float32), np.full((5, 64), 0.5, np.float32)
    found = product(rows, Linear(weights, np.zeros(5, np.float32)), None, by_rows=False)
    assert found == pytest.approx(rows @ weights.T)


def test_a_channel_that_is_far_larger_does_not_drown_the_others() -> None:
    drawn = np.random.default_rng(6)
    rows = drawn.standard_normal((20, 24)).astype(np.float32)
    rows[:, 7] *= 60
    layer = Linear(drawn.standard_normal((10, 24)).astype(np.float32), np.zeros(10, np.float32))
    exact = rows @ layer.weight.T
    plain = np.abs(product(rows, layer, None, by_rows=False) - exact).mean()
    smooth = np.abs(product(rows, layer, np.abs(rows).max(axis=0), by_rows=False) - exact).mean()
    assert smooth < plain / 2


def test_a_row_that_is_far_larger_does_not_drown_the_others() -> None:
    drawn = np.random.default_rng(7)
    rows = np.abs(drawn.standard_normal((20, 24)).astype(np.float32))
    rows[3] *= 100
    layer = Linear(drawn.standard_normal((10, 24)).astype(np.float32), np.ones(10, np.float32))
    exact = rows @ layer.weight.T + 1
    others = np.arange(20) != 3
    plain = np.abs(product(rows, layer, None, by_rows=False) - exact)[others].mean()
    by_rows = np.abs(product(rows, layer, None, by_rows=True) - exact)[others].mean()
    assert by_rows < plain / 10


def test_a_row_in_which_nothing_is_positive_is_a_row_like_others() -> None:
    layer = Linear(np.eye(4, dtype=np.float32), np.zeros(4, np.float32))
    rows = np.array([[0, 0, 0, 0], [-0.1, -0.16, 0, -0.05]], np.float32)
    assert product(rows, layer, None, by_rows=True) == pytest.approx(rows, abs=2e-3)


@given(
    st.lists(st.floats(0, 1e4, width=32), min_size=1, max_size=8),
    st.lists(st.floats(-100, 100, width=32), min_size=8, max_size=8),
)
def test_divisors_are_finite_positive_and_one_in_the_mean(sizes: list[float], weights: list[float]) -> None:
    divisors = channel_divisors(np.array(sizes), np.array([weights[: len(sizes)]]))
    assert np.isfinite(divisors).all()
    assert (divisors > 0).all()
    assert np.log(divisors.astype(np.float64)).mean() == pytest.approx(0, abs=1e-3)
