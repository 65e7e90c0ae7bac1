"""Build an index: a new generation beside the one in use, put in its place when it is whole."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sstc_chat.corpus.errors import HomeError, SSTCChatError
from sstc_chat.corpus.reading import read
from sstc_chat.index.dense import DenseIndex
from sstc_chat.index.embedding import embed
from sstc_chat.index.encoders import Encoder, file_sum, views_of
from sstc_chat.index.lexical import require_fts5
from sstc_chat.index.library import Library
from sstc_chat.index.manifest import SCHEMA, Manifest, describe
from sstc_chat.index.store import DATABASE, Store, open_store
from sstc_chat.index.tables import create_tables, write_reading, write_vectors
from sstc_chat.index.terms import write_terms
from sstc_chat.index.types import Progress

# The encoder that gives words their vectors must know the words of every language.
WORDS = "multilingual"
# A chunk is encoded with its title and headings, which say what it is about.
CHUNKS_IN_CONTEXT = "SELECT number, id, context || '. ' || text FROM chunks ORDER BY number"


@dataclass(frozen=True)
class _Text:
    """A sentence or a chunk that needs a vector."""

    number: int
    id: str
    text: str


def build_index(
    home: Path,
    library: Library,
    encoders: Mapping[str, Encoder],
    settings: Mapping[str, int],
    progress: Progress,
) -> Manifest:
    """Build the index of `library` in `home` and put it in use.

    What the index in use already holds of the same text, model and settings is not encoded again.

    Raises
    ------
    HomeError
        If the home cannot be written. The index in use stays as it was.
    """
    require_fts5()
    generation = 1 + max([0, *_generations(home)])
    folder = home / f"generation-{generation}"
    try:
        folder.mkdir()
        with (
            _index_in_use(home, encoders, settings) as old,
            closing(sqlite3.connect(folder / DATABASE)) as connection,
            connection,
        ):
            create_tables(connection)
            writer = _Writer(folder, connection, old, progress)
            documents = writer.read(library, settings["chunk_size"])
            for role, encoder in encoders.items():
                writer.encode(role, encoder)
            known_words = old.known_words() if old else {}
            write_terms(connection, encoders[WORDS], known_words, progress)
        files = {path.name: file_sum(path) for path in sorted(folder.iterdir())}
        manifest = Manifest(SCHEMA, generation, describe(encoders), settings, documents, files)
        manifest.write(home)
    except (OSError, sqlite3.Error) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise HomeError(f"The home {home} cannot be written ({error}). Make room there.") from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _sweep(home, keep=generation)
    return manifest


@dataclass(frozen=True)
class _Writer:
    """Writes the files of one generation into `folder`."""

    folder: Path
    connection: sqlite3.Connection
    old: Store | None
    progress: Progress

    def read(self, library: Library, chunk_size: int) -> dict[str, str]:
        """Write what stands in the documents; return their sums."""
        documents = {}
        total = len(library)
        for number, document in enumerate(library, start=1):
            write_reading(self.connection, read(document, chunk_size))
            documents[document.id] = document.sha256
            self.progress("Reading", number, total)
        return documents

    def encode(self, role: str, encoder: Encoder) -> None:
        """Write the vectors of all chunks, and of all sentences that can be quoted."""
        sentences = self._texts("SELECT number, id, text FROM sentences WHERE kind <> 'heading'")
        chunks = self._texts(CHUNKS_IN_CONTEXT)
        views = {one.id: views_of(one.text, encoder.window) for one in sentences}
        views |= {one.id: [one.text] for one in chunks}
        known = self.old.known_vectors(role) if self.old else {}
        vectors = embed(views, encoder, known, self.progress)
        write_vectors(self.connection, role, ((one.number, vectors[one.id]) for one in sentences))
        rows = [np.empty((0, encoder.dimension), np.float32), *(vectors[one.id] for one in chunks)]
        DenseIndex.of(np.concatenate(rows)).save(self.folder / f"{role}.faiss")

    def _texts(self, query: str) -> list[_Text]:
        return [_Text(*row) for row in self.connection.execute(query)]


@contextmanager
def _index_in_use(
    home: Path, encoders: Mapping[str, Encoder], settings: Mapping[str, int]
) -> Iterator[Store | None]:
    try:
        store = open_store(home, encoders, settings)
    except SSTCChatError:
        yield None  # missing, damaged or stale: nothing of it can be used again
        return
    with closing(store):
        yield store


def _generations(home: Path) -> list[int]:
    names = [path.name.removeprefix("generation-") for path in home.glob("generation-*")]
    return [int(name) for name in names if name.isdecimal()]


def _sweep(home: Path, keep: int) -> None:
    """Delete generations that are no longer in use; one that is still open goes next time."""
    for generation in _generations(home):
        if generation != keep:
            shutil.rmtree(home / f"generation-{generation}", ignore_errors=True)
