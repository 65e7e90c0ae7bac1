"""A language model's server that writes what it is told to: one true sentence, and one lie."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from soaking.ledger import LIE

Mood = Literal["well", "broken", "silent", "cut"]
LETTERS = 40
# Longer than whoever asks may wait.
SILENCE = 30


class Model:
    """The server; it can be taken down, and be in a mood."""

    def __init__(self) -> None:
        self.mood: Mood = "well"
        self._server: ThreadingHTTPServer | None = None
        self.port = 0
        self.up()

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}/v1"

    def up(self) -> None:
        """Listen, where it did before."""
        handler = type("Bound", (_Handler,), {"model": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def down(self) -> None:
        """Listen no more."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    model: Model

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        mood = self.model.mood
        if mood == "silent":
            time.sleep(SILENCE)
        if mood in {"broken", "silent"}:
            self.send_error(500)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for event in _events(_written(asked["messages"][-1]["content"]), cut=mood == "cut"):
                self.wfile.write(f"data: {event}\n\n".encode())
        except OSError:
            return  # whoever asked has hung up

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _written(prompt: str) -> str:
    """Return a sentence that is the first quote, and one that is in no quote."""
    offered = re.findall(r'^\[(\d+)\] (".*")$', prompt, re.MULTILINE)
    if not offered:
        return "Well."  # that is what `sstc-chat doctor` asks
    number, quote = offered[0]
    return f"{json.loads(quote)} [{number}] It paid {LIE} dollars for that. [{number}]"


def _events(text: str, *, cut: bool) -> Iterator[str]:
    pieces = [text[start : start + LETTERS] for start in range(0, len(text), LETTERS)]
    for piece in pieces[: len(pieces) // 2] if cut else pieces:
        yield _chunk({"content": piece}, None)
    if not cut:
        yield _chunk({}, "stop")
        yield "[DONE]"


def _chunk(delta: dict[str, Any], reason: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return json.dumps({"id": "1", "object": "chat.completion.chunk", "choices": [choice]})
