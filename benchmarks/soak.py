"""People of every role use the service for an hour, and what can go wrong goes wrong.

    python benchmarks/soak.py [--minutes 60] [--people 20] [--processes 2] [--pause 2]

`sstc-chat serve` runs as it is installed, with accounts, tokens and a language model. People ask, judge,
change the library and try what they may not do. Meanwhile the model fails, the disk is full, the library is
built anew, and the service is killed, in the first third of the time, and begun again. What each was told is
kept outside of the service. In the end all that was acknowledged must be there, each quote must stand in its
text, nobody may have come to what docs/ACCESS.md keeps from them, the log may hold no error but those that
were made on purpose, and memory may not grow from the first quarter of the time since the last start to the
last.

The home lies on a small file system of its own, made in a namespace of this process (unshare, Linux); where
that may not be, a full disk is a limit of the size of files. Exit status 1: something was found.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from soaking.crowd import people_at
from soaking.faults import MOST_GAP, Faults
from soaking.ledger import Ledger
from soaking.model import Model
from soaking.running import MINUTE, WARM, Soak
from soaking.service import Service
from soaking.verifying import verify

from sstc_chat.corpus.shipped import shipped_report

INSIDE = "SSTC_CHAT_SOAK_INSIDE"
ROOM = "256m"


def main() -> int:
    """Run, print what was seen, and fail if anything was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2, help="how many the service answers with")
    parser.add_argument(
        "--pause", type=float, default=2, help="seconds from what one does to the next, on average"
    )
    options = parser.parse_args()
    # Who ends it by this signal ends the service, too, as by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if INSIDE not in os.environ and (inside := _in_a_namespace()):
        os.execvpe(inside[0], [*inside, sys.executable, *sys.argv], {**os.environ, INSIDE: "yes"})  # noqa: S606
    folder = Path(tempfile.mkdtemp(prefix="sstc-chat-soak-"))
    try:
        return _soak(options, folder)
    finally:
        if INSIDE in os.environ:
            subprocess.run(["umount", folder / "disk"], check=False)  # noqa: S603, S607
        shutil.rmtree(folder, ignore_errors=True)


def _soak(options: argparse.Namespace, folder: Path) -> int:
    begun, ledger, model, disk = time.monotonic(), Ledger(), Model(), folder / "disk"
    disk.mkdir()
    if INSIDE in os.environ:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", disk], check=True)  # noqa: S603, S607
    report = shipped_report()
    ledger.sources[report.sha256] = report.text
    settings = {
        "SSTC_CHAT_LLM_BASE_URL": model.url,
        "SSTC_CHAT_LOG_FORMAT": "json",
        "SSTC_CHAT_LOG_LEVEL": "info",
    }
    flags = ["--processes", str(options.processes)]
    with closing(Service(disk / "home", _free_port(), ledger, settings, flags)) as service:
        ballast = disk / "ballast" if INSIDE in os.environ else None
        gap = min(MOST_GAP, options.minutes * MINUTE / 24)
        faults = Faults(service, model, ledger, ballast, gap)
        soak = Soak(service, ledger, faults, people_at(service, ledger, options.people), options.pause)
        started = service.start()
        faults.began = time.monotonic()
        room = "of a small disk" if ballast else "of files that may not grow"
        print(f"{options.people} people; ready after {started:.0f} s; no room is that {room}", flush=True)
        soak.run(options.minutes * MINUTE)
        grown = soak.growth(judged=options.minutes * MINUTE >= 4 * WARM)
        faults.kill()
        compared = verify(service, ledger, folder)
        service.stop()
    _print(soak, compared, grown, time.monotonic() - begun)
    return 1 if ledger.findings else 0


def _print(soak: Soak, compared: dict[str, int], grown: str, seconds: float) -> None:
    """Print the table of all that happened."""
    ledger = soak.ledger
    rows = [
        *sorted(ledger.counts.items()),
        *((f"fault: {name}", number) for name, number in sorted(soak.faults.done.items())),
        *((f"log: {name}", number) for name, number in sorted(soak.service.levels.items())),
        *((f"compared afterwards: {name}", number) for name, number in compared.items()),
        ("not answered, so that it may have happened or not", len(ledger.unsure)),
    ]
    for name, number in rows:
        print(f"{name:<58}{number:>9,}")
    recoveries = soak.faults.recoveries
    print(
        f"ready again after a restart: {statistics.median(recoveries):.0f} s, at most {max(recoveries):.0f} s"
    )
    print(f"memory of its own since the last start, first quarter → last: {grown}")
    print(
        f"{seconds / MINUTE:.1f} minutes in all; found: {len(ledger.findings)}",
        *ledger.findings[:5],
        sep="\n",
    )


def _in_a_namespace() -> Sequence[str]:
    """Return what begins a process that may mount what nobody else sees; empty if nothing does."""
    for how in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]):
        trial = "mount -t tmpfs -o size=1m tmpfs /tmp"
        try:
            done = subprocess.run([*how, "sh", "-c", trial], capture_output=True, check=False)  # noqa: S603
        except OSError:
            return ()
        if not done.returncode:
            return how
    return ()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
