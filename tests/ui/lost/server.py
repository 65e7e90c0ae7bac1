"""Serve pages in processes that can be killed: a line `PORT SECONDS LOG` on standard input begins one.

Its number is the answer. It answers questions after so many seconds, and writes down what it is asked
before that. What takes long to import is imported once, before the first.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import sstc_chat.ui.app  # noqa: F401
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.server import listen, make_server

if TYPE_CHECKING:
    from sstc_chat.rag.types import Answer

SHARED = Path(__file__).parents[1] / "conftest.py"


def serve(shared: ModuleType, port: int, log: Path, seconds: float) -> None:
    """Serve until the process ends."""

    def reply(text: str, _: Sequence[str]) -> Answer:
        with log.open("a") as file:
            print(text, file=file)
        time.sleep(seconds)
        answer: Answer = shared.make_answer(text)
        return answer

    engine = shared.make_engine({"one": [("paragraph", "It began in May.")]}, reply)
    make_server(Hosted(engine, Path(tempfile.mkdtemp())), ["en"]).run(sockets=[listen("127.0.0.1", port)])


def load_shared() -> ModuleType:
    """Return what the tests of the page have in common."""
    spec = importlib.util.spec_from_file_location("shared", SHARED)
    assert spec is not None
    assert spec.loader is not None
    shared = importlib.util.module_from_spec(spec)
    sys.modules["shared"] = shared
    spec.loader.exec_module(shared)
    return shared


def main() -> None:
    """Begin a process for each line."""
    shared = load_shared()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # None is waited for.
    for line in sys.stdin:
        number = os.fork()
        if not number:
            port, seconds, log = line.split(maxsplit=2)
            serve(shared, int(port), Path(log.strip()), float(seconds))
            return
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
