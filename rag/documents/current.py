"""An engine that follows its library: while documents go in and out, it answers from what was there."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.store import Store
from sstc_chat.index.types import Hit, Line, Source
from sstc_chat.rag.engine import Engine, Result
from sstc_chat.rag.types import Answer, Asking

logger = logging.getLogger(__name__)


class CurrentEngine:
    """Answers from the library of a home as it was when the question came, or shortly before.

    Parameters
    ----------
    engine
        The first one.
    reopen
        Opens another one on the library as it is now.
    """

    def __init__(self, engine: Engine, reopen: Callable[[], Engine]) -> None:
        self._engine = engine
        self._reopen = reopen
        self._version = (engine.store.manifest.generation, engine.store.state)
        self._out_of_the_way: tuple[int, int] | None = None
        self._opening = threading.Lock()

    @property
    def at_a_time(self) -> int:
        """How many questions it takes at a time."""
        return self._engine.at_a_time

    def now(self) -> Engine:
        """Return the engine on the latest library; whoever asks while it is opened gets the one before.

        A library that cannot be opened leaves the one that is open in use.
        """
        version = self._engine.store.latest()
        if (version not in (None, self._version) or self._is_in_the_way()) and self._opening.acquire(
            blocking=False
        ):
            try:
                # Whoever still reads from the old one keeps it; it goes with the last of them.
                self._engine = self._reopen()
                self._out_of_the_way = version if version == self._version else None
                self._version = (self._engine.store.manifest.generation, self._engine.store.state)
            except SSTCChatError as error:
                logger.warning("The library has changed and cannot be opened: %s", error)
                self._version = version or self._version
            finally:
                self._opening.release()
        return self._engine

    def _is_in_the_way(self) -> bool:
        return self._out_of_the_way != self._version and self._engine.store.is_in_the_way()

    @property
    def store(self) -> Store:
        """The index."""
        return self.now().store

    @property
    def documents(self) -> Mapping[str, Source]:
        """The documents by their ids."""
        return self.now().documents

    @property
    def encoders(self) -> Mapping[str, Encoder]:
        """The encoders by their roles, which stay the same."""
        return self._engine.encoders

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """What an answer depends on now."""
        return self.now().fingerprint

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question; see `Engine.ask`."""
        return self.now().ask(text, history, documents)

    def prepare(self, asked: Iterable[Asking]) -> None:
        """Encode several questions together; see `Engine.prepare`."""
        self.now().prepare(asked)

    def do(self, work: Callable[..., Result], *given: object, asking: Asking | None = None) -> Result:
        """Return what `work` returns of the engine, as it is now, and what else it is given."""
        return self.now().do(work, *given, asking=asking)

    def search(self, text: str, top: int, documents: Collection[str] = ()) -> tuple[Hit, ...]:
        """Return the `top` passages for a question; see `Engine.search`."""
        return self.now().search(text, top, documents)

    def sources(self) -> list[Source]:
        """Return the documents."""
        return self.now().sources()

    def lines(self, document_id: str) -> list[Line]:
        """Return the sentences of a document in reading order."""
        return self.now().lines(document_id)
