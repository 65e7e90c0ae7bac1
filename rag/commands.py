"""What `ask` and `search` do, and what every command begins with."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TextIO, TypeVar

from sstc_chat.corpus.errors import DocumentError, IndexMissingError
from sstc_chat.index.manifest import read_manifest
from sstc_chat.index.types import Hit
from sstc_chat.rag.batch import Row, answer_lines
from sstc_chat.rag.documents.asking import ask_within
from sstc_chat.rag.documents.limits import Limits, documents_within
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import open_engine
from sstc_chat.rag.output import Json, answer_object, answer_text, hits_object, hits_text
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.prose.writing import open_writer
from sstc_chat.rag.records.boxes import with_boxes
from sstc_chat.rag.records.export.formats import write_export
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.records.selectors import annotated
from sstc_chat.rag.settings import Settings, load_settings
from sstc_chat.rag.terminal import as_json, say, write
from sstc_chat.rag.types import Answer

Result = TypeVar("Result")
LIMITS = {
    "document": "answer from the document with this id",
    "language": "answer from documents in this language, such as fr",
    "year": "answer from documents of this year, such as 2024",
}


def ask(options: Namespace) -> None:
    """Answer one question, or a batch of them, and write the answers to a file where that is asked for."""
    kept: list[Json] = []
    with opened(options) as engine:
        writer = None if options.quotes else open_writer(settings_of(options), engine.encoders)

        def answered(row: Row) -> Answer:
            answer = ask_within(engine, row.question, row.history, row.limits)
            if writer:
                answer = writer.written(answer, engine.documents)
            if options.export:
                kept.extend(with_boxes([annotated(record_of(answer), engine.store)], engine.store))
            return answer

        _respond(options, answered, answer_object, answer_text)
    if kept:
        export(kept, options.export, options.export_language)


def search(options: Namespace) -> None:
    """Find passages for one question, or for a batch of them."""
    with opened(options) as engine:

        def find(row: Row) -> tuple[Hit, ...]:
            within = documents_within(row.limits, engine.sources())
            return engine.search(row.question, options.top, within)

        _respond(options, find, hits_object, hits_text)


def add_limits(parser: ArgumentParser) -> None:
    """Add the flags that limit a question to some documents."""
    group = parser.add_argument_group(
        "limits", "Each may be given several times, or be a list of JSON in a batch."
    )
    for what, meaning in LIMITS.items():
        group.add_argument(f"--{what}", action="append", default=[], metavar=what.upper(), help=meaning)


def _limits(options: Namespace) -> Limits:
    return Limits(*(tuple(getattr(options, what)) for what in LIMITS))


def export(records: Sequence[Json], path: Path, language: str | None) -> None:
    """Write records to a file, in the language of the first question where none is given."""
    write_export(records, path, language or records[0]["language"])
    say(f"Wrote {path}.")


def settings_of(options: Namespace) -> Settings:
    """Return the settings that hold for a command."""
    names = {field.name for field in fields(Settings)}
    return load_settings({key: value for key, value in vars(options).items() if key in names})


@contextmanager
def opened(options: Namespace) -> Iterator[Engine]:
    """Open the engine for a command, saying so when the index has to be built first."""
    settings = settings_of(options)
    try:
        if settings.store == "local":
            read_manifest(settings.home)
    except IndexMissingError:
        say(f"There is no index in {settings.home} yet: building it from the shipped report.")
    progress = ProgressBar()
    try:
        engine = open_engine(settings, progress)
    finally:
        progress.close()
    try:
        yield engine
    finally:
        engine.store.close()


def _respond(
    options: Namespace,
    find: Callable[[Row], Result],
    as_object: Callable[[Result, object], Json],
    as_text: Callable[[Result], str],
) -> None:
    """Print what is found for one question or for each of a batch, in the form that was asked for."""
    limits = _limits(options)
    if options.batch:
        _batch(options.batch, limits, lambda row: as_object(find(row), row.id))
        return
    found = find(Row(None, options.question, (), limits))
    write(as_json(as_object(found, None)) if options.json else as_text(found))


def _batch(name: str, limits: Limits, answer: Callable[[Row], Json]) -> None:
    with _lines(name) as lines:
        for result in answer_lines(lines, answer, limits):
            write(as_json(result))


@contextmanager
def _lines(name: str) -> Iterator[TextIO]:
    """Open a batch; a byte that is not UTF-8 spoils its own line only."""
    if name == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8", errors="replace") as file:
            yield file
    except OSError as error:
        raise DocumentError(f"{name} cannot be read: {error.strerror}. Check the path.") from error
