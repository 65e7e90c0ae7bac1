"""Signing in through the organisation: OpenID Connect by Authlib, code flow with PKCE, state and nonce."""

from __future__ import annotations

import logging
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.rag.access import accounts, members
from sstc_chat.rag.access.provider import Provider, is_safe
from sstc_chat.rag.access.roles import Person
from sstc_chat.ui.access.sign_in import checked_next
from sstc_chat.ui.access.signing import SignIn

logger = logging.getLogger(__name__)
COOKIE = "sstc-chat-going"
BACK = "/sign-in/organisation"
# How long somebody may take at their organisation, in seconds, and how many may be there at a time.
PATIENCE = 600
MOST = 1000
# How long the provider may take to answer, in seconds.
WAIT = 10


@dataclass
class Going:
    """Somebody who is at their organisation: what Authlib remembers of it, and where they come back to."""

    language: str
    back: str
    until: float
    remembered: dict[str, Any] = field(default_factory=dict)


class Organisation:
    """Leads people to their organisation, and lets them in when they come back."""

    def __init__(self, provider: Provider, sign_in: SignIn) -> None:
        # Here, since it is needed where a provider is set, and nowhere else.
        from authlib.integrations.starlette_client import OAuth

        self._provider = provider
        self._sign_in = sign_in
        self._going: OrderedDict[str, Going] = OrderedDict()
        # By the names of people, what their organisation knows their session by.
        self._tokens: OrderedDict[str, str] = OrderedDict()
        self._client = OAuth().register(
            "organisation",
            client_id=provider.client_id,
            client_secret=provider.secret,
            server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "timeout": WAIT,
            },
        )

    async def lead(self, language: str, request: Request) -> Response:
        """Lead a browser to the provider; a cookie tells later that it is the same one that comes back."""
        back = checked_next(request.query_params.get("next", ""))
        going, key = Going(language, back, time.monotonic() + PATIENCE), secrets.token_urlsafe(32)
        request.scope["session"] = going.remembered
        try:
            answer: Response = await self._client.authorize_redirect(request, f"{self._own(request)}{BACK}")
        except Exception as error:
            return self._failed(request, going, error)
        self._going[key] = going
        while len(self._going) > MOST:
            self._going.popitem(last=False)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, key, PATIENCE, path=BACK, secure=secure, httponly=True, samesite="lax")
        return answer

    async def come_back(self, request: Request) -> Response:
        """Let in who comes back with what proves who they are; everybody else is told that it failed."""
        going = self._going.pop(request.cookies.get(COOKIE, ""), None)
        if going is None or going.until < time.monotonic():
            return self._failed(request, going, None)
        request.scope["session"] = going.remembered
        try:
            token = await self._client.authorize_access_token(request)
            person = await run_in_threadpool(self._person, token["userinfo"])
        except Exception as error:
            return self._failed(request, going, error)
        self._tokens[person.name] = token["id_token"]
        while len(self._tokens) > MOST:
            self._tokens.popitem(last=False)
        where = f"../{going.language}/{going.back}"
        return await run_in_threadpool(self._sign_in.let_in, person, request, where)

    async def farewell(self, name: str, request: Request) -> str:
        """Return where somebody who has left signs out at the organisation; empty where they cannot.

        OpenID Connect RP-Initiated Logout 1.0. It leads back to the first page.
        """
        issuer = await run_in_threadpool(accounts.issuer_of, self._sign_in.home, name)
        if issuer != self._provider.issuer:
            return ""
        try:
            told = await self._client.load_server_metadata()
            address = str(told.get("end_session_endpoint") or "")
        except Exception as error:
            logger.warning("Somebody could not sign out at %s: %s", issuer, ascii(str(error)))
            return ""
        if not is_safe(address):
            return ""
        asks = {"client_id": self._provider.client_id, "post_logout_redirect_uri": f"{self._own(request)}/"}
        if token := self._tokens.pop(name, ""):
            asks["id_token_hint"] = token
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asks)}"

    def _person(self, claims: dict[str, object]) -> Person:
        """Return whose claims these are; Authlib has checked signature, audience, nonce and times."""
        if claims["iss"] != self._provider.issuer:
            raise ValueError(f"the token is of {claims['iss']!r}")
        name = next(filter(None, map(claims.get, ("preferred_username", "name", "email", "sub"))))
        return members.come_in(
            self._sign_in.home,
            self._provider.issuer,
            str(claims["sub"]),
            str(name),
            self._provider.roles_by(claims),
        )

    def _own(self, request: Request) -> str:
        return self._provider.address or f"{request.url.scheme}://{request.url.netloc}"

    def _failed(self, request: Request, going: Going | None, error: Exception | None) -> Response:
        """Say that it failed, and to those who run this service why."""
        known = isinstance(error, SSTCChatError)
        why = str(error) if known else f"{type(error).__name__}: {error}" if error else "it took too long"
        logger.warning("Somebody could not sign in through %s: %s", self._provider.issuer, ascii(why))
        return self._sign_in.failed(going.language if going else "", going.back if going else "", request)


def add_organisation(application: FastAPI, provider: Provider, sign_in: SignIn) -> None:
    """Let people sign in through their organisation."""
    organisation = Organisation(provider, sign_in)
    sign_in.farewell = organisation.farewell
    application.add_api_route("/{language}" + BACK, organisation.lead, methods=["GET"])
    application.add_api_route(BACK, organisation.come_back, methods=["GET"])
