"""Bring the index of a library up to date: what is new is read and encoded, all else stays as it is.

With other models or settings, or where it is asked for, everything is made anew: in a generation beside the
one in use, put in its place when it is whole.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from sstc_chat.corpus.errors import HomeError
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Reading
from sstc_chat.index.changing.anew import begin_anew, copy_vectors, copy_words, finish
from sstc_chat.index.changing.contents import encode, forget_unused, in_context, use_contents
from sstc_chat.index.changing.documents import pending_documents
from sstc_chat.index.changing.generations import next_generation
from sstc_chat.index.changing.rows import sums_of, write_reading
from sstc_chat.index.changing.words import write_words
from sstc_chat.index.database import state_of
from sstc_chat.index.dense.refreshing import refresh
from sstc_chat.index.encoders import Encoder, views_of
from sstc_chat.index.lexical import require_fts5
from sstc_chat.index.library import Library
from sstc_chat.index.manifest import SCHEMA, Manifest, describe
from sstc_chat.index.types import Progress

logger = logging.getLogger(__name__)
# The encoder that gives words their vectors must know the words of every language.
WORDS = "multilingual"
# How many characters are read before they are encoded: enough to fill batches, few enough for memory.
GROUP = 4_000_000


def build_index(  # noqa: PLR0913 - what it is made of, and one switch
    home: Path,
    library: Library,
    encoders: Mapping[str, Encoder],
    settings: Mapping[str, int],
    progress: Progress,
    *,
    anew: bool = False,
) -> Manifest:
    """Bring the index of `library` in `home` up to date, and keep what was changed in the library.

    What is known of the same text and model is not encoded again.

    Parameters
    ----------
    anew
        Make everything anew, even with the models and settings that were used.

    Raises
    ------
    HomeError
        If the home cannot be written. The index in use stays as it was.
    """
    require_fts5()
    try:
        if not library.manifest.models:  # nothing has been made of it yet
            library.manifest = Manifest(SCHEMA, library.manifest.generation, describe(encoders), settings)
        elif anew or not library.manifest.is_made_by(encoders, settings):
            _make_anew(library, encoders, settings, progress)
        _index_pending(library.connection, encoders, settings, progress)
        library.design()
        library.keep()
    except (OSError, sqlite3.OperationalError) as error:
        raise HomeError(f"The home {home} cannot be written ({error}). Make room there.") from error
    _refresh(library, {role: encoder.dimension for role, encoder in encoders.items()}, progress)
    return library.manifest


def _refresh(library: Library, dimensions: Mapping[str, int], progress: Progress) -> None:
    """Bring the FAISS files up to date, if that can be done.

    What was changed holds already, and whoever opens the files makes up for what they lack: nobody may be
    told that the change was not made.
    """
    try:
        refresh(library.connection, library.folder, dimensions, library.manifest.dense, progress)
    except (OSError, sqlite3.OperationalError) as error:
        logger.warning("The FAISS files in %s stay as they were: %s", library.folder, error)


def _make_anew(
    library: Library, encoders: Mapping[str, Encoder], settings: Mapping[str, int], progress: Progress
) -> None:
    """Make a generation anew beside the one in use, and go on with it."""
    old, home = library.connection, library.home
    manifest = Manifest(SCHEMA, next_generation(home), describe(encoders), settings)
    same = {role: library.manifest.models.get(role) == one for role, one in manifest.models.items()}
    new = begin_anew(home, manifest, old)
    try:
        copy_vectors(old, new, same)
        if same[WORDS]:
            copy_words(old, new)
        _index_pending(new, encoders, settings, progress)
        forget_unused(new)
        finish(home, manifest, new)
    except BaseException:
        new.close()
        raise
    library.adopt(new, manifest)


def _index_pending(
    connection: sqlite3.Connection,
    encoders: Mapping[str, Encoder],
    settings: Mapping[str, int],
    progress: Progress,
) -> None:
    """Read and encode the documents that stand in no other table yet."""
    for readings in _groups(connection, settings["chunk_size"], progress):
        _write(connection, readings, encoders, progress)
        write_words(connection, readings, encoders[WORDS], progress)
        connection.executemany("DELETE FROM pending WHERE slot = ?", ((slot,) for slot in readings))


def _groups(
    connection: sqlite3.Connection, chunk_size: int, progress: Progress
) -> Iterator[dict[int, Reading]]:
    """Read the pending documents; yield them by slot, some at a time."""
    group: dict[int, Reading] = {}
    size = 0
    total = int(connection.execute("SELECT count(*) FROM pending").fetchone()[0])
    for number, (slot, document) in enumerate(pending_documents(connection), start=1):
        group[slot] = read(document, chunk_size)
        size += len(document.text)
        progress("Reading", number, total)
        if size > GROUP or number == total:
            yield group
            group, size = {}, 0


def _write(
    connection: sqlite3.Connection,
    readings: Mapping[int, Reading],
    encoders: Mapping[str, Encoder],
    progress: Progress,
) -> None:
    """Write the rows of readings, given by slot, and the vectors of what is new in them."""
    state = state_of(connection) + 1
    texts: dict[bytes, str] = {}
    whole: set[bytes] = set()
    sums: list[bytes] = []
    for reading in readings.values():
        sentences, chunks = sums_of(reading)
        sums += [*sentences.values(), *chunks.values()]
        whole |= set(chunks.values())
        texts |= {sum_: reading.sentences[place].text for place, sum_ in sentences.items()}
        texts |= {sum_: in_context(reading.chunks[place]) for place, sum_ in chunks.items()}
    numbers = use_contents(connection, sums)
    for slot, reading in readings.items():
        write_reading(connection, slot, reading, numbers, state)
    for role, encoder in encoders.items():
        views = {
            numbers[sum_]: [text] if sum_ in whole else views_of(text, encoder.window)
            for sum_, text in texts.items()
        }
        encode(connection, role, encoder, views, progress)
