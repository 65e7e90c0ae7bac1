"""Servers of the page, in a thread."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.ui.access.share import Share
from sstc_chat.ui.access.visitors import Door
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.server import address, listen, make_server


@lru_cache
def usual_port() -> int:
    """Return a port that was free; always the same."""
    with listen("127.0.0.1", 0) as free:
        return int(free.getsockname()[1])


def listening() -> socket.socket:
    """Listen where the servers before this one did, if that is free: a browser has their files."""
    try:
        return listen("127.0.0.1", usual_port())
    except SettingsError:
        return listen("127.0.0.1", 0)


@contextmanager
def served(
    engine: Answerer,
    editor: Editor | None = None,
    writer: Writer | None = None,
    languages: Iterable[str] = ("en", "ar"),
    door: Door | None = None,
    trusted_proxies: str = "",
    home: Path | None = None,
    share: Share | None = None,
    public: str = "",
) -> Iterator[str]:
    """Serve the page in a thread, with this home, that of an editor or a door, or an empty one.

    Yield its address. In two languages, since it takes a while for each.
    """
    listener = listening()
    empty = TemporaryDirectory()
    where = home or (editor.home if editor else door.home if door else Path(empty.name))
    hosted = Hosted(
        engine,
        where,
        door,
        trusted_proxies,
        editor=editor,
        writer=writer,
        address=public,
        share=share or Share(),
    )
    server = make_server(hosted, languages)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield address(listener)
    server.should_exit = True
    thread.join(10)
    empty.cleanup()
