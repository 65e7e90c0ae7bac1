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
from sstc_chat.corpus.temporary import temporary_folder

MEMORY = 2 * 1024**3
OUTPUT = 256 * 1024**2
SECONDS = 120
BROKE = "broke its reader"
AGAIN = "Save it again with another program."
REFUSED = '{"unreadable"'
# The status of a process whose processor time is used up; Windows does not limit that.
OUT_OF_TIME = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None
# Recognizing the characters of a page takes seconds, not milliseconds.
SECONDS_OF_SCAN = 3600


def extract_apart(reader: str, content: bytes, seconds: int = SECONDS, memory: int = MEMORY) -> Extract:
    """Return what `reader` extracts from `content`.

    Raises
    ------
    UnreadableError
        If it says that the file cannot be read, breaks, or wants more than it may have.
    """
    try:
        return Extract.from_json(run_apart(reader, content, seconds=seconds, memory=memory))
    except ValueError as error:
        raise UnreadableError(f"{BROKE}. {AGAIN}") from error


def run_apart(
    task: str, content: bytes, *arguments: str, seconds: int = SECONDS, memory: int = MEMORY
) -> str:
    """Return the JSON that a task of `child` writes, given `content` and `arguments`; see `extract_apart`."""
    with tempfile.TemporaryFile(dir=temporary_folder()) as answer:
        status = _run([task, str(memory), str(OUTPUT), str(seconds), *arguments], content, answer, seconds)
        if status is None:
            raise UnreadableError(f"takes more than {seconds} seconds to read. Split it.")
        size = answer.seek(0, os.SEEK_END)
        answer.seek(0)
        if status or not 0 < size < OUTPUT:
            raise UnreadableError(f"{BROKE} ({_named(status)}). {AGAIN}")
        line = answer.read().decode("ascii", "replace")
    if line.startswith(REFUSED):
        raise UnreadableError(" ".join(str(json.loads(line)["unreadable"]).split()))
    return line


def _run(arguments: list[str], content: bytes, answer: IO[bytes], seconds: int) -> int | None:
    """Return the status of the process; None if it ran out of time, the clock's or the processor's."""
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
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)
        return None if process.returncode == OUT_OF_TIME else process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, and those that it has started."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _named(status: int) -> str:
    """Return what ended a process, as its reader knows it."""
    if status >= 0:
        return f"status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
