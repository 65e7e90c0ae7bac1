"""The address of the page that says what is kept."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from sstc_chat.ui.access.visitors import Door
from sstc_chat.ui.languages.words import words_in
from sstc_chat.ui.page.frontpage import Front
from sstc_chat.ui.page.views import View
from sstc_chat.ui.privacy.notice import VIEW, Practice, privacy_html


def add_privacy(application: FastAPI, door: Door, views: Sequence[View], practice: Practice) -> None:
    """Tell everybody, in every language."""

    def show(language: str, request: Request) -> HTMLResponse:
        front = Front(words_in(language), VIEW, views, door.visitor(request), door.asks())
        return HTMLResponse(privacy_html(front, practice), headers={"Cache-Control": "no-store"})

    application.add_api_route("/{language}/privacy", show, methods=["GET"])
