"""Fuzz the readers: change the bytes of real files at random, for as long as you like.

    make fuzz                                          # every reader in turn, for ten minutes
    make fuzz ARGS="--reader pdf --seed 7"             # one reader, the same files again

Each changed file is read in a process of its own, as `sstc-chat index add` reads it. It must be read or
refused in words. A reader that breaks, or takes too long, is counted by how it ended and its file kept in
`--keep`, for the process that broke is all that was lost. What is read must quote exactly: each sentence is
compared with the source at its spans. One that does not ends the run with status 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.sandbox import extract_apart, run_apart
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document

FILES = Path(__file__).parents[1] / "tests" / "corpus" / "readers" / "files"
ROOT = Path(__file__).parents[1]
SEEDS = {
    "pdf": FILES / "report.pdf",
    "arabic": FILES / "arabic-libreoffice.pdf",
    "word": FILES / "report.docx",
    "html": FILES / "report.html",
    "markdown": ROOT / "README.md",
    "text": ROOT / "CHANGELOG.md",
}
# What a seed is read by, where it is not what it is called.
READ_BY = {"arabic": "pdf"}
SECONDS = 60
CUT_OFF = 0.05
# What means something in the formats, and so breaks more than a byte that is drawn.
TOKENS = [
    *(b"<<", b">>", b"endobj", b"stream", b"/Kids", b"0 R", b"(", b")", b"-1", b"99999999999"),
    *(
        b"<table>",
        b"<td colspan=99999>",
        b"</p>",
        b"&#x10FFFF;",
        b"<!--",
        b"<![CDATA[",
        b"<w:tbl>",
        b"</w:p>",
    ),
    *(b"[", b"](", b"`", b"**", b"\\", b"> ", b"|", b"\x00", b"\xff\xfe", b"\xe2\x80\xae"),
]


def changed(content: bytes, draw: random.Random) -> bytes:
    """Return `content` with some bytes drawn anew, put in, taken out, said twice, or cut off."""
    changing = bytearray(content)
    for _ in range(draw.choice((1, 2, 5, 20, 100))):
        place = draw.randrange(len(changing) + 1)
        length = draw.choice((1, 4, 64, 1024))
        how = draw.choice(("draw", "put in", "take out", "say again", "say again", "cut off"))
        if how == "draw":
            changing[place : place + 1] = draw.randbytes(1)
        elif how == "put in":
            changing[place:place] = draw.choice(TOKENS)
        elif how == "take out":
            del changing[place : place + length]
        elif how == "say again":
            changing[place:place] = changing[place : place + length] * draw.choice((1, 1, 50))
        elif draw.random() < CUT_OFF:
            del changing[place:]
    return bytes(changing)


def changed_inside(content: bytes, draw: random.Random) -> bytes:
    """Return a Word file in which one of its files is changed, so that it can still be unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out := BytesIO(), "w") as new:
        chosen = draw.choice([*old.namelist(), *["word/document.xml"] * 5])
        for name in old.namelist():
            new.writestr(name, changed(old.read(name), draw) if name == chosen else old.read(name))
    return out.getvalue()


def outcome(reader: str, content: bytes) -> str:
    """Return what becomes of a file: "read", what it was refused with, or how a quote is wrong."""
    try:
        extract = extract_from(reader, content)
    except UnreadableError as error:
        return "broke" if "broke its reader" in str(error) or "takes more than" in str(error) else "refused"
    return "INEXACT" if inexact(extract) else "read"


def extract_from(reader: str, content: bytes) -> Extract:
    """Return what is read of a file; a text is itself, once it was tried apart."""
    if reader != "text":
        return extract_apart(READ_BY.get(reader, reader), content, SECONDS)
    text = content.decode("utf-8", "replace")
    run_apart("text", text.encode(), seconds=SECONDS)
    return Extract(text)


def inexact(extract: Extract) -> list[str]:
    """Return the sentences that are not what the source says at their spans."""
    document = Document("x", "X", extract.text, "en", parts=extract.parts, pages=extract.pages)
    return [
        one.text
        for one in read(document).sentences
        if plain("".join(extract.text[start:end] for start, end in one.spans)) != one.text
    ]


def main() -> int:
    """Fuzz, print how often which outcome was, and return 1 if a quote was inexact."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--reader", choices=SEEDS, action="append")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--keep", type=Path, default=Path("fuzzed"), help="where files that broke a reader go"
    )
    options = parser.parse_args()
    ways: dict[str, Callable[[bytes, random.Random], bytes]] = {"word": changed_inside}
    counts: Counter[tuple[str, str]] = Counter()
    until, number = time.monotonic() + options.seconds, options.seed
    while time.monotonic() < until:
        for reader in options.reader or SEEDS:
            content = ways.get(reader, changed)(SEEDS[reader].read_bytes(), random.Random(number))  # noqa: S311
            found = outcome(reader, content)
            counts[reader, found] += 1
            if found in {"broke", "INEXACT"}:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{found.lower()}-{number}.{reader}").write_bytes(content)
        number += 1
    for (reader, found), count in sorted(counts.items()):
        print(f"{reader:10} {found:10} {count:6}")
    return int(any(found == "INEXACT" for _, found in counts))


if __name__ == "__main__":
    sys.exit(main())
