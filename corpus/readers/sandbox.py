"""Run a reader in a process of its own, so that a hostile file can take nothing but its own process down.

Limits: the time (here), memory, processor time and output (there, by `setrlimit`). macOS ignores the limit on
memory, and Windows has none of the last three: there a hostile file may take what memory and disk there is
until its time is up. What comes back is read as JSON and checked; nothing is unpickled.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from typing import IO

from sstc_chat.corpus.readers.extract import Extract, UnreadableError

MEMORY = 2 * 1024**3
OUTPUT = 256 * 1024**2
SECONDS = 120
# Recognizing the characters of a page takes seconds, not milliseconds.
SECONDS_OF_SCAN = 3600


def extract_apart(reader: str, content: bytes, seconds: int = SECONDS, memory: int = MEMORY) -> Extract:
    """Return what `reader` extracts from `content`.

    Raises
    ------
    UnreadableError
        If it says that the file cannot be read, breaks, or wants more than it may have.
    """
    with tempfile.TemporaryFile() as answer:
        status = _run([reader, str(memory), str(OUTPUT), str(seconds)], content, answer, seconds)
        size = answer.seek(0, os.SEEK_END)
        answer.seek(0)
        if status or not 0 < size < OUTPUT:
            raise UnreadableError(f"broke its reader ({_named(status)}). Save it again with another program.")
        return _taken(answer.read().decode("ascii", "replace"))


def _run(arguments: list[str], content: bytes, answer: IO[bytes], seconds: int) -> int:
    command = [sys.executable, "-I", "-X", "utf8", "-m", "sstc_chat.corpus.readers.child", *arguments]
    with subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.communicate(content, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(f"takes more than {seconds} seconds to read. Split it.") from error
        finally:
            _end(process)
        return process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, and those that it has started."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _taken(line: str) -> Extract:
    try:
        found = json.loads(line)
        if isinstance(found, dict) and "unreadable" in found:
            raise UnreadableError(" ".join(str(found["unreadable"]).split()))
        return Extract.from_json(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("broke its reader. Save it again with another program.") from error


def _named(status: int) -> str:
    """Return what ended a process, as its reader knows it."""
    if status >= 0:
        return f"status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
