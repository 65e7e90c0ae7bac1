"""Serve pages in processes that can be killed: a line `PORT SECONDS LOG` on standard input begins one.

Its number is the answer. It answers questions after so many seconds, and writes down what it is asked
before that. What takes long to import is imported once, before the first.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import sstc_chat.ui.app  # noqa: F401
from sstc_chat.rag.types import Answer
from sstc_chat.ui.page.hosted import Hosted
from sstc_chat.ui.page.server import listen, make_server

from ..builders import make_answer
from ..scripted import make_engine


def serve(port: int, log: Path, seconds: float) -> None:
    """Serve until the process ends."""

    def reply(text: str, _: Sequence[str]) -> Answer:
        with log.open("a") as file:
            print(text, file=file)
        time.sleep(seconds)
        return make_answer(text)

    engine = make_engine({"one": [("paragraph", "It began in May.")]}, reply)
    make_server(Hosted(engine, Path(tempfile.mkdtemp())), ["en"]).run(sockets=[listen("127.0.0.1", port)])


def main() -> None:
    """Begin a process for each line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # None is waited for.
    for line in sys.stdin:
        number = os.fork()
        if not number:
            port, seconds, log = line.split(maxsplit=2)
            serve(int(port), Path(log.strip()), float(seconds))
            return
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
