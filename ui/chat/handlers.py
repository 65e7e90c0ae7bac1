"""What the chat does when the page's script tells it something. Nothing of a conversation is kept here."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping

from sstc_chat.corpus.errors import QuestionError, ShareError
from sstc_chat.index.types import Source
from sstc_chat.ui.access.visitors import visitor
from sstc_chat.ui.chat.conversation import Turn, take_turn, written
from sstc_chat.ui.chat.followups import follow_ups
from sstc_chat.ui.chat.heard import Asked, answers_in, asked, kept, key_of, name_of
from sstc_chat.ui.chat.render import notice_html, suggestions_html, turn_html
from sstc_chat.ui.chat.writings import Writings
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.limits.heard import limits_in
from sstc_chat.ui.page.failures import failure_line
from sstc_chat.ui.page.markup import element
from sstc_chat.ui.page.parts import parcel
from sstc_chat.ui.page.views import Site
from sstc_chat.ui.page.working import Workers

Told = Mapping[str, object]
Handler = Callable[[Told], Awaitable[str]]


def answering(site: Site, workers: Workers, writings: Writings) -> Handler:
    """Return what gives the turn of a question, or why it cannot be asked.

    Where a language model is set, it begins to write on what is answered: the quotes are there at once.
    """

    def answer(request: Asked) -> str:
        start = time.perf_counter()
        try:
            turn = take_turn(site.engine, request.question, request.history, site.words, request.limits)
        except QuestionError:
            return parcel(notice_html(request.question, site.words, request.name))
        site.watch.question(request.question, turn.answer, turn.state, time.perf_counter() - start)
        writer = site.writer if turn.state == "answered" and not request.quotes else None
        key = writings.begin(written(turn, writer, site.engine)) if writer else ""
        return parcel(turn_html(turn, _sources(site), site.words, request.name, key))

    def not_asked(request: Asked, why: str) -> str:
        return parcel(turn_html(Turn(request.question, failure=why), {}, site.words, request.name))

    async def handle(told: Told) -> str:
        request = asked(told)
        try:
            with site.pace.taking(visitor()):
                if workers.is_full:
                    site.watch.question(request.question, None, "busy", 0.0)
                busy = not_asked(request, site.words("chat.busy"))
                return await workers.run(request.name, lambda: answer(request), busy)
        except ShareError as error:
            site.watch.question(request.question, None, "limited", 0.0)
            return not_asked(request, failure_line(error, site.words))

    return handle


def writing(site: Site, workers: Workers, writings: Writings) -> Handler:
    """Return what gives the turn of a question with one sentence more."""

    def ended(name: str, why: str = "") -> str:
        return parcel(element("div", why, class_="unwritten", data_name=name))

    def go_on(told: Told) -> str:
        key, name = key_of(told), name_of(told)
        turn = writings.go_on(key)
        if turn is None:
            return ended(name)
        if turn.answer and not turn.writing:
            site.watch.prose(turn.answer)
        return parcel(turn_html(turn, _sources(site), site.words, name, key if turn.writing else ""))

    async def handle(told: Told) -> str:
        try:
            with site.pace.taking(visitor()):
                return await workers.run(name_of(told), lambda: go_on(told), "")
        except ShareError as error:
            writings.stop(key_of(told))
            return ended(name_of(told), failure_line(error, site.words))

    return handle


def opening(site: Site, workers: Workers) -> Handler:
    """Return what gives the turns that a browser has kept, in the words of the page."""

    def open_turns(told: Told) -> str:
        turns = kept(told, site.words("chat.not_kept"))
        shown = [turn_html(turn, _sources(site), site.words) for turn in turns]
        return parcel(element("div", *shown, data_name=name_of(told)))

    async def handle(told: Told) -> str:
        return await workers.run(name_of(told), lambda: open_turns(told), "")

    return handle


def suggesting(site: Site, workers: Workers) -> Handler:
    """Return what gives questions to go on with after the latest of some answers, in its language."""

    def suggest(told: Told) -> str:
        answers = [turn.answer for turn in answers_in(told) if turn.answer]
        language = answers[-1].question.language if answers else site.words.language
        words = words_in(language) if language in LANGUAGES else site.words
        questions = follow_ups(site.engine, answers, words, limits_in(told.get("limits")))
        return parcel(suggestions_html(questions, words.language, site.words, name_of(told)))

    async def handle(told: Told) -> str:
        return await workers.run(name_of(told), lambda: suggest(told), "")

    return handle


def stopping(workers: Workers, writings: Writings) -> Handler:
    """Return what lets go of a question that nobody waits for any more."""

    async def handle(told: Told) -> str:
        workers.stop(name_of(told))
        writings.stop(key_of(told))
        return ""

    return handle


def _sources(site: Site) -> dict[str, Source]:
    return {source.id: source for source in site.engine.sources()}
