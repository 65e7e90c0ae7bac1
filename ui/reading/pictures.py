"""The address at which pages are served as pictures, each made once by a process with little to spend."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict

from fastapi import FastAPI, HTTPException, Query, Response
from fastapi.concurrency import run_in_threadpool

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers.places import page_image
from sstc_chat.ui.access.rules import PICTURES
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.reading.pages import SCALES, version_of_file

# Of pictures that are kept, in bytes: some hundred pages of print.
MOST_KEPT = 32 * 1024 * 1024
# A picture keeps a processor busy; more of them at a time only make all of them slower.
AT_A_TIME = 2
# A picture is known by the sum of its file: what a browser has, it need not ask for again.
HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Key = tuple[str, int, int]


class Pictures:
    """Pictures of the pages of documents; those that were asked for lately are kept."""

    def __init__(self, engine: Answerer) -> None:
        self._engine = engine
        self._turn = asyncio.Semaphore(AT_A_TIME)
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, bytes] = OrderedDict()

    async def answer(
        self, document: str, version: str, page: int, scale: int = Query(ge=SCALES[0], le=SCALES[-1])
    ) -> Response:
        """Return a page as a picture; 404 where there is no such page in this version of the document."""
        async with self._turn:
            picture = await run_in_threadpool(self.picture, document, version, page, scale)
        return Response(picture, media_type="image/png", headers=HEADERS)

    def picture(self, identity: str, version: str, page: int, scale: int) -> bytes:
        """Return the picture of a page, counted from 1, with `scale` pixels for a point."""
        document = self._engine.store.document(identity)
        if document is None or version != version_of_file(document):
            raise HTTPException(404, "There is no such document.")
        try:
            return self._found((version, page, scale)) or self._keep(
                (version, page, scale), page_image(document, page, scale)
            )
        except DocumentError as error:
            raise HTTPException(404, "There is no such page.") from error

    def _found(self, key: Key) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Key, picture: bytes) -> bytes:
        with self._lock:
            self._kept[key] = picture
            while sum(map(len, self._kept.values())) > MOST_KEPT:
                self._kept.popitem(last=False)
        return picture


def add_pictures(application: FastAPI, engine: Answerer) -> None:
    """Serve the pages of the documents as pictures."""
    application.add_api_route(PICTURES, Pictures(engine).answer, methods=["GET"])
