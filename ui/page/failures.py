"""What went wrong, in the reader's language, for each error that can come of what is done on the page."""

from __future__ import annotations

from collections.abc import Mapping

from sstc_chat.corpus import errors
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join

# The key of a line for each reason that an error gives, and for each class where it gives none.
BY_REASON: Mapping[str, str] = {
    "busy": "errors.busy",
    "full": "errors.full",
    "damaged": "errors.damaged",
    "name": "errors.name",
    "handed_in": "errors.handed_in",
    "complete": "errors.complete",
    "apart": "errors.apart",
    "elsewhere": "errors.elsewhere",
    "changed": "errors.changed",
    "often": "errors.often",
    "many": "errors.many",
}
BY_CLASS: Mapping[type[Exception], str] = {
    errors.HomeError: "errors.home",
    errors.IndexDamagedError: "errors.damaged",
    errors.IndexStaleError: "errors.stale",
    errors.IndexMissingError: "errors.missing",
    errors.ModelError: "errors.model",
    errors.StoreError: "errors.store",
    errors.DocumentError: "errors.document",
    errors.EvaluationError: "errors.questions",
    errors.RecordError: "errors.record",
    errors.ReviewError: "errors.review",
    errors.ShareError: "errors.often",
}


def failure_line(error: Exception, words: Words) -> str:
    """Return what was wrong and the remedy, in the language of the page."""
    by_class = next((BY_CLASS[one] for one in type(error).__mro__ if one in BY_CLASS), "errors.other")
    return words(BY_REASON.get(getattr(error, "reason", ""), by_class))


def failure_html(error: Exception, words: Words) -> Html:
    """Return what was wrong and, in the library's own words, with which value.

    These are English, and marked as that; those of an error that is not ours are for the log alone.
    """
    line = element("span", failure_line(error, words))
    if not isinstance(error, errors.SSTCChatError):
        return line
    return join(line, element("span", str(error), lang="en", dir="ltr", class_="detail"), by=" ")
