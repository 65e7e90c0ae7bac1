"""A question is answered with its turn, or with why it is not asked or answered now."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping

from sstc_chat.corpus.errors import LimitsError, QuestionError, ShareError
from sstc_chat.ui.access.visitors import visitor
from sstc_chat.ui.chat.cards import sources_of
from sstc_chat.ui.chat.conversation import Turn, failed_turn, written
from sstc_chat.ui.chat.heard import Asked, asked
from sstc_chat.ui.chat.making import Made, made_turn, packed
from sstc_chat.ui.chat.render import notice_html, turn_html
from sstc_chat.ui.page.failures import failure_line
from sstc_chat.ui.page.markup import Html
from sstc_chat.ui.page.views import Site

NOTHING = packed("")
# Given what the page's script tells, HTML that is packed.
Answering = Callable[[Mapping[str, object]], Awaitable[bytes]]


def answering(site: Site) -> Answering:
    """Return what gives the turn of a question, or why it cannot be asked."""

    async def handle(told: Mapping[str, object]) -> bytes:
        request = asked(told)
        try:
            with site.pace.taking(visitor()):
                if site.workers.is_full:
                    return _not_asked(site, request, site.words("chat.busy"), "busy")
                return await site.workers.run(request.name, lambda: _answer(site, request), NOTHING)
        except ShareError as error:
            return _not_asked(site, request, failure_line(error, site.words), "limited")

    return handle


def _answer(site: Site, request: Asked) -> bytes:
    start = time.perf_counter()
    goes_on = site.writer is not None and not request.quotes
    try:
        asking = request.question, request.history
        made = site.engine.do(made_turn, request, site.words.language, goes_on, asking=asking)
    except Exception as error:
        if isinstance(error, QuestionError) and not isinstance(error, LimitsError):
            return packed(notice_html(request.question, site.words, request.name))
        made = _failed(site, request, error)
    site.watch.question(request.question, made.language, made.state, time.perf_counter() - start)
    return packed(_begun(site, request, made.turn)) if made.turn else made.packed


def _begun(site: Site, request: Asked, turn: Turn) -> Html:
    """Have a language model begin to write on what is answered: the quotes are there at once."""
    writer = site.writer
    key = site.writings.begin(written(turn, writer, site.engine)) if writer else ""
    return turn_html(turn, sources_of(site.engine), site.words, request.name, key)


def _failed(site: Site, request: Asked, error: Exception) -> Made:
    turn = failed_turn(request.question, error, site.words)
    return Made(turn.state, "", packed(turn_html(turn, {}, site.words, request.name)))


def _not_asked(site: Site, request: Asked, why: str, outcome: str) -> bytes:
    site.watch.question(request.question, "", outcome, 0.0)
    return packed(turn_html(Turn(request.question, failure=why), {}, site.words, request.name))
