"""Build an index: a new generation beside the one in use, put in its place when it is whole."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sstc_chat.corpus.errors import HomeError, SSTCChatError
from sstc_chat.corpus.reading import read
from sstc_chat.index.dense import DenseIndex
from sstc_chat.index.encoders import Encoder, file_sum, views_of
from sstc_chat.index.lexical import require_fts5
from sstc_chat.index.library import Library
from sstc_chat.index.manifest import SCHEMA, Manifest, describe, read_manifest
from sstc_chat.index.store import DATABASE, Store, open_store
from sstc_chat.index.tables import create_tables, write_reading, write_vectors
from sstc_chat.index.types import Progress, Vectors

# How many texts are encoded at a time: enough to fill a batch, few enough to show progress.
BATCH = 64


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
        with _index_in_use(home, encoders, settings) as old:
            documents = _write(folder, library, encoders, settings, old, progress)
        files = {path.name: file_sum(path) for path in sorted(folder.iterdir())}
        manifest = Manifest(SCHEMA, generation, describe(encoders), settings, documents, files)
        manifest.write(home)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise HomeError(f"The home {home} cannot be written ({error}). Make room there.") from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _sweep(home, keep=generation)
    return manifest


def _write(
    folder: Path,
    library: Library,
    encoders: Mapping[str, Encoder],
    settings: Mapping[str, int],
    old: Store | None,
    progress: Progress,
) -> dict[str, str]:
    """Write the files of a generation; return the sums of its documents."""
    total = len(library)
    documents = {}
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        create_tables(connection)
        for number, document in enumerate(library, start=1):
            write_reading(connection, read(document, settings["chunk_size"]))
            documents[document.id] = document.sha256
            progress("Reading", number, total)
        for role, encoder in encoders.items():
            _encode(folder, connection, role, encoder, old, progress)
    return documents


def _encode(
    folder: Path,
    connection: sqlite3.Connection,
    role: str,
    encoder: Encoder,
    old: Store | None,
    progress: Progress,
) -> None:
    """Write the vectors of all chunks, and of all sentences that can be quoted."""
    sentences, chunks = (
        [_Text(*row) for row in connection.execute(query)]
        for query in (
            "SELECT number, id, text FROM sentences WHERE kind <> 'heading' ORDER BY number",
            "SELECT number, id, text FROM chunks ORDER BY number",
        )
    )
    known = old.known_vectors(role) if old else {}
    texts = {one.id: views_of(one.text, encoder.window) for one in sentences}
    texts |= {one.id: [one.text] for one in chunks}
    vectors = _vectors(texts, encoder, known, progress)
    write_vectors(connection, role, ((one.number, vectors[one.id]) for one in sentences))
    rows = [np.empty((0, encoder.dimension), np.float32), *(vectors[one.id] for one in chunks)]
    DenseIndex.of(np.concatenate(rows)).save(folder / f"{role}.faiss")


def _vectors(
    texts: Mapping[str, Sequence[str]],
    encoder: Encoder,
    known: Mapping[str, Vectors],
    progress: Progress,
) -> dict[str, Vectors]:
    """Return the vectors of each text's views by its id, encoding only what is not known."""
    missing = {identity: views for identity, views in texts.items() if identity not in known}
    encoded = _encoded([view for views in missing.values() for view in views], encoder, progress)
    ends = np.cumsum([len(views) for views in missing.values()])
    new = zip(missing, np.split(encoded, ends[:-1]), strict=True) if missing else ()
    return {**{identity: known[identity] for identity in texts if identity in known}, **dict(new)}


def _encoded(texts: Sequence[str], encoder: Encoder, progress: Progress) -> Vectors:
    """Return a vector for each text, shape (len(texts), dimension)."""
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    # Texts of like length side by side: a batch is padded to its longest.
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        vectors[batch] = encoder.encode_passages([texts[place] for place in batch])
        progress(f"Encoding with {encoder.name}", start + len(batch), len(texts))
    return vectors


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
