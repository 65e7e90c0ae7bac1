"""Change the library while it is asked: one file in, some documents out, the last change undone."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sstc_chat.corpus.errors import DocumentError, SSTCChatError
from sstc_chat.index.builder import build_index
from sstc_chat.index.changing.documents import Change
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import Library, open_library
from sstc_chat.rag.documents.adding import add_files
from sstc_chat.rag.documents.effects import Effects, effects_on_records

logger = logging.getLogger(__name__)
# How many seconds a change from the page waits for another one.
PATIENCE = 120.0


@dataclass(frozen=True)
class Changed:
    """What became of the documents of a file, what is wrong with it, and what that did to saved answers."""

    documents: Mapping[str, Change] = field(default_factory=dict)
    error: str = ""
    effects: Effects = field(default_factory=dict)


@dataclass(frozen=True)
class Editor:
    """Changes the library of a home, with encoders that are loaded already.

    Attributes
    ----------
    settings
        Those that the index depends on.
    dense
        Which kind of dense index its passages should have.
    publish
        Brings what follows the library to what it holds then.
    """

    home: Path
    encoders: Mapping[str, Encoder]
    settings: Mapping[str, int]
    dense: str = "auto"
    publish: Callable[[Library], object] = id  # nothing follows it

    def add(self, path: Path, name: str) -> Changed:
        """Add the file at `path`, known as `name`."""
        with self._opened() as library:
            (outcome,) = add_files(library, [(path, name)], lambda: self.encoders, self.settings, _quietly)
            replaced = [one for one, what in outcome.documents.items() if what == "replaced"]
            # Where it lies here is nobody's business who sent it.
            error = outcome.error.replace(str(path), name)
            return Changed(outcome.documents, error, _effects(library, replaced))

    def remove(self, identities: Sequence[str]) -> Changed:
        """Take documents out.

        Raises
        ------
        DocumentError
            If one of them is not there; then nothing is taken out.
        """
        with self._opened() as library:
            missing = [one for one in identities if not library.remove(one)]
            if missing:
                raise DocumentError(f"There is no document {missing[0]!r}, so nothing was removed.")
            effects = effects_on_records(library, identities)
            self._bring_up_to_date(library)
            return Changed(effects=effects)

    def undo(self, identity: str) -> list[str]:
        """Bring back what the change took out that took out the document `identity`; return the ids.

        Raises
        ------
        DocumentError
            If another change has taken something out since: only the last one can be undone.
        """
        with self._opened() as library:
            if identity not in library.last_taken_out():
                raise DocumentError(
                    f"Another document was taken out or replaced since, so {identity!r} cannot be brought "
                    "back. Add its file again."
                )
            back = library.bring_back()
            self._bring_up_to_date(library)
        return back

    @contextmanager
    def _opened(self) -> Iterator[Library]:
        with open_library(self.home, PATIENCE, self.dense) as library:
            yield library
            self.publish(library)

    def _bring_up_to_date(self, library: Library) -> None:
        build_index(self.home, library, self.encoders, self.settings, _quietly)


def _effects(library: Library, replaced: Sequence[str]) -> Effects:
    """Return what a change did that is made already: where that cannot be told, it is made nevertheless."""
    try:
        return effects_on_records(library, replaced)
    except (SSTCChatError, OSError, sqlite3.Error) as error:
        logger.warning("What a change does to saved answers cannot be told: %s", error)
        return {}


def _quietly(_stage: str, _done: int, _total: int) -> None:
    pass
