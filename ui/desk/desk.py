"""What the steps of the desk share: the rounds of a home, who asks them, and what a press told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sstc_chat.corpus.errors import ReviewError, SSTCChatError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.runner import Runner
from sstc_chat.ui.desk.pieces import failure
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.markup import Html, element, join
from sstc_chat.ui.page.views import Site

# Who asks the rounds of a home, of which engine: the same for all languages and everybody who looks.
RUNNERS: dict[Path, tuple[Answerer, Runner]] = {}


@dataclass(frozen=True)
class Desk:
    """The desk in one language."""

    words: Words
    engine: Answerer
    rounds: Rounds
    runner: Runner


@dataclass(frozen=True)
class Told:
    """What a press told: texts by name, empty where there is none."""

    get: Callable[[str], str]

    def number(self, name: str = "round") -> int:
        """Return a whole number.

        Raises
        ------
        ReviewError
            If it is none.
        """
        text = self.get(name)
        if not text.isascii() or not text.isdecimal():
            raise ReviewError(f"{text!r} is not the number of a round. Choose one from the list.")
        return int(text)


Step = Callable[[Desk, Told], Html]


def desk_of(site: Site) -> Desk:
    """Return the desk of a site; all languages share who asks."""
    # Nobody but the desk needs the whole of an engine.
    runner = _runner(site, cast("Engine", site.engine))
    return Desk(site.words, site.engine, runner.rounds, runner)


def shown(step: Step, act: Step, desk: Desk, told: Told) -> Html:
    """Return a step after a press was acted on; with what went wrong above it, where something did."""
    try:
        done = act(desk, told)
    except SSTCChatError as error:
        done = failure(error, desk.words)
    try:
        page = step(desk, told)
    except SSTCChatError as error:
        page = failure(error, desk.words)
    return join(done, page, fresh())


def fresh() -> Html:
    """Return what is seen by nobody and never twice the same: the script waits for a page that differs."""
    return element("span", hidden=True, data_shown=str(time.monotonic_ns()))


def nothing(_desk: Desk, _told: Told) -> Html:
    """Do nothing: what was pressed only shows something."""
    return Html("")


def _runner(site: Site, engine: Answerer) -> Runner:
    known = RUNNERS.get(site.home)
    if known is None or known[0] is not engine:
        runner = Runner(Rounds(site.home), lambda: _whole(engine), site.writer)
        known = RUNNERS[site.home] = (engine, runner)
    return known[1]


def _whole(engine: Answerer) -> Engine:
    """Return all of an engine, as it is now: nobody but a round needs more than the page does."""
    return cast("Engine", engine.now())
