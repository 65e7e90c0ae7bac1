"""What is right and wrong when PDFs and Word files are read that nobody here wrote: docs/READERS.md.

    mkdir real; cd real; pip download --no-deps --no-binary :all: python-docx; tar xzf python_docx*.gz
    for package in $(npm pack --silent mammoth docx4js); do tar xzf $package --one-top-level; done
    apt-get download asymptote-doc debian-history debian-policy ghostscript-doc gnucash-docs gnuplot-doc groff
    apt-get download r-cran-officer
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
import os
import re
import subprocess
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
        "cells that span rows are said in each of them, a cell that spans columns has all their heads",
        "",
    ),
    Seen(
        "doc_examples/example.docx",
        "Word 2011 for Mac",
        "headings by style, lists, a table with merged cells, its note under all heads",
        "a cell whose heads are above a merged one has the head of its own column alone; the picture is lost",
    ),
    Seen("__tests__/files/loader.docx", "Word 2011 for Mac", "a list; its pictures and shapes left out", ""),
    Seen("test-data/footnotes.docx", "Word 2010", "footnotes behind what cites them", ""),
    Seen("test-data/endnotes.docx", "LibreOffice", "endnotes as footnotes", ""),
    Seen("test-data/text-box.docx", "Word 2010", "the text in a text box, once", ""),
    Seen(
        "test-data/tables.docx",
        "Word 2010",
        "a table between paragraphs",
        "a table of two columns is read as names and what is said of them",
    ),
    Seen("test-data/strict-format.docx", "Word 2016, strict Open XML", "read as the usual form", ""),
)
WORD = re.compile(r"\w+")
# The raised numbers of footnotes are no part of the words that they stand at.
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")
TEXTS = re.compile(r"word/(document|footnotes|endnotes)\.xml")


def words_of(text: str) -> list[str]:
    """Return the words of a text without the hyphens at the ends of its lines."""
    return WORD.findall(re.sub(r"(?<=\w)[-\u00ad]\n(?=\w)", "", RAISED.sub("", text)).casefold())


def oracle(path: Path) -> str:
    """Return the text of a file by other means."""
    if path.suffix == ".pdf":
        done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)  # noqa: S603, S607
        return done.stdout.decode("utf-8", "replace")
    with zipfile.ZipFile(path) as archive:
        texts = [name for name in archive.namelist() if TEXTS.fullmatch(name)]
        document = "".join(archive.read(name).decode("utf-8") for name in texts)
    document = re.sub(r"(?s)<mc:Fallback>.*?</mc:Fallback>", "", document)
    paragraphs = re.findall(r"(?s)<w:p[ >].*?</w:p>", document)
    return "\n".join(html.unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)", one))) for one in paragraphs)


def share(wanted: Sequence[object], found: Sequence[object]) -> float:
    """Return the share of `wanted` that is in `found`, each as often."""
    there = Counter(wanted) & Counter(found)
    return there.total() / len(wanted) if wanted else 1.0


def row(seen: Seen, path: Path) -> str:
    """Return the row of a file."""
    begun = processor_time()
    extract = extract_apart("pdf" if path.suffix == ".pdf" else "word", path.read_bytes())
    took = processor_time() - begun
    wanted, found = words_of(oracle(path)), words_of(extract.text)
    words, order = share(wanted, found), share([*pairwise(wanted)], [*pairwise(found)])
    exact, quotes = exactness(extract)
    pace = 1000 * took / max(1, len(extract.pages))
    cells = (
        *(f"{path.name}: {seen.made_by}", len(extract.pages) or "–", f"{words:.3f}", f"{order:.3f}"),
        *(f"{exact} of {quotes}", f"{pace:.0f}", seen.right, seen.wrong or "–"),
    )
    return f"| {' | '.join(map(str, cells))} |"


def processor_time() -> float:
    """Return the seconds that the processes started so far have had of a processor."""
    times = os.times()
    return times.children_user + times.children_system


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
        "what the source says at their spans. *ms* is a page's share of the processor time, the start of the",
        "process counted.",
        "",
        "The PDFs come from Debian packages; the Word files from the tests of python-docx, mammoth and",
        "docx4js and the examples of officer. They are small: no reports of many pages in Word were found.",
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
