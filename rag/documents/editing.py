"""Change the library while it is asked: one file in, some documents out, the last change undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import Library, open_library
from sstc_chat.rag.documents.adding import Outcome, add_files

# How many seconds a change from the page waits for another one.
PATIENCE = 120.0


@dataclass(frozen=True)
class Editor:
    """Changes the library of a home, with encoders that are loaded already.

    Attributes
    ----------
    settings
        Those that the index depends on.
    from_anywhere
        Whether the page may be asked to do so from another machine.
    """

    home: Path
    encoders: Mapping[str, Encoder]
    settings: Mapping[str, int]
    from_anywhere: bool = False

    def add(self, path: Path, name: str) -> Outcome:
        """Add the file at `path`, known as `name`."""
        with open_library(self.home, PATIENCE) as library:
            (outcome,) = add_files(library, [(path, name)], lambda: self.encoders, self.settings, _quietly)
        return outcome

    def remove(self, identities: Sequence[str]) -> None:
        """Take documents out.

        Raises
        ------
        DocumentError
            If one of them is not there; then nothing is taken out.
        """
        with open_library(self.home, PATIENCE) as library:
            missing = [one for one in identities if not library.remove(one)]
            if missing:
                raise DocumentError(f"There is no document {missing[0]!r}, so nothing was removed.")
            self._bring_up_to_date(library)

    def undo(self) -> list[str]:
        """Bring back what the last change took out or replaced; return the ids."""
        with open_library(self.home, PATIENCE) as library:
            back = library.bring_back()
            self._bring_up_to_date(library)
        return back

    def _bring_up_to_date(self, library: Library) -> None:
        build_index(self.home, library, self.encoders, self.settings, _quietly)


def _quietly(_stage: str, _done: int, _total: int) -> None:
    pass
