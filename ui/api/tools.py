"""The same over MCP, the Model Context Protocol, by its SDK: for assistants that ask the reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sstc_chat.corpus.errors import SettingsError, SSTCChatError
from sstc_chat.ui.api.models import Asked, Searched
from sstc_chat.ui.api.serving import Service

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

INSTRUCTIONS = """\
Answers from the reports of the International Labour Organization on South-South and Triangular Cooperation.
Every answer is quotes that stand in the reports word for word, with their places. Where `refused` is true,
the reports do not say it: say so, and do not answer from elsewhere. Cite the title and the section with
what you take over.
"""


def tools_server(service: Service) -> MCPServer:
    """Return a server of tools, which has not been started.

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

    @server.tool()
    def ask(
        question: str,
        history: list[str] | None = None,
        documents: list[str] | None = None,
        languages: list[str] | None = None,
        years: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the reports in exact quotes, or refuse; `history` has earlier questions."""
        with told():
            asked = Asked(
                question=question,
                history=history or [],
                documents=documents or [],
                languages=languages or [],
                years=years or [],
            )
            return service.ask(asked)

    @server.tool()
    def search(question: str, top: int = 5) -> dict[str, Any]:
        """Find the passages of the reports that are nearest to a question, without answering it."""
        with told():
            return service.search(Searched(question=question, top=top))

    @server.tool()
    def documents() -> dict[str, Any]:
        """List the reports: their ids, titles, languages and years."""
        return {"documents": service.documents()}

    @server.tool()
    def check(record: dict[str, Any]) -> dict[str, Any]:
        """Check the `record` of an answer: whether each of its quotes still stands in the reports."""
        with told():
            return service.check([record])

    return server
