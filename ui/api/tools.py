"""The same over MCP, the Model Context Protocol, by its SDK: for assistants that ask the reports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sstc_chat.corpus.errors import SettingsError, SSTCChatError
from sstc_chat.rag.output import Json
from sstc_chat.ui.access.rules import TOOLS
from sstc_chat.ui.api.models import Asked, Searched
from sstc_chat.ui.api.serving import BUSY, Service
from sstc_chat.ui.page.working import Workers

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

# Names by which a service may be asked, against pages that have their own name lead here (DNS rebinding).
Hosts = Sequence[str] | None
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
INSTRUCTIONS = """\
Answers from the reports of the International Labour Organization on South-South and Triangular Cooperation.
Every answer is quotes that stand in the reports word for word, with their places. Where `refused` is true,
the reports do not say it: say so, and do not answer from elsewhere. Cite the title and the section with
what you take over.
"""


def tools_server(service: Service, workers: Workers) -> MCPServer:
    """Return a server of tools, which has not been started; `workers` do what is asked.

    Raises
    ------
    SettingsError
        If the package of the protocol is not installed.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as error:
        raise SettingsError(
            "The tools need the package mcp, which is not installed. Install it: pip install '.[mcp]'"
        ) from error
    server = MCPServer("SSTC Chat", instructions=INSTRUCTIONS)

    @contextmanager
    def told() -> Iterator[None]:
        """Tell the assistant what was wrong; what is not of our making it is not told."""
        try:
            yield
        except (SSTCChatError, ValueError) as error:
            raise ToolError(str(error)) from error

    async def do(work: Callable[[], Json]) -> Json:
        with told():
            done = await workers.run("", work, None)
        if done is None:
            raise ToolError(BUSY)
        return done

    _add_tools(server, service, do)
    return server


def _add_tools(
    server: MCPServer, service: Service, do: Callable[[Callable[[], Json]], Awaitable[Json]]
) -> None:
    @server.tool()
    async def ask(
        question: str,
        history: list[str] | None = None,
        documents: list[str] | None = None,
        languages: list[str] | None = None,
        years: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the reports in exact quotes, or refuse; `history` has earlier questions."""
        return await do(
            lambda: service.ask(
                Asked(
                    question=question,
                    history=history or [],
                    documents=documents or [],
                    languages=languages or [],
                    years=years or [],
                )
            )
        )

    @server.tool()
    async def search(question: str, top: int = 5) -> dict[str, Any]:
        """Find the passages of the reports that are nearest to a question, without answering it."""
        return await do(lambda: service.search(Searched(question=question, top=top)))

    @server.tool()
    async def documents() -> dict[str, Any]:
        """List the reports: their ids, titles, languages and years."""
        return await do(lambda: {"documents": service.documents()})

    @server.tool()
    async def check(record: dict[str, Any]) -> dict[str, Any]:
        """Check the `record` of an answer: whether each of its quotes still stands in the reports."""
        return await do(lambda: service.check([record]))


async def answer(server: MCPServer, hosts: Hosts, scope: Message, receive: Receive, send: Send) -> None:
    """Answer one request over HTTP, with nothing kept from one to the next.

    `hosts` are the names by which this service may be asked; None where that cannot be told.
    """
    from mcp.server.transport_security import TransportSecuritySettings

    known = hosts or ()
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=hosts is not None,
        allowed_hosts=[name for host in known for name in (host, f"{host}:*")],
        allowed_origins=[
            f"{scheme}://{name}"
            for scheme in ("http", "https")
            for host in known
            for name in (host, f"{host}:*")
        ],
    )
    application = server.streamable_http_app(
        streamable_http_path=TOOLS,
        json_response=True,
        stateless_http=True,
        transport_security=security,
    )
    async with server.session_manager.run():
        await application(scope, receive, send)
