"""The page that says what is kept of whoever asks, as it is set on this server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sstc_chat.rag.settings import Settings
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.frontpage import Front, head_html, masthead_html
from sstc_chat.ui.page.markup import Html, element
from sstc_chat.ui.page.views import View

VIEW = View("privacy", "privacy.title", lambda _: None, role=None)


@dataclass(frozen=True)
class Practice:
    """What a server does with what people leave behind.

    Attributes
    ----------
    feedback_days
        How long feedback is kept; 0 until it is removed.
    logs_questions
        Whether the log says what is asked.
    model_host
        Where a language model writes; empty where none does.
    session_hours
        How long somebody stays signed in.
    contact
        Whom one may write to; empty where nobody is named.
    """

    feedback_days: int = 0
    logs_questions: bool = False
    model_host: str = ""
    session_hours: int = 12
    contact: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Practice:
        """Return what `settings` make of it."""
        host = urlsplit(settings.llm_base_url).hostname or ""
        questions = settings.log_questions == "on"
        return cls(settings.feedback_days, questions, host, settings.session_hours, settings.contact)


def privacy_html(front: Front, practice: Practice) -> Html:
    """Return the page."""
    words = front.words
    said = [element("p", text, dir="auto") for text in sentences(practice, words)]
    main = element("main", element("h2", words("privacy.title")), *said, id="room", class_="prose")
    return Html("<!doctype html>") + element(  # type: ignore[return-value]
        "html",
        element("head", _META, head_html(front)),
        element("body", masthead_html(front), main),
        lang=words.language,
        dir=words.direction,
    )


_META = Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">')


def sentences(practice: Practice, words: Words) -> Iterator[str]:
    """Yield what there is to say, a paragraph each."""
    yield words("privacy.asking")
    yield words("privacy.log_with") if practice.logs_questions else words("privacy.log_without")
    yield words("privacy.feedback")
    if practice.feedback_days:
        yield words("privacy.feedback_days", days=practice.feedback_days)
    if practice.model_host:
        yield words("privacy.model", host=practice.model_host)
    yield words("privacy.accounts")
    yield words("privacy.cookies", hours=practice.session_hours)
    yield (
        words("privacy.contact", contact=practice.contact) if practice.contact else words("privacy.operators")
    )
