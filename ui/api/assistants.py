"""The address at which assistants come to the tools, behind the same tokens, roles and limits as programs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cached_property, partial
from importlib.util import find_spec
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import FastAPI
from starlette.requests import HTTPConnection
from starlette.routing import Route

from sstc_chat.ui.access.rules import TOOLS
from sstc_chat.ui.access.visitors import brings_token
from sstc_chat.ui.api.serving import Service
from sstc_chat.ui.api.tools import Hosts, Message, Receive, Send, answer, tools_server
from sstc_chat.ui.page.working import Workers

HERE = ("localhost", "127.0.0.1", "[::1]")


class Assistants:
    """The tools over HTTP.

    Parameters
    ----------
    service, workers
        What answers.
    private
        Whether nobody can come but from this machine.
    address
        The address of this service, as it is known; empty where requests tell it.
    """

    def __init__(self, service: Service, workers: Workers, *, private: bool, address: str) -> None:
        self._service, self._workers = service, workers
        name = urlsplit(address).netloc
        self._hosts = (*HERE, name) if name else HERE if private else None

    @cached_property
    def _answer(self) -> Callable[[Hosts, Message, Receive, Send], Awaitable[None]]:
        """What answers: made when it is first asked for, since the protocol takes a second to import."""
        return partial(answer, tools_server(self._service, self._workers))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answering = await to_thread.run_sync(lambda: self._answer)
        # No page that leads a browser here by a name of its own has a token.
        hosts: Hosts = None if brings_token(HTTPConnection(scope)) else self._hosts
        await answering(hosts, scope, receive, send)


def add_tools(application: FastAPI, assistants: Assistants) -> None:
    """Let assistants in, where the package of their protocol is installed."""
    if find_spec("mcp"):
        application.router.routes.append(Route(TOOLS, assistants, methods=["POST"]))
