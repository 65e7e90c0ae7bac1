"""An encoder that needs no model, and indexes built with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.manifest import Manifest
from sstc_chat.index.store import Store, open_store
from sstc_chat.index.types import Vectors

SETTINGS = {"chunk_size": 120}
ALPHA = """# Alpha

The forum met in Geneva, and ministers from many countries spoke of decent work. It went well.

## Care

Care work is often informal. Workshops on care were held in Rio 😀, in Dakar and in Jakarta.

Photo Credit : ILO

## Money

The fund has \\$5 million from [Brazil](#). It pays for study tours in Kenya and in Madagascar.
"""
BETA = "Le forum s'est tenu à Genève.\r\n\r\nLes pays du Sud y ont parlé du travail décent. C'est fini."


@dataclass
class WordHash:
    """A vector has, for each word of its text, a direction that a hash of the word gives."""

    name: str = "word-hash"
    checksum: str = "1"
    dimension: int = 16
    window: int = 0
    fails_after: int | None = None
    scale: float = 1.0
    encoded: list[str] = field(default_factory=list)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        if self.fails_after is not None and len(self.encoded) > self.fails_after:
            raise RuntimeError("The encoder broke.")
        rows = [self.encode_question(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def pieces(self, text: str) -> list[str]:
        return list(text)

    def encode_question(self, text: str) -> Vectors:
        vector = np.full(self.dimension, 0.01)
        for word in text.lower().split():
            digest = hashlib.sha256(word.encode()).digest()[: self.dimension]
            vector += np.frombuffer(digest, dtype=np.uint8).astype(float) / 255 - 0.5
        unit: Vectors = (self.scale * vector / np.linalg.norm(vector)).astype(np.float32)
        return unit


@dataclass(frozen=True)
class Make:
    """What the tests of this room make, and close again."""

    stack: ExitStack

    def encoders(self) -> dict[str, WordHash]:
        """Return two new encoders: one without windows, and one with."""
        return {"english": WordHash(), "multilingual": WordHash("windows", dimension=8, window=3)}

    def documents(self) -> list[Document]:
        metadata = {"year": "2024"}
        return [
            Document("alpha", "Alpha", ALPHA, "en", metadata),
            Document("beta", "Bêta", BETA, "fr"),
        ]

    def built(
        self,
        home: Path,
        encoders: Mapping[str, Encoder],
        documents: Sequence[Document],
        settings: Mapping[str, int] = SETTINGS,
        progress: Callable[[str, int, int], None] = lambda *_: None,
    ) -> Manifest:
        """Add `documents` to the library of `home` and build its index."""
        with open_library(home) as library:
            library.add(documents)
            return build_index(home, library, encoders, settings, progress)

    def changed(
        self, home: Path, encoders: Mapping[str, Encoder], change: Callable[[Library], object]
    ) -> Manifest:
        """Change the library of `home`, and bring its index up to date."""
        with open_library(home) as library:
            change(library)
            return build_index(home, library, encoders, SETTINGS, lambda *_: None)

    def opened(
        self,
        home: Path,
        encoders: Mapping[str, Encoder],
        settings: Mapping[str, int] = SETTINGS,
    ) -> Store:
        """Return the store of `home`; it is closed when the test is over."""
        return self.stack.enter_context(closing(open_store(home, encoders, settings)))


@pytest.fixture
def make() -> Iterator[Make]:
    with ExitStack() as stack:
        yield Make(stack)


@pytest.fixture
def store(make: Make, tmp_path: Path) -> Store:
    """Return the store of an index of two small documents."""
    encoders = make.encoders()
    make.built(tmp_path / "two", encoders, make.documents())
    return make.opened(tmp_path / "two", encoders)
