"""Open the engine on the library of a home, which begins with the shipped report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sstc_chat.corpus.errors import IndexMissingError
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.store import Store, open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.models import load_encoders, load_reranker
from sstc_chat.rag.settings import Settings

# How many seconds to wait while another process builds the first index.
FIRST_BUILD = 120


def open_engine(settings: Settings, progress: Progress) -> Engine:
    """Open the engine on the index in the settings' home.

    Where there is no index in the home yet, one is built from the shipped report.

    Raises
    ------
    SSTCChatError
        If a model is missing, or the index is damaged or stale, or the home cannot be written.
    """
    encoders = load_encoders(settings, progress)
    try:
        store = _store(settings, encoders)
    except IndexMissingError:
        if settings.store == "milvus":
            raise
        with open_library(settings.home, FIRST_BUILD, settings.dense) as library:
            begin(library)
            build_index(settings.home, library, encoders, settings.index_settings(), progress)
        store = _store(settings, encoders)
    return Engine(store, encoders, load_reranker(settings))


def reopened(engine: Engine, settings: Settings) -> Engine:
    """Return an engine on the library as it is now, with the models of one that is open."""
    return reopening(engine, settings)()


def reopening(engine: Engine, settings: Settings) -> Callable[[], Engine]:
    """Return what opens an engine on the library as it is then, with the models of one that is open.

    It keeps the models and not the engine, which would keep the library as it was.
    """
    encoders, reranker = engine.encoders, engine.reranker
    return lambda: Engine(_store(settings, encoders), encoders, reranker)


def _store(settings: Settings, encoders: Mapping[str, Encoder]) -> Store:
    return open_store(settings.home, encoders, settings.index_settings(), settings.milvus())


def begin(library: Library) -> None:
    """Put the shipped report into a library that holds nothing."""
    if not len(library):
        library.add([shipped_report()])
