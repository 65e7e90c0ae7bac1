"""What becomes of questions is counted and logged; what they say only where that is switched on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sstc_chat.index.store import library_version
from sstc_chat.rag.settings import Settings
from sstc_chat.ui.operating.logs import begin_logging

if TYPE_CHECKING:
    from sstc_chat.rag.types import Answer
    from sstc_chat.ui.operating.metrics import Metrics
    from sstc_chat.ui.page.working import Workers

logger = logging.getLogger(__name__)


class Watch:
    """Sees every question and what becomes of it.

    Parameters
    ----------
    metrics
        Where it is counted; None counts nothing.
    questions
        Whether the log says what was asked.
    """

    def __init__(self, metrics: Metrics | None = None, *, questions: bool = False) -> None:
        self.metrics = metrics
        self._questions = questions

    def question(self, asked: str, language: str, outcome: str, seconds: float) -> None:
        """See a question, in what `language` it was if it was answered or refused, and what became of it.

        `outcome` is answered, refused, failed, busy or limited.
        """
        if self.metrics:
            self.metrics.question(language, outcome, seconds)
        said = {"outcome": outcome, "language": language, "milliseconds": round(seconds * 1000)}
        what = f" {asked!r}" if self._questions else ""
        logger.info("%s in %d ms%s", outcome, said["milliseconds"], what, extra=said)

    def prose(self, answer: Answer) -> None:
        """See an answer that a language model has written to the end."""
        if self.metrics:
            self.metrics.prose(answer)
        if answer.note:
            logger.warning("The language model: %s", answer.note, extra={"note": answer.note})

    def place(self, home: Path, workers: Workers) -> None:
        """Have the library in `home` and the row of those who wait among the figures."""
        if self.metrics:
            self.metrics.read("waiting", "Questions that are answered or wait", lambda: workers.under_way)
            self.metrics.read("library_generation", "Generation of the index", lambda: _version(home)[0])
            self.metrics.read("library_state", "Changes of the library so far", lambda: _version(home)[1])


@contextmanager
def watching(settings: Settings) -> Iterator[Watch]:
    """Begin to log and to count as `settings` say, and serve the figures while this lasts.

    Raises
    ------
    SettingsError
        If their port is in use.
    """
    from sstc_chat.ui.operating.metrics import Metrics, serve_metrics

    begin_logging(settings.log_format, settings.log_level)
    watch = Watch(Metrics(), questions=settings.log_questions == "on")
    if not settings.metrics_port or not watch.metrics:
        yield watch
        return
    stop = serve_metrics(watch.metrics, settings.metrics_host, settings.metrics_port)
    try:
        yield watch
    finally:
        stop()


def _version(home: Path) -> tuple[float, float]:
    return library_version(home) or (float("nan"), float("nan"))
