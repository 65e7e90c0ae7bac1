"""An encoder that remembers the questions it met lately: people ask again, and go on from where they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sstc_chat.index.encoders import Encoder, encodes_alike
from sstc_chat.index.recent import Recent
from sstc_chat.index.types import Vectors

# A vector takes two kilobytes.
REMEMBERED = 1024


class Remembering:
    """Another encoder, whose vectors of questions are kept; they cannot be written.

    Parameters
    ----------
    encoder
        What encodes.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.name, self.checksum = encoder.name, encoder.checksum
        self.dimension, self.window = encoder.dimension, encoder.window
        self.alike = encodes_alike(encoder)
        self._questions = Recent(self._encoded, REMEMBERED)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, shape (len(texts), dimension)."""
        return self.encoder.encode_passages(texts)

    def encode_question(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (dimension,)."""
        return self._questions.of([text])[text]

    def prepare(self, texts: Iterable[str]) -> None:
        """Encode questions that will be asked for; in one go, where the model takes them as passages."""
        self._questions.of(texts)

    def pieces(self, text: str) -> list[str]:
        """Cut a text that sets no spaces between words, as the model's tokenizer knows them."""
        return self.encoder.pieces(text)

    def _encoded(self, texts: list[str]) -> dict[str, Vectors]:
        encode = self.encoder.encode_question
        together = self.alike and len(texts) > 1
        vectors = list(self.encoder.encode_passages(texts)) if together else list(map(encode, texts))
        for vector in vectors:
            vector.setflags(write=False)
        return dict(zip(texts, vectors, strict=True))
