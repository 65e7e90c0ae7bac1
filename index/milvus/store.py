"""The index in Milvus as it is read: by many servers, and none of them needs the home it came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from sstc_chat.corpus.errors import IndexMissingError, SSTCChatError
from sstc_chat.corpus.types import Document, Spans
from sstc_chat.index.changing.slots import BITS
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.evidence import Evidence
from sstc_chat.index.lexical import MOST_TERMS, stemmed
from sstc_chat.index.manifest import Manifest, parsed
from sstc_chat.index.milvus.address import Address
from sstc_chat.index.milvus.generation import Generation, Limit
from sstc_chat.index.milvus.packing import unpacked
from sstc_chat.index.milvus.publishing import WORDS, library_facts
from sstc_chat.index.milvus.sentences import read_evidence, require_all
from sstc_chat.index.milvus.server import Server
from sstc_chat.index.milvus.texts import read_characters, read_document
from sstc_chat.index.milvus.words import read_words
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.rows import line_of, passage_of
from sstc_chat.index.types import Line, Passage, Scored, Source, Vectors

# A search limited to more passages than this names their documents.
FEW = 4096
# Given how many to find, and to what a search is limited.
Search = Callable[[int, Limit], Scored]


class MilvusStore:
    """A `Store` on a Milvus server: one generation, as it is when it is asked.

    Parameters
    ----------
    server, generation
        What is asked.
    manifest
        What the index says it is.
    facts
        What else: its state, and how many chunks there are.
    """

    def __init__(
        self, server: Server, generation: Generation, manifest: Manifest, facts: Mapping[str, Any]
    ) -> None:
        self._server, self._generation = server, generation
        self.state, self.chunks = int(facts["state"]), int(facts["chunks"])
        self._documents = sorted(
            (*unpacked(row["row"]), row["slot"]) for row in generation.every("documents", ["slot", "row"])
        )
        self._slots = {row[1]: row[-1] for row in self._documents}
        self._lengths = {row[1]: row[7] for row in self._documents}
        documents = {row[1]: row[4] for row in self._documents}
        self.manifest = replace(manifest, generation=generation.number, documents=documents)
        self._words = read_words(generation, int(manifest.models[WORDS]["dimension"]))
        self.vocabulary = self._words.vocabulary

    def latest(self) -> tuple[int, int] | None:
        """Return the generation and the state that the library has now; None where that cannot be told."""
        return version_on(self._server)

    def is_in_the_way(self) -> bool:
        """Return False: nothing is held there for whoever reads."""
        return False

    def nearest(self, model: str, vector: Vectors, top: int, within: Sequence[int] | None = None) -> Scored:
        """Return (number, cosine) of the `top` chunks nearest to `vector`, of all or of those `within`."""
        return self._limited(partial(self._generation.nearest, model, vector), top, within)

    def matching(self, words: Sequence[str], top: int, within: Sequence[int] | None = None) -> Scored:
        """Return (number, BM25 score) of the `top` chunks with any of `words`, all or those `within`."""
        (said,) = stemmed([" ".join(list(dict.fromkeys(words))[:MOST_TERMS])])
        if not said:
            return []
        return self._limited(partial(self._generation.matching, said), top, within)

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Return the chunks with these numbers."""
        rows = self._rows("passages", numbers, ["number", "row"])
        return {row["number"]: passage_of((row["number"], *unpacked(row["row"]))) for row in rows}

    def lines(self, numbers: Iterable[int]) -> dict[int, Line]:
        """Return the sentences with these numbers."""
        rows = self._rows("sentences", numbers, ["number", "row"])
        return {row["number"]: line_of((row["number"], *unpacked(row["row"]))) for row in rows}

    def document_lines(self, document_id: str) -> list[Line]:
        """Return all sentences of a document, headings too, in reading order."""
        rows = self._of([document_id], "sentences", ["number", "row"])
        lines = [line_of((row["number"], *unpacked(row["row"]))) for row in rows]
        return sorted(lines, key=lambda line: line.number)

    def sources(self) -> list[Source]:
        """Return the documents, in the order in which they were added."""
        return [
            Source(identity, title, language, sha256, json.loads(metadata))
            for _, identity, title, language, sha256, metadata, *_ in self._documents
        ]

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Return for each document the bytes of its file or text, its sentences and its passages."""
        return {row[1]: (row[6], row[8], row[9]) for row in self._documents}

    def document(self, document_id: str) -> Document | None:
        """Return a document as it was read, with its file; None where there is none with this id."""
        slot = self._slots.get(document_id)
        return None if slot is None else read_document(self._generation, slot)

    def characters(self, document_id: str, spans: Spans) -> str:
        """Return what stands at `spans` of a document's source text, joined."""
        if document_id not in self._slots:
            return ""
        place = self._slots[document_id], self._lengths[document_id]
        return read_characters(self._generation, *place, spans)

    def evidence(self, numbers: Sequence[int], vectors: Mapping[str, Vectors]) -> Evidence:
        """Return what is known of those of the sentences `numbers` that can be quoted.

        `vectors` is the question's under each encoder.
        """
        return read_evidence(self._generation, self._words, numbers, vectors)

    def chunk_words(self, numbers: Sequence[int]) -> Ragged:
        """Return the words of each of the chunks `numbers`, those of its title and headings too."""
        words = {row["number"]: row["words"] for row in self._rows("passages", numbers, ["number", "words"])}
        require_all(words, numbers)
        return self._words.lists([words[number] for number in numbers])

    def chunks_of(self, documents: Iterable[str]) -> list[int]:
        """Return the numbers of the chunks of some documents."""
        return sorted(row["number"] for row in self._of(documents, "passages", ["number"]))

    def cosines(self, model: str, vector: Vectors, numbers: Sequence[int]) -> dict[int, float]:
        """Return the cosine of `vector` with each of the chunks `numbers`."""
        rows = self._rows("passages", numbers, ["number", model])
        require_all([row["number"] for row in rows], numbers)
        exact = np.array([row[model] for row in rows], dtype=np.float32).reshape(len(rows), len(vector))
        cosines = np.einsum("ij,j->i", exact, vector).tolist()
        return {row["number"]: cosine for row, cosine in zip(rows, cosines, strict=True)}

    def close(self) -> None:
        """End the connection."""
        self._server.close()

    def _rows(self, name: str, numbers: Iterable[int], wanted: Sequence[str]) -> list[dict[str, Any]]:
        return self._generation.rows(name, "number", list(numbers), wanted)

    def _of(self, documents: Iterable[str], name: str, wanted: Sequence[str]) -> list[dict[str, Any]]:
        """Return what belongs to some documents."""
        slots = [self._slots[one] for one in documents if one in self._slots]
        return self._generation.rows(name, "slot", slots, wanted)

    def _limited(self, search: Search, top: int, within: Sequence[int] | None) -> Scored:
        """Return what a search finds, limited to some passages or not, best first, then by number."""
        if not top or (within is not None and not within):
            return []
        if within is None:
            found = search(top, None)
        elif len(within) <= FEW:
            found = search(min(top, len(within)), ("number", within))
        else:
            wanted = set(within)
            limits = ("slot", {number >> BITS for number in within})
            found = [one for one in search(top, limits) if one[0] in wanted]
        return sorted(found, key=lambda one: (-one[1], one[0]))


def open_milvus(
    address: Address, encoders: Mapping[str, Encoder], settings: Mapping[str, int]
) -> MilvusStore:
    """Open the generation that is in use on a server.

    Raises
    ------
    StoreError, IndexMissingError, IndexStaleError
        If the server cannot be reached, has no library, or one made by other encoders or settings.
    """
    server = Server(address)
    try:
        generation = server.generation()
        facts = library_facts(generation) if generation is not None else {}
        if generation is None or not facts:
            raise IndexMissingError(
                f"There is no library in Milvus at {address.shown}. Run: sstc-chat index publish"
            )
        manifest = parsed(json.dumps(facts["manifest"]), f"The manifest in Milvus at {address.shown}")
        manifest.check_made_by(encoders, settings)
        return MilvusStore(server, generation, manifest, facts)
    except BaseException:
        server.close()
        raise


def version_on(server: Server) -> tuple[int, int] | None:
    """Return the generation and the state of the library on a server; None where it cannot be told now."""
    try:
        generation = server.generation()
        return None if generation is None else (generation.number, int(library_facts(generation)["state"]))
    except (SSTCChatError, KeyError):
        return None
