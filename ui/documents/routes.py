"""The addresses to which files are sent and at which documents are taken out, where that may be done.

Only a page of ours may ask: another site cannot set the header without our leave. Who may, is decided before
anything comes here (see ui/access/rules.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.rag.documents.editing import Changed, Editor
from sstc_chat.ui.access.rules import SENT
from sstc_chat.ui.documents.sending import sent_file

HEADER = "x-sstc-chat"
Said = dict[str, Any]


def add_routes(application: FastAPI, editor: Editor) -> None:
    """Let a page of ours change the library."""

    async def add(name: str, request: Request) -> Said:
        _check(request)
        async with sent_file(name, request) as path:
            return await run_in_threadpool(_said, lambda: editor.add(path, name))

    async def remove(identity: str, request: Request) -> Said:
        _check(request)
        return await run_in_threadpool(_said, lambda: editor.remove([identity]))

    async def undo(identity: str, request: Request) -> Said:
        _check(request)
        return await run_in_threadpool(_said, lambda: editor.undo(identity))

    application.add_api_route(f"{SENT}/file/{{name}}", add, methods=["PUT"])
    application.add_api_route(f"{SENT}/document/{{identity:path}}", remove, methods=["DELETE"])
    application.add_api_route(f"{SENT}/undo/{{identity:path}}", undo, methods=["POST"])


def _said(change: Callable[[], Changed | list[str]]) -> Said:
    """Make a change; return what became of it, and what was wrong."""
    try:
        made = change()
    except SSTCChatError as error:
        return {"error": str(error)}
    return vars(made) if isinstance(made, Changed) else {"error": ""}


def _check(request: Request) -> None:
    if HEADER not in request.headers:
        raise HTTPException(403, "The library is changed from its own page.")
