"""The process that reads one file: bytes on standard input, an extract as JSON on standard output.

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

READERS = ("html", "markdown", "pdf", "scan", "word")


def main(reader: str, memory: str, output: str, seconds: str) -> None:
    """Read standard input within limits: bytes of memory and of output, seconds of processor time."""
    _limit(int(memory), int(output), int(seconds))
    sys.stdout.write(_answer(reader, sys.stdin.buffer.read()))


def _answer(reader: str, content: bytes) -> str:
    extract: Callable[[bytes], Extract] = import_module(f"sstc_chat.corpus.readers.{reader}").extract
    try:
        return extract(content).to_json()
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
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: output,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    if sys.argv[1] not in READERS:
        sys.exit(f"no reader {sys.argv[1]!r}")
    main(*sys.argv[1:])
