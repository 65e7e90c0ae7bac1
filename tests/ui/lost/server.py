"""Serve a page in a process that can be killed: `python server.py PORT LOG SECONDS`.

It answers after so many seconds, and writes down what it is asked before that.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sstc_chat.ui.page.server import listen, make_server

if TYPE_CHECKING:
    from sstc_chat.rag.types import Answer

SHARED = Path(__file__).parents[1] / "conftest.py"


def main(port: int, log: Path, seconds: float) -> None:
    """Serve until the process ends."""
    spec = importlib.util.spec_from_file_location("shared", SHARED)
    assert spec is not None
    assert spec.loader is not None
    shared = importlib.util.module_from_spec(spec)
    sys.modules["shared"] = shared
    spec.loader.exec_module(shared)

    def reply(text: str, _: Sequence[str]) -> Answer:
        with log.open("a") as file:
            print(text, file=file)
        time.sleep(seconds)
        answer: Answer = shared.make_answer(text)
        return answer

    engine = shared.make_engine({"one": [("paragraph", "It began in May.")]}, reply)
    make_server(engine, Path(tempfile.mkdtemp()), languages=("en",)).run(sockets=[listen("127.0.0.1", port)])


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
