"""The products of a model in 8 bits, with a scale for each token, and for each column of the weights.

This is quantisation by token and by channel, as in section 3 of Yao et al., "ZeroQuant", NeurIPS 2022
(https://arxiv.org/abs/2206.01861). onnxruntime brings two other ways. One has a scale for a whole batch, so
that a text's vector would depend on what stands beside it; the other, with a scale for each block of 32
numbers, takes half as long again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

DOMAIN, NAME = "sstc_chat", "RoundedProduct"
# Processors without VNNI add two products in 16 bits: with weights of 7 bits they never overflow there. See
# https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html, "reduce_range".
HIGHEST_WEIGHT = 63
FUNCTION = f"""
<domain: "{DOMAIN}", opset_import: ["" : 17]>
{NAME} (tokens, weights, widths) => (products)
{{
    sizes = Abs (tokens)
    largest = ReduceMax <axes = [-1], keepdims = 1> (sizes)
    tiny = Constant <value = float {{1e-12}}> ()
    range = Max (largest, tiny)
    highest = Constant <value = float {{127.0}}> ()
    width = Div (range, highest)
    shares = Div (tokens, width)
    one = Constant <value = float {{1.0}}> ()
    middle = Constant <value = uint8 {{128}}> ()
    rounded = QuantizeLinear (shares, one, middle)
    sums = MatMulInteger (rounded, weights, middle)
    numbers = Cast <to = 1> (sums)
    by_column = Mul (numbers, widths)
    products = Mul (by_column, width)
}}
"""


def in_8_bits(whole: ModelProto) -> ModelProto:
    """Return a model whose products with weights are made of whole numbers."""
    from onnx import ModelProto, helper, parser

    made = ModelProto()
    made.CopyFrom(whole)
    made.functions.append(parser.parse_function(FUNCTION))
    made.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    weights = {one.name: one for one in made.graph.initializer if len(one.dims) == 2}  # noqa: PLR2004 - a matrix
    products = [one for one in made.graph.node if one.op_type == "MatMul" and one.input[1] in weights]
    for name in {one.input[1] for one in products}:
        made.graph.initializer.extend(_rounded(weights[name]))
        made.graph.initializer.remove(weights[name])
    for node in products:
        _replace(node)
    return made


def _rounded(weights: TensorProto) -> tuple[TensorProto, TensorProto]:
    """Return weights as whole numbers, and by how much to multiply each column of them."""
    from onnx import numpy_helper

    values = numpy_helper.to_array(weights)
    widths = np.maximum(np.abs(values).max(axis=0) / HIGHEST_WEIGHT, np.finfo(np.float32).tiny)
    whole = np.rint(values / widths).astype(np.int8)
    return (
        numpy_helper.from_array(whole, _named(weights.name, "whole")),
        numpy_helper.from_array(widths.astype(np.float32), _named(weights.name, "widths")),
    )


def _replace(node: NodeProto) -> None:
    """Have a product made by the function."""
    node.op_type, node.domain = NAME, DOMAIN
    tokens, weights = node.input
    node.input[:] = [tokens, _named(weights, "whole"), _named(weights, "widths")]


def _named(weights: str, what: str) -> str:
    return f"{weights}.{what}"
