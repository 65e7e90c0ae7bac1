"""The addresses to which files are sent and at which documents are taken out, where that may be done.

Only a page of ours may ask: another site cannot set the header without our leave. Where nothing else is said,
it must also be a browser on this machine that asks it: by a name of this machine, and not through a proxy.
"""

from __future__ import annotations

import re
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
from sstc_chat.ui.page.protection import SENT

HEADER = "x-sstc-chat"
# Longer names are none that a file system knows.
LONGEST_NAME = 200
HERE = re.compile(r"(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?")
# Set by proxies, of which one may let in anybody.
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
Said = dict[str, Any]


def add_routes(application: FastAPI, editor: Editor) -> None:
    """Let a page of ours change the library."""

    async def add(name: str, request: Request) -> Said:
        _check(request, editor)
        _check_name(name)
        with TemporaryDirectory(prefix="sstc-chat-") as folder:
            path = Path(folder) / f"sent{PurePath(name).suffix.lower()}"
            await _receive(request, path)
            return await run_in_threadpool(_said, lambda: editor.add(path, name))

    async def remove(identity: str, request: Request) -> Said:
        _check(request, editor)
        return await run_in_threadpool(_said, lambda: editor.remove([identity]))

    async def undo(identity: str, request: Request) -> Said:
        _check(request, editor)
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


def _check(request: Request, editor: Editor) -> None:
    headers = request.headers
    ours = HEADER in headers and headers.get("sec-fetch-site", "same-origin") == "same-origin"
    here = HERE.fullmatch(headers.get("host", "")) and not any(name in headers for name in FORWARDED)
    if not ours or not (here or editor.from_anywhere):
        raise HTTPException(403, "The library is changed from its own page, on its own machine.")


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
