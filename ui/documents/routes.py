"""The addresses to which files are sent and at which documents are taken out, where that may be done.

Only a page of ours may ask: another site cannot set the header without our leave. Who may, is decided before
anything comes here (see ui/access/rules.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.corpus.readers import MOST_BYTES, READERS
from sstc_chat.rag.documents.editing import Changed, Editor
from sstc_chat.ui.access.rules import SENT

HEADER = "x-sstc-chat"
# Longer names are none that a file system knows.
LONGEST_NAME = 200
Said = dict[str, Any]


def add_routes(application: FastAPI, editor: Editor) -> None:
    """Let a page of ours change the library."""

    async def add(name: str, request: Request) -> Said:
        _check(request)
        _check_name(name)
        with TemporaryDirectory(prefix="sstc-chat-") as folder:
            path = Path(folder) / f"sent{PurePath(name).suffix.lower()}"
            await _receive(request, path)
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


def _check_name(name: str) -> None:
    strange = any(unicodedata.category(character)[0] == "C" for character in name)
    if strange or PurePath(name).name != name or "\\" in name or len(name) > LONGEST_NAME:
        raise HTTPException(400, "That is no name of a file.")
    if PurePath(name).suffix.lower() not in READERS:
        raise HTTPException(415, f"Give one of: {', '.join(sorted(READERS))}.")


async def _receive(request: Request, path: Path) -> None:
    """Write what is sent to `path`, as far as it may be read at all."""
    size = 0
    with path.open("wb") as file:
        async for block in request.stream():
            size += len(block)
            if size > MOST_BYTES:
                raise HTTPException(413, f"At most {MOST_BYTES:,} bytes can be read.")
            file.write(block)
