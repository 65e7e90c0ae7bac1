"""What the chat does when the page's script tells it something. Nothing of a conversation is kept here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from sstc_chat.corpus.errors import ShareError
from sstc_chat.ui.access.visitors import visitor
from sstc_chat.ui.chat.cards import sources_of
from sstc_chat.ui.chat.followups import follow_ups
from sstc_chat.ui.chat.heard import answers_in, kept, key_of, name_of
from sstc_chat.ui.chat.render import suggestions_html, turn_html
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.limits.heard import limits_in
from sstc_chat.ui.page.failures import failure_line
from sstc_chat.ui.page.markup import element
from sstc_chat.ui.page.parts import parcel
from sstc_chat.ui.page.views import Site
from sstc_chat.ui.page.working import Workers

Told = Mapping[str, object]
Handler = Callable[[Told], Awaitable[str]]


def writing(site: Site, workers: Workers) -> Handler:
    """Return what gives the turn of a question with one sentence more."""

    def ended(name: str, why: str = "") -> str:
        return parcel(element("div", why, class_="unwritten", data_name=name))

    def go_on(told: Told) -> str:
        key, name = key_of(told), name_of(told)
        turn = site.writings.go_on(key)
        if turn is None:
            return ended(name)
        if turn.answer and not turn.writing:
            site.watch.prose(turn.answer)
        return parcel(turn_html(turn, sources_of(site.engine), site.words, name, key if turn.writing else ""))

    async def handle(told: Told) -> str:
        try:
            with site.pace.taking(visitor()):
                return await workers.run(name_of(told), lambda: go_on(told), "")
        except ShareError as error:
            site.writings.stop(key_of(told))
            return ended(name_of(told), failure_line(error, site.words))

    return handle


def opening(site: Site, workers: Workers) -> Handler:
    """Return what gives the turns that a browser has kept, in the words of the page."""

    def open_turns(told: Told) -> str:
        turns = kept(told, site.words("chat.not_kept"))
        shown = [turn_html(turn, sources_of(site.engine), site.words) for turn in turns]
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


def stopping(site: Site) -> Handler:
    """Return what lets go of a question that nobody waits for any more."""

    async def handle(told: Told) -> str:
        site.workers.stop(name_of(told))
        site.writings.stop(key_of(told))
        return ""

    return handle
