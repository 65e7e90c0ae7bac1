"""The service: `sstc-chat serve` as it is installed, its log, its processes, and its memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import httpx
from soaking.ledger import Ledger

PROGRAM = Path(sys.executable).parent / "sstc-chat"
PATIENCE = 600
# What may be logged while something is wrong on purpose: what the message begins with, and the window.
EXPECTED = (
    # Nothing that it wrote is borne out, or more than is shown: its quotes are the answer, as is usual.
    ("The language model: unsupported", ""),
    ("The language model: more", ""),
    ("The language model:", "model"),
    ("A process that answers has ended", "process"),
    ("The library has changed and cannot be opened", "full"),
    ("What a reader wanted to share could not be shared", "full"),
    ("Nobody can come in", "full"),
    ("The home cannot be used", "full"),
    ("The FAISS files", "full"),
    ("What a change does to saved answers cannot be told", "full"),
)
# What another process of Python says of the one that was killed.
ORPHANED = "resource_tracker"


class Size(NamedTuple):
    """What all processes hold: MB of memory behind which no file stands, and of all memory; open files.

    Of a mapped file it depends on who else has it mapped whose memory it is.
    """

    own: float
    resident: float
    files: int


class Service:
    """The service on a home, at an address that stays the same."""

    def __init__(
        self, home: Path, port: int, ledger: Ledger, environment: dict[str, str], flags: Sequence[str]
    ) -> None:
        self.home, self.ledger = home, ledger
        self.address = f"http://127.0.0.1:{port}"
        self._environment = {**os.environ, **environment}
        # They all ask from this machine, and are people of many.
        share = ["--requests-a-minute", "1000000", "--requests-at-once", "10000"]
        self._flags = [*share, "serve", "--port", str(port), *flags]
        self._process: subprocess.Popen[str] | None = None
        self.levels: Counter[str] = Counter()

    def command(self, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command of the program beside the service."""
        return subprocess.run(  # noqa: S603 - our own
            [PROGRAM, "--home", self.home, *words],
            env=self._environment,
            input=said,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> float:
        """Start, wait until questions can be answered, and return how long that took."""
        begun = time.monotonic()
        command = [str(PROGRAM), "--home", str(self.home), *self._flags]
        self._process = subprocess.Popen(  # noqa: S603 - our own
            command, env=self._environment, stderr=subprocess.PIPE, text=True
        )
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise SystemExit("The service did not start.")
            time.sleep(0.2)
        return time.monotonic() - begun

    def kill(self) -> None:
        """End it as a machine that loses its power does."""
        pids = self.pids()
        self._end(signal.SIGKILL)
        end = time.monotonic() + PATIENCE / 10
        while any(_is_there(pid) for pid in pids):
            if time.monotonic() > end:
                self.ledger.find("processes that answer outlive the one that began them")
                break
            time.sleep(0.1)

    def stop(self) -> None:
        """End it in good order."""
        if self._end(signal.SIGTERM):
            self.ledger.find(f"a stop ended with the status {self._process and self._process.returncode}")

    def close(self) -> None:
        """Leave nothing of it behind where it was not stopped."""
        if self._process and self._process.poll() is None:
            self.kill()

    def pids(self) -> list[int]:
        """Return the numbers of its processes, its own first."""
        own = self._process.pid if self._process else 0
        return [own, *_children(own)]

    def answering(self) -> list[int]:
        """Return the numbers of the processes that answer."""
        return [pid for pid in self.pids()[1:] if b"spawn_main" in _read(pid, "cmdline")]

    def size(self) -> Size:
        """Return what it holds."""
        fields: Counter[str] = Counter()
        for pid in self.pids():
            for line in _read(pid, "smaps_rollup").decode().splitlines()[1:]:
                name, value = line.split()[:2]
                fields[name] += int(value)
        own = fields["Anonymous:"] + fields["Swap:"]
        return Size(own / 1024, fields["Rss:"] / 1024, sum(map(_open_files, self.pids())))

    def _end(self, how: signal.Signals) -> int:
        assert self._process  # noqa: S101 - it was started
        self._process.send_signal(how)
        return self._process.wait(PATIENCE)

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/ready", timeout=5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def _listen(self, process: subprocess.Popen[str]) -> None:
        """Read the log: each line is JSON, and nothing in it is worse than what was done on purpose."""
        for line in process.stderr or ():
            try:
                said = json.loads(line)
                level, message = said["level"], said["message"]
            except (ValueError, KeyError, TypeError):
                if " is at http" not in line and ORPHANED not in line:
                    self.ledger.find(f"a line of the log that is not JSON: {line.strip()[:500]}")
                continue
            self.levels[level] += 1
            known = [kind for begin, kind in EXPECTED if message.startswith(begin)]
            recent = time.monotonic() - PATIENCE / 10
            if level in {"INFO", "DEBUG"} or (known and (not known[0] or self.ledger.was(known[0], recent))):
                continue
            self.ledger.find(f"in the log: {message.strip()}: {line.strip()[-3000:]}")


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    try:
        found = [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [one for child in found for one in (child, *_children(child))]


def _open_files(pid: int) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0


def _is_there(pid: int) -> bool:
    return bool(_read(pid, "cmdline"))
