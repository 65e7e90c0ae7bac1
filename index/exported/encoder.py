"""An encoder that onnxruntime runs: one file holds the model, its tokenizer and what else must be known."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sstc_chat.index.encoders import ModelChoice
from sstc_chat.index.types import Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FILE = "model.onnx"
# What a model may want to be given.
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# How many texts of like length go through the model side by side.
BATCH = 16


@dataclass(frozen=True)
class ExportedEncoder:
    """A model in ONNX, whose output is unit vectors, with the tokenizer that it was exported with.

    Attributes
    ----------
    checksum
        Of the weights that were exported.
    unknown
        What the tokenizer puts for a character that it does not know.
    padding
        The token that fills up a short text beside a long one.
    inputs
        Which of `INPUTS` the model wants.
    """

    session: InferenceSession
    tokenizer: Tokenizer
    choice: ModelChoice
    checksum: str
    dimension: int
    unknown: str
    padding: int
    inputs: tuple[str, ...]
    window: int = 0

    @property
    def name(self) -> str:
        """What the model is called."""
        return self.choice.name

    @property
    def alike(self) -> bool:
        """Whether a question is encoded as a passage is."""
        return self.choice.alike

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, shape (len(texts), dimension)."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        tokens = [self._tokens(self.choice.passage_prefix + text) for text in texts]
        # A batch is padded to its longest.
        order = sorted(range(len(texts)), key=lambda place: len(tokens[place]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]

        def encode(batch: Sequence[int]) -> None:
            vectors[batch] = self._vectors([tokens[place] for place in batch])

        if len(batches) == 1:
            encode(order)
        else:  # a thread for each batch, and not several within one: so none waits for another
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(encode, batches))
        return vectors

    def encode_question(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (dimension,)."""
        vector: Vectors = self._vectors([self._tokens(self.choice.question_prefix + text)])[0]
        return vector

    def pieces(self, text: str) -> list[str]:
        """Cut a text that sets no spaces between words, as the model's tokenizer knows them."""
        tokens = self.tokenizer.encode(text, add_special_tokens=False).tokens
        known = (piece.strip("▁#") for piece in tokens if piece != self.unknown)
        return [piece for piece in known if piece]

    def _tokens(self, text: str) -> list[int]:
        found: list[int] = self.tokenizer.encode(text).ids
        return found

    def _vectors(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        shape = len(tokens), max(map(len, tokens))
        ids = np.full(shape, self.padding, dtype=np.int64)
        mask, types = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, one in enumerate(tokens):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        given = dict(zip(INPUTS, (ids, mask, types), strict=True))
        vectors: Vectors = self.session.run(None, {name: given[name] for name in self.inputs})[0]
        return vectors


def keep_to_itself() -> None:
    """Have onnxruntime, which is imported next, note nothing and tell its maker nothing, as it would."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def opened_session(path: Path) -> InferenceSession:
    """Return what runs the model at `path`."""
    keep_to_itself()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # A question is too little work to share out, and threads that spin take the time of those that work.
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def open_export(folder: Path, choice: ModelChoice) -> ExportedEncoder:
    """Open the export in `folder`, which was made of the model of `choice`."""
    from tokenizers import Tokenizer

    session = opened_session(folder / FILE)
    known = session.get_modelmeta().custom_metadata_map
    return ExportedEncoder(
        session=session,
        tokenizer=Tokenizer.from_str(known["tokenizer"]),
        choice=choice,
        checksum=known["checksum"],
        dimension=int(known["dimension"]),
        unknown=known["unknown"],
        padding=int(known["padding"]),
        inputs=tuple(one.name for one in session.get_inputs()),
    )
