"""Questions that were asked lately are not encoded again; what is remembered is the same, and bounded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sstc_chat.index import remembering
from sstc_chat.index.remembering import Remembering
from sstc_chat.index.types import Vectors


class Counting:
    """An encoder that notes which questions it encoded."""

    name, checksum, dimension, window = "counting", "1", 2, 3

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    def encode_question(self, text: str) -> Vectors:
        self.asked.append(text)
        question: Vectors = self.encode_passages([text])[0]
        return question

    def pieces(self, text: str) -> list[str]:
        return list(text)


def test_a_question_is_encoded_once_and_cannot_be_changed() -> None:
    plain = Counting()
    encoder = Remembering(plain)
    first, again = encoder.encode_question("one"), encoder.encode_question("one")
    assert first.tolist() == again.tolist() == [3, 1]
    assert plain.asked == ["one"]
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 7
    assert (encoder.name, encoder.checksum, encoder.dimension, encoder.window) == ("counting", "1", 2, 3)
    assert (encoder.pieces("ab"), encoder.encode_passages(["ab"]).tolist()) == (["a", "b"], [[2, 1]])


def test_what_was_asked_long_ago_is_forgotten() -> None:
    plain = Counting()
    encoder = Remembering(plain)
    for number in range(remembering.REMEMBERED + 1):
        encoder.encode_question(str(number))
    encoder.encode_question(str(remembering.REMEMBERED))
    encoder.encode_question("0")
    assert plain.asked[-2:] == [str(remembering.REMEMBERED), "0"]


def test_what_is_prepared_is_not_encoded_again() -> None:
    plain = Counting()
    encoder = Remembering(plain)
    encoder.prepare(["one", "three", "one"])
    assert [encoder.encode_question(text).tolist() for text in ("three", "one")] == [[5, 1], [3, 1]]
    assert plain.asked == ["one", "three"]
