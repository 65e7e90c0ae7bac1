"""What is right and wrong when PDFs and Word files are read that nobody here wrote: docs/READERS.md.

    mkdir real; cd real; pip download --no-deps --no-binary :all: python-docx; tar xzf python_docx*.gz
    apt-get download asymptote-doc debian-history debian-policy ghostscript-doc gnucash-docs gnuplot-doc groff
    for package in *.deb; do dpkg-deb -x $package .; done; find . -name "*.pdf.gz" | xargs gunzip
    cd ..; python benchmarks/readers.py real --write docs/READERS.md

An oracle that shares no code with the reader is Poppler's `pdftotext`. Of the words that it finds, each
counted as often as it stands there, the share is given that the source text has too; and of the pairs of
words that follow one on another, the share that does so in the source text. For Word files it is the text of
all `w:t`, taken with a regular expression. What a person saw who compared the parts with the pages stands in
`SEEN`: figures do not say it.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.readers.extract import Extract
from sstc_chat.corpus.readers.sandbox import extract_apart
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document


@dataclass(frozen=True)
class Seen:
    """A file, by the end of its path; what made it; what a person saw."""

    path: str
    made_by: str
    right: str
    wrong: str


SEEN = (
    Seen(
        "debian-policy/policy.pdf",
        "Sphinx, XeTeX",
        "headings with their numbers and levels, running headers, lists, footnotes behind what cites them",
        "a footnote of several paragraphs leaves all but its first where they stand; some listings are rows",
    ),
    Seen(
        "debian-policy/fhs/fhs-3.0.pdf",
        "DocBook, Apache FOP",
        "chapters, sections, lists, the table of file systems with its heads",
        "the imprint on the first page is one paragraph",
    ),
    Seen(
        "ghostscript/GS9_Color_Management.pdf",
        "LaTeX",
        "sections, lists over pages, footers",
        "labels in diagrams are read as rows or captions in no useful order",
    ),
    Seen(
        "gnucash-docs/gnucash-guide-ja.pdf",
        "DocBook, Apache FOP",
        "Japanese joined over lines without spaces, sections, numbered lists",
        "a space that the file has between sentences stays",
    ),
    Seen(
        "debian-history/docs/project-history.ru.pdf",
        "dblatex, XeTeX",
        "Russian, chapters, running headers with Roman numbers",
        "the page with the record of changes is read as loose lines",
    ),
    Seen(
        "asymptote/asyRefCard.pdf",
        "plain TeX",
        "nearly all words, each quote exact",
        "its three columns, which hold tables without rules, run into one another",
    ),
    Seen(
        "groff-base/examples/mom/sample_docs.pdf",
        "groff",
        "chapters, paragraphs with indents, page numbers",
        "several documents of different type in one: text of the larger type is taken for headings",
    ),
    Seen(
        "gnuplot/gnuplot.pdf",
        "LaTeX",
        "sections by the outline, tables ruled under their heads, listings",
        "labels of plots are read as rows",
    ),
    Seen("test_files/par-known-styles.docx", "Word", "headings by style", ""),
    Seen("test_files/blk-paras-and-tables.docx", "Word", "paragraphs and tables in their order", ""),
    Seen(
        "test_files/tbl-cell-access.docx",
        "Word",
        "cells that span rows are said in each of them",
        "a cell that spans columns has the head of the first alone",
    ),
)
WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Return the words of a text without the hyphens at the ends of its lines."""
    return WORD.findall(re.sub(r"(?<=\w)[-\u00ad]\n(?=\w)", "", text).casefold())


def oracle(path: Path) -> str:
    """Return the text of a file by other means."""
    if path.suffix == ".pdf":
        done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)  # noqa: S603, S607
        return done.stdout.decode("utf-8", "replace")
    with zipfile.ZipFile(path) as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    paragraphs = re.findall(r"(?s)<w:p[ >].*?</w:p>", document)
    return "\n".join(html.unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)", one))) for one in paragraphs)


def share(wanted: Sequence[object], found: Sequence[object]) -> float:
    """Return the share of `wanted` that is in `found`, each as often."""
    there = Counter(wanted) & Counter(found)
    return there.total() / max(1, len(wanted))


def row(seen: Seen, path: Path) -> str:
    """Return the row of a file."""
    begun = time.perf_counter()
    extract = extract_apart("pdf" if path.suffix == ".pdf" else "word", path.read_bytes())
    took = time.perf_counter() - begun
    wanted, found = words_of(oracle(path)), words_of(extract.text)
    words, order = share(wanted, found), share([*pairwise(wanted)], [*pairwise(found)])
    exact, quotes = exactness(extract)
    pace = 1000 * took / max(1, len(extract.pages))
    cells = (
        *(f"{path.name}: {seen.made_by}", len(extract.pages) or "–", f"{words:.3f}", f"{order:.3f}"),
        *(f"{exact} of {quotes}", f"{pace:.0f}", seen.right, seen.wrong or "–"),
    )
    return f"| {' | '.join(map(str, cells))} |"


def exactness(extract: Extract) -> tuple[int, int]:
    """Return how many sentences are exact, and how many there are."""
    document = Document("x", "X", extract.text, "en", parts=extract.parts, pages=extract.pages)
    sentences = read(document).sentences
    return sum(
        plain("".join(extract.text[start:end] for start, end in one.spans)) == one.text for one in sentences
    ), len(sentences)


def page(folder: Path) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from (
        "# How files are read that nobody here wrote",
        "",
        "Made by `python benchmarks/readers.py`, which says how. *Words* is the share of the words found by",
        "other means (Poppler's `pdftotext`; the text elements of a Word file) that the source text has;",
        "*order* the same for pairs of words that follow one on another. *Exact* counts sentences that are",
        "what the source says at their spans. *ms* is a page's share of the time, the start of the process",
        "counted.",
        "",
        "The PDFs come from Debian packages, the Word files from the tests of python-docx: larger ones made",
        "by Word were not found in the archives of Debian and Python.",
        "",
        "| file | pages | words | order | exact | ms | right | wrong |",
        "|---|---|---|---|---|---|---|---|",
    )
    for seen in SEEN:
        paths = sorted(path for path in folder.rglob("*") if path.as_posix().endswith(seen.path))
        yield row(seen, paths[0]) if paths else f"| {seen.path}: not in the folder | | | | | | | |"


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path, metavar="PAGE")
    options = parser.parse_args()
    text = "\n".join([*page(options.folder), ""])
    if options.write:
        options.write.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
