"""Save the shipped report as Word, HTML and PDF with LibreOffice, as its publisher might have.

    python tests/corpus/readers/make_report_files.py

A page in Arabic is printed by LibreOffice and by Chromium, which write its letters in different orders.
What all this makes is kept in `files/`, so that the tests need neither.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sstc_chat.corpus.reading import read
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.corpus.types import Sentence

FILES = Path(__file__).resolve().parent / "files"
FILTERS = {"docx": "docx:MS Word 2007 XML", "html": "html:HTML (StarWriter)", "pdf": "pdf:writer_pdf_Export"}
ELEMENTS = {"paragraph": "p", "line": "p", "caption": "p"}


def blocks() -> Iterator[str]:
    """Yield the report's blocks as HTML: its title, its headings, its paragraphs."""
    sentences: dict[int, list[Sentence]] = {}
    for sentence in read(shipped_report()).sentences:
        sentences.setdefault(sentence.block, []).append(sentence)
    for number, block in sentences.items():
        element = ELEMENTS.get(block[0].kind, "h2" if number else "h1")
        text = " ".join(sentence.text for sentence in block)
        yield f"<{element}>{html.escape(text)}</{element}>"


def main() -> None:
    """Write the files."""
    print_arabic()
    report = shipped_report()
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        head = f"<meta charset=utf-8><title>{html.escape(report.title)}</title>"
        page.write_text(
            f'<html lang="en"><head>{head}</head><body>{"".join(blocks())}</body></html>', "utf-8"
        )
        word = convert(page, "odt:writer8", "HTML (StarWriter)")
        for ending, how in FILTERS.items():
            made = convert(word, how)
            shutil.copy(made, FILES / f"report.{ending}")


def print_arabic() -> None:
    """Print the page in Arabic with both programs."""
    page = FILES / "arabic.html"
    with tempfile.TemporaryDirectory() as folder:
        text = convert(Path(shutil.copy(page, folder)), "odt:writer8", "HTML (StarWriter)")
        shutil.copy(convert(text, FILTERS["pdf"]), FILES / "arabic-libreoffice.pdf")
    to = f"--print-to-pdf={FILES / 'arabic-chromium.pdf'}"
    command = ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", to, page.as_uri()]
    subprocess.run(command, check=True)


def convert(path: Path, how: str, source: str = "") -> Path:
    """Return what LibreOffice makes of `path` in the format `how`."""
    profile = path.parent / "profile"
    out = path.parent / "made"
    infilter = [f"--infilter={source}"] if source else []
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *infilter]
    subprocess.run([*command, "--convert-to", how, "--outdir", out, path], check=True)
    return out / f"{path.stem}.{how.partition(':')[0]}"


if __name__ == "__main__":
    main()
