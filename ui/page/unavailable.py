"""What is told where the home cannot be used just now: in a line, in the reader's language."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from sstc_chat.corpus.errors import HomeError
from sstc_chat.ui.languages.choice import preferred
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.page.failures import failure_line

logger = logging.getLogger(__name__)
UNAVAILABLE = 503


def add_unavailable(application: FastAPI) -> None:
    """Tell whoever needs the home, where it is full or cannot be read, what is wrong and who can mend it."""

    async def told(request: Request, error: Exception) -> Response:
        logger.error("The home cannot be used: %s", error)
        words = words_in(_language_of(request))
        return PlainTextResponse(failure_line(error, words), UNAVAILABLE, {"Cache-Control": "no-store"})

    application.add_exception_handler(HomeError, told)


def _language_of(request: Request) -> str:
    first = request.url.path.split("/")[1]
    if first in LANGUAGES:
        return first
    return preferred(request.cookies.get("language"), request.headers.get("accept-language", ""))
