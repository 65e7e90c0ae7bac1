"""What the `index` commands do: documents in and out, build, verify."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from sstc_chat.corpus.errors import DocumentError, IndexMissingError, IndexStaleError
from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.readers import READERS, read_file
from sstc_chat.index.builder import build_index
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.manifest import read_manifest
from sstc_chat.rag.commands import opened, settings_of
from sstc_chat.rag.engine import begin, load_encoders
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.terminal import as_json, say, write


def add(options: Namespace) -> None:
    """Add documents and bring the index up to date; either all of them are added or none."""
    with _changing(options) as library:
        added = library.add(document for path in _files(options.path) for document in read_file(path))
        say(f"Added {len(added)} document{'' if len(added) == 1 else 's'}.")


def remove(options: Namespace) -> None:
    """Take a document out."""
    with _changing(options) as library:
        if not library.remove(options.id):
            known = ", ".join(document.id for document in library) or "none"
            raise DocumentError(f"There is no document {options.id!r}. In the library: {known}.")
        say(f"Removed {options.id}.")


def listing(options: Namespace) -> None:
    """List the documents."""
    with opened(options) as engine:
        sources = engine.sources()
    if options.json:
        write(as_json([asdict(one) for one in sources]))
    else:
        for one in sources:
            write(f"{one.id}  {one.language}  {one.title}")


def build(options: Namespace) -> None:
    """Build the index again from the documents in the library."""
    settings = settings_of(options)
    with open_library(settings.home) as library:
        if options.empty and len(library):
            raise DocumentError(
                f"The library in {settings.home} holds {len(library)} documents, so it cannot start "
                "empty. Remove them with: sstc-chat index remove ID"
            )
        if not options.empty:
            begin(library)
        _rebuild(settings, library)


def verify(options: Namespace) -> None:
    """Check the files of the index, its documents, and every quote it could show."""
    with opened(options) as engine:
        with open_library(settings_of(options).home) as library:
            if {document.id: document.sha256 for document in library} != engine.store.manifest.documents:
                raise IndexStaleError(
                    "The index is not of the library's documents. Run: sstc-chat index build"
                )
        for source in engine.sources():
            lines = engine.lines(source.id)
            wrong = [
                line
                for line in lines
                if plain(engine.store.characters(source.id, line.spans)) != " ".join(line.text.split())
            ]
            if wrong:
                raise DocumentError(f"{len(wrong)} sentences of {source.id} are not in its source.")
            write(f"{source.id}: {len(lines)} sentences, each exact")


@contextmanager
def _changing(options: Namespace) -> Iterator[Library]:
    """Open the library for a change, and bring the index up to date with it."""
    settings = settings_of(options)
    try:
        read_manifest(settings.home)
        fresh = False
    except IndexMissingError:
        fresh = True
    with open_library(settings.home) as library:
        if fresh:
            say(f"There is no index in {settings.home} yet: beginning with the shipped report.")
            begin(library)
        yield library
        _rebuild(settings, library)


def _rebuild(settings: Settings, library: Library) -> None:
    progress = ProgressBar()
    try:
        encoders = load_encoders(settings)
        build_index(settings.home, library, encoders, settings.index_settings(), progress)
    finally:
        progress.close()
    say(f"The index in {settings.home} holds {len(library)} documents.")


def _files(paths: list[str]) -> Iterator[Path]:
    """Yield the files, and those of a known kind below the folders, in order of name."""
    for path in map(Path, paths):
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.suffix.lower() in READERS)
            if not found:
                raise DocumentError(f"{path} holds none of: {', '.join(sorted(READERS))}.")
            yield from found
        else:
            yield path
