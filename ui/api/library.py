"""Documents in and out for programs: what the page and the command line do, in the same JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.concurrency import run_in_threadpool

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.rag.documents.editing import Changed, Editor
from sstc_chat.ui.api import models
from sstc_chat.ui.documents.sending import LONGEST_NAME, sent_file

BODY = {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
Name = Annotated[str, Path(description="of the file", max_length=LONGEST_NAME, examples=["report.pdf"])]
Identity = Annotated[str, Path(description="of the document")]


def add_library(administrators: APIRouter, editor: Editor) -> None:
    """Let programs of administrators change the library."""

    @administrators.put(
        "/documents/file/{name}", response_model=models.Changed, openapi_extra={"requestBody": BODY}
    )
    async def add(name: Name, request: Request) -> Any:  # noqa: ANN401 - as JSON
        """Add a file; what came before under this name is replaced."""
        async with sent_file(name, request) as path:
            return await _done(lambda: editor.add(path, name), 400)

    @administrators.delete("/documents/document/{identity:path}", response_model=models.Changed)
    async def remove(identity: Identity) -> Any:  # noqa: ANN401
        """Take a document out."""
        return await _done(lambda: editor.remove([identity]), 404)

    @administrators.post("/documents/undo/{identity:path}", response_model=models.Back)
    async def undo(identity: Identity) -> Any:  # noqa: ANN401
        """Bring back what the last change took out, which took out this document."""
        return await _done(lambda: editor.undo(identity), 409)


async def _done(change: Callable[[], Changed | list[str]], status: int) -> dict[str, Any]:
    """Make a change; return what became of it."""
    try:
        made = await run_in_threadpool(change)
    except DocumentError as error:
        raise HTTPException(status, str(error)) from error
    if isinstance(made, list):
        return {"documents": made}
    if made.error:
        raise HTTPException(status, made.error)
    return {"documents": made.documents, "effects": made.effects}
