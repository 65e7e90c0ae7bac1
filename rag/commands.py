"""What each command does. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TextIO

from sstc_chat.corpus.errors import DocumentError, IndexMissingError, IndexStaleError
from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.readers import READERS, read_file
from sstc_chat.index.builder import build_index
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.manifest import read_manifest
from sstc_chat.rag.batch import Row, answer_lines
from sstc_chat.rag.engine import Engine, begin, load_encoders, open_engine
from sstc_chat.rag.output import Json, answer_object, answer_text, hits_object, hits_text
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.settings import Settings, load_settings


def ask(options: Namespace) -> None:
    """Answer one question, or a batch of them."""
    with opened(options) as engine:
        if options.batch:
            _batch(
                options.batch,
                lambda row: answer_object(engine.ask(row.question, row.history), row.id),
            )
        else:
            answer = engine.ask(options.question)
            _print(_dump(answer_object(answer)) if options.json else answer_text(answer))


def search(options: Namespace) -> None:
    """Find passages for one question, or for a batch of them."""
    with opened(options) as engine:
        if options.batch:
            _batch(
                options.batch,
                lambda row: hits_object(engine.search(row.question, options.top), row.id),
            )
        else:
            hits = engine.search(options.question, options.top)
            _print(_dump(hits_object(hits)) if options.json else hits_text(hits))


def index_add(options: Namespace) -> None:
    """Add documents and bring the index up to date; either all of them are added or none."""
    with _changing(options) as library:
        added = library.add(document for path in _files(options.path) for document in read_file(path))
        _say(f"Added {len(added)} document{'' if len(added) == 1 else 's'}.")


def index_remove(options: Namespace) -> None:
    """Take a document out."""
    with _changing(options) as library:
        if not library.remove(options.id):
            known = ", ".join(document.id for document in library) or "none"
            raise DocumentError(f"There is no document {options.id!r}. In the library: {known}.")
        _say(f"Removed {options.id}.")


def index_list(options: Namespace) -> None:
    """List the documents."""
    with opened(options) as engine:
        sources = engine.sources()
    if options.json:
        _print(_dump([{field.name: getattr(one, field.name) for field in fields(one)} for one in sources]))
    else:
        for one in sources:
            _print(f"{one.id}  {one.language}  {one.title}")


def index_build(options: Namespace) -> None:
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
        _build(settings, library)


def index_verify(options: Namespace) -> None:
    """Check the files of the index, its documents, and every quote it could show."""
    with opened(options) as engine:
        with open_library(settings_of(options).home) as library:
            if {document.id: document.sha256 for document in library} != engine.store.manifest.documents:
                raise IndexStaleError(
                    "The index is not of the library's documents. Run: sstc-chat index build"
                )
        for source in engine.sources():
            wrong = [
                line
                for line in engine.lines(source.id)
                if plain(engine.store.characters(source.id, line.spans)) != " ".join(line.text.split())
            ]
            if wrong:
                raise DocumentError(f"{len(wrong)} sentences of {source.id} are not in its source.")
            _print(f"{source.id}: {len(engine.lines(source.id))} sentences, each exact")


def settings_of(options: Namespace) -> Settings:
    """Return the settings that hold for a command."""
    names = {field.name for field in fields(Settings)}
    return load_settings({key: value for key, value in vars(options).items() if key in names})


@contextmanager
def opened(options: Namespace) -> Iterator[Engine]:
    """Open the engine for a command, saying so when the index has to be built first."""
    settings = settings_of(options)
    try:
        read_manifest(settings.home)
    except IndexMissingError:
        _say(f"There is no index in {settings.home} yet: building it from the shipped report.")
    progress = ProgressBar()
    try:
        engine = open_engine(settings, progress)
    finally:
        progress.close()
    try:
        yield engine
    finally:
        engine.store.close()


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
            _say(f"There is no index in {settings.home} yet: beginning with the shipped report.")
            begin(library)
        yield library
        _build(settings, library)


def _build(settings: Settings, library: Library) -> None:
    progress = ProgressBar()
    try:
        encoders = load_encoders(settings)
        build_index(settings.home, library, encoders, settings.index_settings(), progress)
    finally:
        progress.close()
    _say(f"The index in {settings.home} holds {len(library)} documents.")


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


def _batch(name: str, answer: Callable[[Row], Json]) -> None:
    with _lines(name) as lines:
        for result in answer_lines(lines, answer):
            _print(_dump(result))
            sys.stdout.flush()


@contextmanager
def _lines(name: str) -> Iterator[TextIO]:
    """Open a batch; a byte that is not UTF-8 spoils its own line only."""
    if name == "-":
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8", errors="replace") as file:
            yield file
    except OSError as error:
        raise DocumentError(f"{name} cannot be read: {error.strerror}. Check the path.") from error


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
