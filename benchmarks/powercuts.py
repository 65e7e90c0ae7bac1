"""Cut the power at every moment of a library's life, and count what was lost.

    python benchmarks/powercuts.py [--every 1] [--draws 2] [--seed 0]

A process builds a library, adds, replaces, removes, brings back, builds anew, keeps opinions, backs up and
restores under strace, which notes every system call that changes files. The power may go after each of
these. Then what was synced is on the disk; of what was not, nothing may be there, all of it, or some: of the
writes to a file any of their sectors, of the names in a folder the first few, since journals keep these in
order. Each such disk is laid out and opened: it must be the library before the change or after it, the latter
once the change has returned, and whole to the last vector (`index verify`). Needs strace, and Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from disk import Disk
from syscalls import Call, can_trace, traced

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder, ModelChoice, load_encoder
from sstc_chat.index.keeping.backup import back_up
from sstc_chat.index.keeping.checking import check_library
from sstc_chat.index.keeping.restore import finish, lay_out
from sstc_chat.index.library import open_library
from sstc_chat.rag.feedback.keeping import all_feedback, send
from sstc_chat.rag.feedback.opinions import Opinion
from sstc_chat.rag.records.files import read_records
from sstc_chat.rag.records.storage import NAME

RECORD = Path(__file__).parents[1] / "docs" / "example-record.json"
SETTINGS = {"chunk_size": 200}
# What the process says between changes, beside its home.
NOTES = "notes"
State = dict[str, str]


def change_all(home: Path) -> None:
    """Make one change of each kind, and note what the library holds before and after it."""
    encoders = loaded()
    backup = home.parent / "backup.zip"
    notes = os.open(home.parent / NOTES, os.O_WRONLY | os.O_CREAT)
    first = {"one": "The fund met in Geneva. It grew.", "two": "A forum pays for care work."}
    changes: dict[str, Callable[[], object]] = {
        "begin": lambda: added(home, encoders, first),
        "add": lambda: added(home, encoders, {"three": "This network covers nine countries."}),
        "replace": lambda: added(home, encoders, {"one": "The fund met in Nairobi. It grew."}),
        "opinion": lambda: opined(home),
        "remove": lambda: removed(home, encoders, ["two", "three"]),
        "undo": lambda: brought_back(home, encoders),
        "back up": lambda: back_up(home, backup, lambda *_: None),
        "second opinion": lambda: opined(home),
        "build": lambda: added(home, encoders, {"four": "A study tour."}, anew=True),
        "restore": lambda: restored(home, backup),
    }
    for what, change in changes.items():
        os.write(notes, f"begins {what}\n".encode())
        change()
        os.write(notes, f"ended {json.dumps(state_of(home))}\n".encode())


def added(
    home: Path, encoders: Mapping[str, Encoder], texts: Mapping[str, str], *, anew: bool = False
) -> None:
    """Add documents, or have them take the place of others."""
    with open_library(home) as library:
        library.add(document(name, said) for name, said in texts.items())
        build_index(home, library, encoders, SETTINGS, lambda *_: None, anew=anew)


def removed(home: Path, encoders: Mapping[str, Encoder], names: Sequence[str]) -> None:
    """Take documents out."""
    with open_library(home) as library:
        for name in names:
            library.remove(name)
        build_index(home, library, encoders, SETTINGS, lambda *_: None)


def brought_back(home: Path, encoders: Mapping[str, Encoder]) -> None:
    """Bring back what was taken out last."""
    with open_library(home) as library:
        library.bring_back()
        build_index(home, library, encoders, SETTINGS, lambda *_: None)


def restored(home: Path, backup: Path) -> None:
    """Bring a backup back, as the command does."""
    lay_out(home, backup)
    finish(home)


def opined(home: Path) -> None:
    """Keep what a reader thinks of an answer."""
    (record,) = read_records(RECORD)
    send(home, Opinion(good=True, record=record))


def state_of(home: Path) -> State:
    """Return the sums of the documents in the library, and how many opinions are kept."""
    with open_library(home) as library:
        documents = {one.id: one.sha256 for one in library}
    kept = len(all_feedback(home)) if (home / NAME).exists() else 0
    return {**documents, "opinions": str(kept)}


def document(name: str, said: str) -> Document:
    """Return a document that says something."""
    return Document(name, name.title(), said, "en")


def loaded() -> dict[str, Encoder]:
    """Return the packaged multilingual encoder, the faster one, in both roles."""
    encoder = load_encoder(ModelChoice("multilingual-use"))
    return {"english": encoder, "multilingual": encoder}


def main() -> int:
    """Print what became of the library after each power cut; fail if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="cut after each so manieth call")
    parser.add_argument("--draws", type=int, default=2, help="disks to draw beside all and nothing")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn")
    parser.add_argument("--change", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.change:
        change_all(options.change)
        return 0
    if not can_trace():
        print("There is no strace that may be used. Install it: apt install strace")
        return 2
    with tempfile.TemporaryDirectory(prefix="sstc-chat-powercuts-") as folder:
        home = Path(folder).resolve() / "home"
        home.mkdir()
        calls = traced([sys.executable, __file__, "--change", str(home)], home.parent / "log")
        found = cuts(home, calls, options)
    return told(found, "power cuts")


def told(found: Counter[str], what: str) -> int:
    """Print the outcomes and how many are losses; return the status of a script that wants none."""
    for outcome, count in sorted(found.items()):
        print(f"{count:6,}  {outcome}")
    losses = sum(count for outcome, count in found.items() if "LOST" in outcome)
    print(f"{found.total():,} {what}, {losses:,} losses")
    return int(losses > 0 or not found)


def cuts(home: Path, calls: Sequence[Call], options: argparse.Namespace) -> Counter[str]:
    """Cut the power after calls; return how often what became of the library."""
    disk, encoders, found = Disk(home), loaded(), Counter[str]()
    drawn = random.Random(options.seed)  # noqa: S311 - chance, not secrets
    ends = [json.loads(call.data[6:]) for call in calls if call.data.startswith(b"ended ")]
    what, held, place = "nothing yet", [{"opinions": "0"}] * 2, 0
    for call in calls:
        if call.path == str(home.parent / NOTES) and call.name == "write":
            began = call.data.startswith(b"begins ")
            what = call.data.decode().split(" ", 1)[1].strip() if began else "between changes"
            held = [held[1], ends.pop(0)] if began else [held[1]] * 2
        if call not in disk:
            continue
        disk.do(call)
        place += 1
        if place % options.every == 0:
            for kept, share in [(None, 0.0), (None, 1.0), *((drawn, 0.5) for _ in range(options.draws))]:
                with tempfile.TemporaryDirectory(prefix="sstc-chat-cut-") as folder:
                    disk.lay_out(Path(folder), kept, share)
                    outcome, why = after(Path(folder), encoders, held)
                found[f"{what}: {outcome}"] += 1
                if why:
                    print(f"call {place}, {call.name} {call.path}: {what}: {why}", flush=True)
    return found


def after(home: Path, encoders: Mapping[str, Encoder], held: Sequence[State]) -> tuple[str, str]:
    """Return what is there after a power cut, and what is wrong with it."""
    try:
        begun = (home / "manifest.json").exists()
        state = state_of(home)
        findings = list(check_library(home, encoders, SETTINGS, lambda *_: None)) if begun else []
    except SSTCChatError as error:
        return "LOST", str(error)
    wrong = [one.text for one in findings if one.wrong]
    if state not in held or wrong:
        return "LOST", f"{state} is none of {held}; {wrong}"
    return ("the old library" if state == held[0] != held[1] else "the new library"), ""


if __name__ == "__main__":
    sys.exit(main())
