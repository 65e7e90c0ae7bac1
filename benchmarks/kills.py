"""Kill whoever changes a library, at random moments, and count what was lost.

    python benchmarks/kills.py [--kills 200] [--seed 0]

A process adds, replaces and removes documents and builds the index again, without end, and says before and
after each change what the library should hold. It is killed (SIGKILL), most often while something is written,
and the library must be what it was before the change, or what it should be after it, and whole to the last
vector (`index verify`). Then the next one goes on with the same library. Both roles have the packaged
multilingual encoder, which is the faster one. Needs `os.fork`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder, ModelChoice, load_encoder
from sstc_chat.index.keeping.checking import check_library
from sstc_chat.index.library import open_library

# A process that was forked cannot use its parent's threads.
os.environ["OMP_NUM_THREADS"] = "1"
SETTINGS = {"chunk_size": 200}
NAMES = [f"document-{number}" for number in range(8)]
SUBJECTS = ["The fund", "A forum", "The ministry", "This network", "The study tour"]
DEEDS = ["met in Geneva", "pays for care work", "covers nine countries", "was held in Kenya", "grew by half"]
# The longest that changes go on, in seconds: some of them are done by then, and one is under way.
LONGEST = 1.2
# How many of them are killed just when something is written, and within how many seconds from then.
DURING, SHORT = 0.6, 0.06
State = dict[str, str]


def main() -> int:
    """Print what became of the library after each kill; fail if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200, help="how often to kill")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn")
    options = parser.parse_args()
    encoder = load_encoder(ModelChoice("multilingual-use"))
    encoders = {"english": encoder, "multilingual": encoder}
    drawn = random.Random(options.seed)  # noqa: S311 - chance, not secrets
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="sstc-chat-kills-") as folder:
        home, state = Path(folder), State()
        change(home, encoders, "build", {})
        for number in range(options.kills):
            what, before, after = killed(home, encoders, state, drawn)
            state = documents_of(home)
            findings = check_library(home, encoders, SETTINGS, lambda *_: None)
            wrong = [one.text for one in findings if one.wrong]
            lost = state not in (before, after) or bool(wrong)
            kept = "the old library" if state == before else "the new library"
            found[f"{what}: {'LOST' if lost else kept}"] += 1
            if lost:
                print(f"kill {number}: {what}: {state} is neither {before} nor {after}; {wrong}")
    for outcome, count in sorted(found.items()):
        print(f"{count:6,}  {outcome}")
    losses = sum(count for outcome, count in found.items() if outcome.endswith("LOST"))
    print(f"{options.kills:,} kills, {losses:,} losses")
    return int(losses > 0)


def killed(
    home: Path, encoders: Mapping[str, Encoder], state: State, drawn: random.Random
) -> tuple[str, State, State]:
    """Let a process change the library for a while, and kill it; return what it was doing."""
    seed, writing_only = drawn.random(), drawn.random() < DURING
    seconds = drawn.random() * (SHORT if writing_only else LONGEST)
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        change_without_end(home, encoders, state, random.Random(seed), writing)  # noqa: S311
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        first = said.readline()
        if writing_only:
            wait_until_written(home)
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        *_, last = [line for line in (first + said.read()).split(b"\n") if line.endswith(b"}")]
    note = json.loads(last)
    return note["what"], note["before"], note["after"]


def wait_until_written(home: Path) -> None:
    """Wait until a file in `home` is made, grows or goes."""

    def sizes() -> list[tuple[str, int]]:
        found = []
        for path in home.rglob("*"):
            with suppress(OSError):
                found.append((str(path), path.stat().st_size))
        return sorted(found)

    before, end = sizes(), time.monotonic() + LONGEST
    while sizes() == before and time.monotonic() < end:
        pass


def change_without_end(
    home: Path, encoders: Mapping[str, Encoder], state: State, drawn: random.Random, writing: int
) -> None:
    """Change the library again and again, and say what it holds before and after."""
    while True:
        what = drawn.choice(["add", "add", "remove", "build"])
        texts = {name: text(drawn) for name in drawn.sample(NAMES, 3)} if what == "add" else {}
        gone = drawn.sample(sorted(state), min(2, len(state))) if what == "remove" else []
        after = {name: sha for name, sha in state.items() if name not in gone}
        after |= {name: document(name, said).sha256 for name, said in texts.items()}
        note = json.dumps({"what": what, "before": state, "after": after})
        os.write(writing, note.encode() + b"\n")
        change(home, encoders, what, texts, gone)
        state = after
        between = {"what": "between changes", "before": after, "after": after}
        os.write(writing, json.dumps(between).encode() + b"\n")


def change(
    home: Path,
    encoders: Mapping[str, Encoder],
    what: str,
    texts: Mapping[str, str],
    gone: list[str] | None = None,
) -> None:
    """Make one change of the library."""
    with open_library(home) as library:
        library.add(document(name, said) for name, said in texts.items())
        for name in gone or []:
            library.remove(name)
        build_index(home, library, encoders, SETTINGS, lambda *_: None, anew=what == "build")


def documents_of(home: Path) -> State:
    """Return the sums of the documents in the library."""
    with open_library(home) as library:
        return {one.id: one.sha256 for one in library}


def document(name: str, said: str) -> Document:
    """Return a document that says something."""
    return Document(name, name.title(), said, "en")


def text(drawn: random.Random) -> str:
    """Return some sentences, none of them new for long."""
    return " ".join(
        f"{drawn.choice(SUBJECTS)} {drawn.choice(DEEDS)} in {drawn.randint(2000, 2030)}."
        for _ in range(drawn.randint(1, 8))
    )


if __name__ == "__main__":
    sys.exit(main())
