"""Fill the disk at each write of a change, and count what was lost.

    python benchmarks/fulldisk.py [--every 1] [--first 1]

Processes add to a library, remove from it, build it anew, restore it, back it up and keep an opinion, and
strace has each write from a certain one on fail as on a full disk (ENOSPC). Each must say so in an error that
names the remedy, and the library must be the one before or the one after, whole to the last vector. Needs
strace, and Linux.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from powercuts import added, after, loaded, opined, removed, restored, state_of, told
from syscalls import can_trace

from sstc_chat.corpus.errors import HomeError
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.keeping.backup import back_up

FIRST = {"one": "The fund met in Geneva. It grew."}
SECOND = {"two": "A forum pays for care work."}
NEW = {"one": "The fund met in Nairobi.", "three": "This network covers nine countries."}
# How a process ends: all was done, it was told that there is no room, or something else happened.
DONE, TOLD, OTHER = 0, 1, 3
# Writes that fail from a certain one on.
WRITES = "write,pwrite64,ftruncate,mkdir"
# None of the changes makes more writes.
MOST = 400


def changes(home: Path, encoders: Mapping[str, Encoder]) -> dict[str, Callable[[], object]]:
    """Return the changes of the library in `home`, beside which there is a backup."""
    return {
        "add": lambda: added(home, encoders, NEW),
        "remove": lambda: removed(home, encoders, ["two"]),
        "build": lambda: added(home, encoders, {"four": "A study tour."}, anew=True),
        "restore": lambda: restored(home, home.parent / "backup"),
        "opinion": lambda: opined(home),
        "back up": lambda: back_up(home, home.parent / "backup", lambda *_: None),
    }


def main() -> int:
    """Print what became of the library; fail if anything was lost, or not told."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=1, help="the first write to fail")
    parser.add_argument("--every", type=int, default=1, help="then each so manieth")
    parser.add_argument("--change", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.change:
        in_processes(options.change)
        return 0
    if not can_trace():
        print("There is no strace that may be used. Install it: apt install strace")
        return 2
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="sstc-chat-fulldisk-") as folder:
        base, encoders = Path(folder) / "base", loaded()
        added(base / "home", encoders, FIRST)
        back_up(base / "home", base / "backup", lambda *_: None)
        added(base / "home", encoders, SECOND)
        opined(base / "home")
        whole = outcomes(base, Path(folder) / "whole", None)
        ends = {what: state_of(Path(folder) / "whole" / what / "home") for what in whole}
        for number in range(options.first, MOST, options.every):
            tried = Path(folder) / str(number)
            for what, status in outcomes(base, tried, number).items():
                found[f"{what}: {judged(tried / what / 'home', encoders, ends[what], base, status)}"] += 1
            shutil.rmtree(tried)
    return told(found, "full disks")


def outcomes(base: Path, folder: Path, number: int | None) -> dict[str, int]:
    """Make each change in a copy of `base`; the writes from `number` on fail. Return how each ended."""
    names = list(changes(folder, {}))
    for what in names:
        shutil.copytree(base, folder / what)
    command = [sys.executable, __file__, "--change", str(folder)]
    if number:
        inject = f"inject={WRITES}:error=ENOSPC:when={number}+"
        command = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={WRITES}", "-e", inject, *command]
    subprocess.run(command, check=False, env={**os.environ, "OMP_NUM_THREADS": "1"})  # noqa: S603 - our own
    return {what: int((folder / what).stat().st_mode & 0o7) for what in names}


def in_processes(folder: Path) -> None:
    """Make each change in a process of its own, whose writes are counted from one."""
    encoders = loaded()
    for what in changes(folder, {}):
        process = os.fork()
        if not process:
            os._exit(ended(changes(folder / what / "home", encoders)[what]))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        # Said by what needs no room on a disk that is full.
        (folder / what).chmod(0o770 | (status & 0o7))


def ended(change: Callable[[], object]) -> int:
    """Make a change; return how that ended."""
    try:
        change()
    except HomeError as error:
        return TOLD if "room" in str(error) else OTHER
    except BaseException:
        return OTHER
    return DONE


def judged(
    home: Path, encoders: Mapping[str, Encoder], end: Mapping[str, str], base: Path, status: int
) -> str:
    """Return what is there after a change that ended with `status`, and what was told."""
    held = [state_of(base / "home"), dict(end)]
    if status == DONE:
        held = [held[1], held[1]]
    outcome, why = after(home, encoders, held)
    if why:
        print(f"{home}: {why}", flush=True)
    return outcome if status in {DONE, TOLD} else f"{outcome}, but LOST for words"


if __name__ == "__main__":
    sys.exit(main())
