"""Products in 8 bits are those of numpy, to the last whole number, and a token's are its own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sstc_chat.index.exported.encoder import keep_to_itself
from sstc_chat.index.exported.rounding import HIGHEST_WEIGHT, in_8_bits
from sstc_chat.index.types import Vectors

INNER, COLUMNS = 24, 5
Product = Callable[[Vectors], Vectors]
NUMBERS = st.floats(-1e6, 1e6, width=32)


def product_with(weights: Vectors) -> Product:
    """Return what multiplies tokens with `weights` in 8 bits, as onnxruntime runs it."""
    from onnx import TensorProto, helper, numpy_helper

    keep_to_itself()
    from onnxruntime import InferenceSession

    graph = helper.make_graph(
        [helper.make_node("MatMul", ["tokens", "weights"], ["products"])],
        "product",
        [helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["texts", "tokens", INNER])],
        [helper.make_tensor_value_info("products", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(weights, "weights")],
    )
    whole = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = InferenceSession(in_8_bits(whole).SerializeToString(), providers=["CPUExecutionProvider"])
    return lambda tokens: np.asarray(session.run(None, {"tokens": tokens})[0])


def rounded(values: Vectors, highest: int, axis: int) -> tuple[Vectors, Vectors]:
    """Return whole numbers up to `highest`, and the width of a step along `axis`."""
    widths = np.maximum(np.abs(values).max(axis=axis, keepdims=True), 1e-12) / np.float32(highest)
    return np.rint(values / widths), widths


@pytest.fixture(scope="module")
def weights() -> Vectors:
    return np.random.default_rng(0).normal(size=(INNER, COLUMNS)).astype(np.float32)


@pytest.fixture(scope="module")
def product(weights: Vectors) -> Product:
    return product_with(weights)


@given(tokens=arrays(np.float32, (2, 3, INNER), elements=NUMBERS))
def test_products_are_those_of_whole_numbers(product: Product, weights: Vectors, tokens: Vectors) -> None:
    whole, width = rounded(tokens, 127, axis=-1)
    columns, widths = rounded(weights, HIGHEST_WEIGHT, axis=0)
    expected = (whole @ columns) * widths * width
    # One number may lie in the middle of two steps.
    step = width * widths * HIGHEST_WEIGHT
    assert (np.abs(product(tokens) - expected) <= 1.01 * step + 1e-5 * np.abs(expected)).all()


@given(tokens=arrays(np.float32, (2, 3, INNER), elements=NUMBERS))
def test_a_token_has_the_same_products_whatever_stands_beside_it(product: Product, tokens: Vectors) -> None:
    together = product(tokens)
    for text in range(2):
        for token in range(3):
            alone = product(tokens[text : text + 1, token : token + 1])
            np.testing.assert_array_equal(alone[0, 0], together[text, token])


def test_the_largest_numbers_do_not_overflow() -> None:
    """Neither sum of a pair, where processors add them in 16 bits, nor all."""
    tokens, weights = np.ones((1, 1, INNER), np.float32), np.ones((INNER, COLUMNS), np.float32)
    np.testing.assert_allclose(product_with(weights)(tokens), INNER, rtol=1e-6)
    np.testing.assert_allclose(product_with(-weights)(tokens), -INNER, rtol=1e-6)


def test_nothing_times_weights_is_nothing(product: Product) -> None:
    assert not product(np.zeros((1, 2, INNER), np.float32)).any()


def test_a_product_of_two_results_is_left_as_it_is() -> None:
    from onnx import TensorProto, helper

    pair = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", "n"]) for name in ("one", "two")]
    result = helper.make_tensor_value_info("result", TensorProto.FLOAT, ["n", "n"])
    node = helper.make_node("MatMul", ["one", "two"], ["result"])
    whole = helper.make_model(helper.make_graph([node], "pair", pair, [result]))
    assert list(in_8_bits(whole).graph.node) == [node]
