"""What is asked of an index, wherever it is kept: in a home, or in Milvus, where many servers ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

from sstc_chat.corpus.errors import StoreError
from sstc_chat.corpus.types import Document, Spans
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.evidence import Evidence
from sstc_chat.index.manifest import Manifest
from sstc_chat.index.milvus.address import Address
from sstc_chat.index.opening import open_local
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.types import Line, Passage, Scored, Source, Vectors
from sstc_chat.index.versions import local_version
from sstc_chat.index.vocabulary import Vocabulary


class Store(Protocol):
    """What can be asked of an index."""

    @property
    def manifest(self) -> Manifest:
        """What the index says it is, with its documents."""

    @property
    def state(self) -> int:
        """A number that grows with every change."""

    @property
    def chunks(self) -> int:
        """How many passages there are."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The distinct words of all texts."""

    def latest(self) -> tuple[int, int] | None:
        """Return the generation and the state that the library has now; None where that cannot be told."""

    def is_in_the_way(self) -> bool:
        """Whether the library should be opened again and this let go, though nothing has changed."""

    def nearest(self, model: str, vector: Vectors, top: int, within: Sequence[int] | None = None) -> Scored:
        """Return (number, cosine) of the `top` chunks nearest to `vector`, of all or of those `within`."""

    def matching(self, words: Sequence[str], top: int, within: Sequence[int] | None = None) -> Scored:
        """Return (number, BM25 score) of the `top` chunks with any of `words`, all or those `within`."""

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Return the chunks with these numbers."""

    def lines(self, numbers: Iterable[int]) -> dict[int, Line]:
        """Return the sentences with these numbers."""

    def document_lines(self, document_id: str) -> list[Line]:
        """Return all sentences of a document, headings too, in reading order."""

    def sources(self) -> list[Source]:
        """Return the documents, in the order in which they were added."""

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Return for each document the bytes of its file or text, its sentences and its passages."""

    def document(self, document_id: str) -> Document | None:
        """Return a document as it was read, with its file; None where there is none with this id."""

    def characters(self, document_id: str, spans: Spans) -> str:
        """Return what stands at `spans` of a document's source text, joined."""

    def evidence(self, numbers: Sequence[int], vectors: Mapping[str, Vectors]) -> Evidence:
        """Return what is known of those of the sentences `numbers` that can be quoted.

        `vectors` is the question's under each encoder.
        """

    def chunk_words(self, numbers: Sequence[int]) -> Ragged:
        """Return the words of each of the chunks `numbers`, those of its title and headings too."""

    def chunks_of(self, documents: Iterable[str]) -> list[int]:
        """Return the numbers of the chunks of some documents."""

    def cosines(self, model: str, vector: Vectors, numbers: Sequence[int]) -> dict[int, float]:
        """Return the cosine of `vector` with each of the chunks `numbers`."""

    def close(self) -> None:
        """Let go of the files."""


def open_store(
    home: Path, encoders: Mapping[str, Encoder], settings: Mapping[str, int], milvus: Address | None = None
) -> Store:
    """Open the index in `home`, or the one in Milvus where an address is given.

    Raises
    ------
    IndexMissingError, IndexDamagedError, IndexStaleError
        If it is not there, not as it was written, or not made by `encoders` and `settings`.
    StoreError
        If Milvus cannot be reached.
    """
    if milvus is None:
        return open_local(home, encoders, settings)
    from sstc_chat.index.milvus.store import open_milvus

    return open_milvus(milvus, encoders, settings)


def library_version(home: Path, milvus: Address | None = None) -> tuple[int, int] | None:
    """Return the generation and the state that the library has now; None where that cannot be told."""
    if milvus is None:
        return local_version(home)
    from sstc_chat.index.milvus.server import Server
    from sstc_chat.index.milvus.store import version_on

    try:
        with closing(Server(milvus)) as server:
            return version_on(server)
    except StoreError:
        return None
