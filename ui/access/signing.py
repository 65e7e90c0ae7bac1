"""The addresses at which one signs in and out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from urllib.parse import parse_qs

import anyio
from fastapi import FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from sstc_chat.rag.access import accounts, sessions
from sstc_chat.rag.access.roles import Person
from sstc_chat.ui.access.attempts import Attempts
from sstc_chat.ui.access.sign_in import VIEW, checked_next, farewell_html, sign_in_html
from sstc_chat.ui.access.visitors import COOKIE, NOBODY, Door
from sstc_chat.ui.languages.choice import preferred
from sstc_chat.ui.languages.words import words_in
from sstc_chat.ui.page.frontpage import Front
from sstc_chat.ui.page.views import View

# What is typed on the page, and its envelope.
LARGEST_FORM = 8 * 1024
MOST_FIELDS = 10
# Passwords that are checked at one time: each takes 64 MiB and all of a processor for a while.
CHECKED_AT_A_TIME = 2
# The page names whoever is signed in, and what they typed.
OWN = {"Cache-Control": "no-store"}
SEE_OTHER = 303


# Where somebody of this name ends what they have begun elsewhere; empty where that is nowhere.
Farewell = Callable[[str, Request], Awaitable[str]]


async def _nowhere(_name: str, _request: Request) -> str:
    return ""


class SignIn:
    """Lets people in and out."""

    def __init__(self, door: Door, views: Sequence[View]) -> None:
        self._door = door
        self._views = views
        self._attempts = Attempts()
        self.farewell: Farewell = _nowhere
        self._checks = anyio.CapacityLimiter(CHECKED_AT_A_TIME)

    @property
    def home(self) -> Path:
        """The folder that holds the accounts."""
        return self._door.home

    def show(self, language: str, request: Request) -> Response:
        """Return the page; whoever is signed in already is told that this was not enough."""
        back = checked_next(request.query_params.get("next", ""))
        signed_in = self._door.visitor(request).name
        said = words_in(language)("access.not_enough", name=signed_in) if signed_in else ""
        return self._page(language, request, back, said)

    async def enter(self, language: str, request: Request) -> Response:
        """Begin a session, if the name and the password belong together."""
        form = await _form(request)
        name, back, words = form("name"), checked_next(form("next")), words_in(language)
        if not self._attempts.may_try(name, request.client.host if request.client else ""):
            return self._page(language, request, back, words("access.too_many"), name, 429)
        person = await anyio.to_thread.run_sync(
            lambda: accounts.with_password(self._door.home, name, form("password")), limiter=self._checks
        )
        if person is None:
            return self._page(language, request, back, words("access.wrong"), name, 401)
        return await run_in_threadpool(self.let_in, person, request, f"./{back}")

    def let_in(self, person: Person, request: Request, where: str) -> Response:
        """Begin a session of somebody who has shown who they are, end the one before, and lead them on."""
        token = sessions.begin(self._door.home, person.name, self._door.session_hours)
        sessions.end(self._door.home, request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(where, SEE_OTHER, OWN)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=self._door.session_hours * 3600,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return answer

    def failed(self, language: str, back: str, request: Request) -> Response:
        """Return the page for whom the organisation did not let through."""
        accepted = request.headers.get("accept-language", "")
        known = language or preferred(request.cookies.get("language"), accepted)
        return self._page(known, request, back, words_in(known)("access.failed"), status=401)

    async def leave(self, language: str, request: Request) -> Response:
        """End the session, and lead whoever came through their organisation there, to end that one."""
        visitor = await run_in_threadpool(self._door.visitor, request)
        await run_in_threadpool(sessions.end, self._door.home, request.cookies.get(COOKIE, ""))
        there = await self.farewell(visitor.name, request) if visitor.name else ""
        # No form may lead to another site (see POLICY in ui/page/protection.py), but a page may go on to it.
        front = Front(words_in(language), VIEW, self._views, NOBODY, asks=True)
        answer: Response = RedirectResponse("./", SEE_OTHER, OWN)
        if there:
            answer = HTMLResponse(farewell_html(front, there), 200, {**OWN, "Refresh": f"0; url={there}"})
        answer.delete_cookie(COOKIE, secure=request.url.scheme == "https", httponly=True, samesite="lax")
        return answer

    def _page(  # noqa: PLR0913, PLR0917 - what is shown, and where
        self, language: str, request: Request, back: str, said: str = "", name: str = "", status: int = 200
    ) -> Response:
        visitor = self._door.visitor(request)
        front = Front(words_in(language), VIEW, self._views, visitor, asks=True)
        through = self._door.provider is not None
        page = sign_in_html(front, back, said, name[: accounts.LONGEST_NAME], through=through)
        return HTMLResponse(page, status, OWN)


def add_sign_in(application: FastAPI, door: Door, views: Sequence[View]) -> SignIn:
    """Let people sign in and out, in every language."""
    desk = SignIn(door, views)
    application.add_api_route("/{language}/sign-in", desk.show, methods=["GET"])
    application.add_api_route("/{language}/sign-in", desk.enter, methods=["POST"])
    application.add_api_route("/{language}/sign-out", desk.leave, methods=["POST"])
    return desk


async def _form(request: Request) -> Callable[[str], str]:
    """Return what was sent by a form: a text by its name, empty where there is none."""
    body = b""
    async for block in request.stream():
        body += block
        if len(body) > LARGEST_FORM:
            raise HTTPException(413, "That is more than a name and a password need.")
    try:
        values = parse_qs(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400, "That is no form of ours.") from error
    return lambda name: values.get(name, [""])[0]
