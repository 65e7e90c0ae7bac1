"""A library that is changed from the command line, with progress on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sstc_chat.index.builder import build_index
from sstc_chat.index.library import Library, open_library
from sstc_chat.rag.documents.publishing import publish_library
from sstc_chat.rag.models import encoders_to_index
from sstc_chat.rag.opening import begin
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.terminal import say


@contextmanager
def changing(settings: Settings, patience: float) -> Iterator[Library]:
    """Open the library for a change; one that is new begins with the shipped report."""
    with open_library(settings.home, patience, settings.dense) as library:
        if not library.manifest.models and not len(library):
            say(f"There is no index in {settings.home} yet: beginning with the shipped report.")
            begin(library)
        yield library


def bring_up_to_date(settings: Settings, library: Library, workers: int = 0, *, anew: bool = False) -> None:
    """Bring the index of a library up to date, or build it anew, with progress on the terminal."""
    progress = ProgressBar()
    try:
        with encoders_to_index(settings, progress, workers) as load:
            build_index(settings.home, library, load(), settings.index_settings(), progress, anew=anew)
    finally:
        progress.close()


def publish(settings: Settings, library: Library, *, replace: bool = False) -> None:
    """Bring Milvus to what the library holds, where that is asked there."""
    progress = ProgressBar()
    try:
        publish_library(settings, library, progress, replace=replace)
    finally:
        progress.close()
