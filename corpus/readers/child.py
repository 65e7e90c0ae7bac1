"""The process that reads one file: bytes on standard input, JSON on standard output.

It is started by `sandbox` with a limit on each thing that a hostile file may want too much of. Whatever goes
wrong in it stays in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

from sstc_chat.corpus.readers.extract import Extract, UnreadableError

# What a task is called, and the function that does it.
TASKS = {
    "html": "html.extract",
    "markdown": "markdown.extract",
    "pdf": "pdf.reader.extract",
    "scan": "pdf.scan.extract",
    "word": "word.extract",
    "text": "text.tried",
    "boxes": "pdf.boxes.boxes",
    "image": "pdf.boxes.image",
}


def main(task: str, memory: str, output: str, seconds: str, *arguments: str) -> None:
    """Do a task within limits: bytes of memory and of output, seconds of processor time."""
    _limit(int(memory), int(output), int(seconds))
    sys.stdout.write(_answer(task, sys.stdin.buffer.read(), arguments))


def _answer(task: str, content: bytes, arguments: tuple[str, ...]) -> str:
    module, _, name = TASKS[task].rpartition(".")
    function: Callable[..., Extract | str] = getattr(
        import_module(f"sstc_chat.corpus.readers.{module}"), name
    )
    try:
        found = function(content, *arguments)
        return found.to_json() if isinstance(found, Extract) else found
    except UnreadableError as error:
        return json.dumps({"unreadable": str(error)})
    except MemoryError:
        return json.dumps({"unreadable": "needs more memory than a file may have. Split it."})
    except RecursionError:
        return json.dumps({"unreadable": "is nested too deeply. Save it again, simpler."})


def _limit(memory: int, output: int, seconds: int) -> None:
    """Set the limits of this process, where the system has them: not on Windows, memory not on macOS."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_FSIZE: (output, output),
        # At the first a process is told what it dies of; at the second it is killed, whatever it does.
        resource.RLIMIT_CPU: (seconds, seconds + 1),
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, values in wanted.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, values)


if __name__ == "__main__":
    main(*sys.argv[1:])
