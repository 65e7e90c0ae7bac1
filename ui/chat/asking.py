"""The address at which questions are asked: the page's script sends one, and its turn comes back.

A question does not go through Gradio, where it would cost the process that serves more than its answer does.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping

from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from sstc_chat.ui.access.visitors import NOBODY, acting_for
from sstc_chat.ui.chat.answering import Answering

COMPRESSED = {"Content-Encoding": "gzip"}
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}


def add_asking(application: FastAPI, answering: Mapping[str, Answering]) -> None:
    """Add the address, which `answering` gives in each language."""

    async def ask(request: Request) -> Response:
        answer = answering.get(request.path_params["language"])
        if answer is None:
            return PlainTextResponse("There is nothing here.", 404)
        try:
            told = told_in(await request.body())
        except ClientDisconnect:  # gone, or cut off since it was too much
            return PlainTextResponse("That is more than a question needs.", 413)
        if told is None:
            return PlainTextResponse("That is no question.", 400)
        with acting_for(request.scope.get("visitor", NOBODY)):
            packed = await answer(told)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, headers={**HEADERS, **COMPRESSED}, media_type="text/html")
        return Response(gzip.decompress(packed), headers=HEADERS, media_type="text/html")

    application.add_route("/{language}/ask", ask, methods=["POST"])


def told_in(body: bytes) -> Mapping[str, object] | None:
    """Return what a body tells; None where it is no object of JSON."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
