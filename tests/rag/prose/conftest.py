"""A server that speaks OpenAI's protocol over real HTTP and behaves as the model's name says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sstc_chat.rag.prose.model import OpenAIModel, open_model

LETTERS = 5


@dataclass
class Served:
    """A server: its address, what each model writes, and what it was asked."""

    url: str
    texts: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)

    def model(self, name: str, seconds: float = 5) -> OpenAIModel:
        return open_model(self.url, name, "secret-key", seconds)


class Handler(BaseHTTPRequestHandler):
    served: Served
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.served.asked.append(body)
        self.served.keys.append(self.headers["Authorization"])
        name = body["model"]
        status = {"no-key": 401, "forbidden": 403, "no-model": 404, "rate": 429, "error": 500}.get(name)
        if status:
            return self._fail(status)
        if name == "silent":
            self.served.gone.wait(30)
            return None
        return self._stream(name)

    def _fail(self, status: int) -> None:
        body = json.dumps({"error": {"message": "secret-key <script>alert(1)</script>"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, name: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for data in self._events(name):
                self.wfile.write(f"data: {data}\n\n".encode())
                self.wfile.flush()
        except OSError:
            self.served.gone.set()
        self.close_connection = True

    def _events(self, name: str) -> Iterator[str]:
        if name == "garbage":
            yield "{not json"
        text = self.served.texts.get(name, "")
        for start in range(0, len(text), LETTERS):
            if name == "dripping":
                time.sleep(0.2)
            yield _chunk(text[start : start + LETTERS])
        while name == "endless":
            yield _chunk("It goes on and on ")
        if name == "odd":
            yield '{"choices": null}'
            yield '{"choices": [{"index": 0, "delta": {"content": 7}}]}'
        if name != "cut":
            yield _chunk("", "length" if name == "too-long" else "stop")
            yield "[DONE]"

    def log_message(self, *_: object) -> None:
        pass


def _chunk(text: str, reason: str | None = None) -> str:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    return json.dumps({"id": "1", "object": "chat.completion.chunk", "choices": [choice]})


@pytest.fixture
def served() -> Iterator[Served]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {}))
    served = Served(f"http://127.0.0.1:{server.server_address[1]}/v1")
    server.RequestHandlerClass.served = served  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    served.gone.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def says(served: Served) -> Callable[[str], OpenAIModel]:
    """Return a model that writes what it is given."""

    def model(text: str) -> OpenAIModel:
        served.texts["writer"] = text
        return served.model("writer")

    return model
