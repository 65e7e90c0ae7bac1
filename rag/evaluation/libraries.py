"""Which documents a set of questions is asked of: those of the home, or those beside the questions."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from sstc_chat.corpus.errors import (
    EvaluationError,
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
)
from sstc_chat.corpus.readers import read_file
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import file_sum
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.code import code_sum
from sstc_chat.rag.evaluation.report import Corpus
from sstc_chat.rag.evaluation.types import QuestionSet

BESIDE = "corpus.jsonl"
FOLDER = "evaluation"
STAMP = "code.sha256"
SHORT = 16


@contextmanager
def open_documents(
    questions: QuestionSet, engine: Engine, home: Path, progress: Progress
) -> Iterator[tuple[Engine, Corpus]]:
    """Open an engine on the documents that a set asks about, and say which these are.

    The engine of the home does where it holds all gold documents, or the set names none. Otherwise an
    index of the `corpus.jsonl` beside the questions is built, and kept in the home for the next time.

    Raises
    ------
    EvaluationError
        If gold documents are in neither, or lines of an answer are not in their document.
    """
    gold = {identity for task in questions.tasks for identity in task.gold}
    if gold <= engine.documents.keys():
        yield engine, Corpus("the library", len(engine.documents), _sum(engine.store.manifest.documents))
        return
    beside = questions.path.parent / BESIDE
    if not beside.is_file():
        missing = sorted(gold - engine.documents.keys())
        raise EvaluationError(
            f"{questions.path} asks about {missing[0]!r}{_others(missing)}, not in the library of {home}. "
            f"Put {BESIDE} beside it, or add the documents with: sstc-chat index add PATH"
        )
    checksum = file_sum(beside)
    with _kept(engine, beside, home / FOLDER / checksum[:SHORT], progress) as other:
        missing = sorted(gold - other.documents.keys())
        if missing:
            raise EvaluationError(
                f"{questions.path} asks about {missing[0]!r}{_others(missing)}, not in {beside}. "
                "Add a row for each document."
            )
        yield other, Corpus(BESIDE, len(other.documents), checksum)


@contextmanager
def _kept(engine: Engine, corpus: Path, home: Path, progress: Progress) -> Iterator[Engine]:
    """Open the index that is kept of a corpus; build it where there is none that this code made.

    What it was made of does not tell how it was read, and an evaluation is to see every change in that.
    """
    settings = engine.store.manifest.settings
    stamp, code = home / STAMP, code_sum("corpus", "index")
    try:
        store = open_store(home, engine.encoders, settings)
        known = stamp.is_file() and stamp.read_text("utf-8") == code
    except (IndexMissingError, IndexStaleError):
        known = False
    except IndexDamagedError:
        shutil.rmtree(home)
        known = False
    if not known:
        with open_library(home) as library:
            library.add(read_file(corpus))
            build_index(home, library, engine.encoders, settings, progress, anew=True)
        stamp.write_text(code, "utf-8")
        store = open_store(home, engine.encoders, settings)
    with closing(store):
        yield Engine(store, engine.encoders)


def _sum(documents: Mapping[str, str]) -> str:
    """Return one sum for the ids and the sums of documents."""
    return hashlib.sha256(json.dumps(sorted(documents.items())).encode()).hexdigest()


def _others(missing: list[str]) -> str:
    return f" and {len(missing) - 1:,} others" if len(missing) > 1 else ""
