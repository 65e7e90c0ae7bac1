"""What the `index` commands do: documents in and out, build, verify."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from functools import partial

from sstc_chat.corpus.errors import DocumentError, SettingsError
from sstc_chat.corpus.readers import read_file
from sstc_chat.index.exported.loading import look_again
from sstc_chat.index.keeping.checking import check_library
from sstc_chat.index.library import open_library
from sstc_chat.rag.commands import opened, settings_of
from sstc_chat.rag.documents.adding import Outcome, add_files, files_in
from sstc_chat.rag.documents.changing import bring_up_to_date, changing, publish
from sstc_chat.rag.documents.effects import effects_on_records, effects_text
from sstc_chat.rag.documents.given import given_in
from sstc_chat.rag.documents.listing import rows_object, rows_of, rows_text
from sstc_chat.rag.models import encoders_to_index, load_encoders
from sstc_chat.rag.opening import begin
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.terminal import as_json, say, write

# A file of more documents than this is told in numbers.
FEW = 3


def add_paths(options: Namespace) -> None:
    """Add documents; what is wrong with a file is said, and the others are added."""
    settings, progress = settings_of(options), ProgressBar()
    files = [(path, str(path.absolute())) for path in files_in(options.path)]
    with (
        changing(settings, options.wait) as library,
        encoders_to_index(settings, progress, options.workers) as encoders,
    ):
        try:
            outcomes = list(
                add_files(
                    *(library, files, encoders, settings.index_settings(), progress),
                    reader=partial(read_file, given=given_in(options), ocr=options.ocr),
                )
            )
        finally:
            progress.close()
        size = len(library)
        publish(settings, library)
        replaced = {name for one in outcomes for name, what in one.documents.items() if what == "replaced"}
        effects = effects_text(effects_on_records(library, replaced))
    if len(outcomes) > 1 or not outcomes[0].error:
        _tell(outcomes)
    say(f"The library in {settings.home} holds {size:,} documents. {effects}".rstrip())
    wrong = [one for one in outcomes if one.error]
    if wrong and len(outcomes) == 1:
        raise DocumentError(wrong[0].error)
    if wrong:
        raise DocumentError(
            f"{len(wrong):,} of {len(outcomes):,} files were not added; what is wrong is said above."
        )


def remove_documents(options: Namespace) -> None:
    """Take documents out, all that are named or none."""
    settings = settings_of(options)
    with changing(settings, options.wait) as library:
        for identity in options.id:
            if not library.remove(identity):
                raise DocumentError(
                    f"There is no document {identity!r}, so nothing was removed. See: sstc-chat index list"
                )
        bring_up_to_date(settings, library)
        publish(settings, library)
        effects = effects_text(effects_on_records(library, options.id))
    say(f"Removed {', '.join(options.id)}. {effects} To bring back: sstc-chat index undo".replace("  ", " "))


def undo_change(options: Namespace) -> None:
    """Bring back what the last change took out or replaced."""
    settings = settings_of(options)
    with changing(settings, options.wait) as library:
        back = library.bring_back()
        if not back:
            raise DocumentError("Nothing was taken out or replaced that could be brought back.")
        bring_up_to_date(settings, library)
        publish(settings, library)
    say(f"Brought back {', '.join(back)}.")


def list_documents(options: Namespace) -> None:
    """List the documents."""
    with opened(options) as engine:
        rows = rows_of(engine.store)
        if options.json:
            write(as_json(rows_object(rows, engine.store)))
        elif rows:
            write(rows_text(rows))


def build_again(options: Namespace) -> None:
    """Build the index again from the documents in the library."""
    settings = settings_of(options)
    look_again(settings.exports, (choice.name for choice in settings.models().values()))
    with open_library(settings.home, options.wait, settings.dense) as library:
        if options.empty and len(library):
            raise DocumentError(
                f"The library in {settings.home} holds {len(library)} documents, so it cannot start "
                "empty. Remove them with: sstc-chat index remove ID"
            )
        if not options.empty:
            begin(library)
        bring_up_to_date(settings, library, options.workers, anew=True)
        publish(settings, library)
        say(f"The index in {settings.home} holds {len(library):,} documents.")


def publish_documents(options: Namespace) -> None:
    """Bring Milvus to what the library holds."""
    settings = settings_of(options)
    if settings.store != "milvus":
        raise SettingsError("There is nowhere to publish to. Give: --store milvus --milvus-uri URI")
    with changing(settings, options.wait) as library:
        if library.has_pending():
            bring_up_to_date(settings, library)
        publish(settings, library, replace=options.replace)
        say(f"Milvus holds {len(library):,} documents.")


def verify_documents(options: Namespace) -> None:
    """Check all that the library holds, and name what is damaged with the command that mends it."""
    settings, progress = settings_of(options), ProgressBar()
    try:
        problems = []
        for line in check_library(
            settings.home, load_encoders(settings, progress), settings.index_settings(), progress
        ):
            write(line.text)
            problems += [line] if line.wrong else []
    finally:
        progress.close()
    if problems:
        raise DocumentError(f"{len(problems):,} things are damaged; what mends each is said with it.")


def _tell(outcomes: list[Outcome]) -> None:
    """Say what became of each file."""
    for one in outcomes:
        if one.error or len(one.documents) <= FEW:
            what = ", ".join(f"{name} {change}" for name, change in one.documents.items())
        else:
            what = ", ".join(f"{n:,} {change}" for change, n in Counter(one.documents.values()).items())
        say(one.error or f"{one.name}: {what or 'unchanged'}")
