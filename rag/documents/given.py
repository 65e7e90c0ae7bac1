"""What is said of files on the command line when they are added, and how they are to be read."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers import Given

# ISO 639, as in the language of a document, and ISO 8601.
LANGUAGE = re.compile(r"[a-z]{2,3}")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def add_given(add: argparse.ArgumentParser) -> None:
    """Add the options."""
    given = add.add_argument_group("what the files do not say, or say wrong")
    given.add_argument("--title", help="the title, of one file")
    given.add_argument("--language", type=_language, metavar="CODE", help="the language, as in en, fr, sw")
    given.add_argument("--date", type=_date, help="when it was published: 2024-06-01, 2024-06 or 2024")
    given.add_argument("--publisher", help="who published it")
    add.add_argument(
        "--ocr",
        action="store_true",
        help="have Tesseract read the pages of a PDF that are pictures of text (slow; it must be installed)",
    )


def given_in(options: argparse.Namespace) -> Given:
    """Return what was said.

    Raises
    ------
    DocumentError
        If several files are to have one title.
    """
    if options.title and (len(options.path) > 1 or Path(options.path[0]).is_dir()):
        raise DocumentError(f"The title {options.title!r} cannot be that of several files. Add them singly.")
    return Given(options.title or "", options.language or "", options.date or "", options.publisher or "")


def _language(value: str) -> str:
    if not LANGUAGE.fullmatch(value):
        raise argparse.ArgumentTypeError(f"{value!r} is no code of a language. Give one as in en, fr or sw.")
    return value


def _date(value: str) -> str:
    if not DATE.fullmatch(value):
        raise argparse.ArgumentTypeError(f"{value!r} is no date. Give it as 2024-06-01, 2024-06 or 2024.")
    return value
