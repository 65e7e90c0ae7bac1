"""Make a document of what was read: its title, its language, and what else is known of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.language import LANGUAGES, language_of
from sstc_chat.corpus.readers.extract import Extract
from sstc_chat.corpus.reading import blocks_in
from sstc_chat.corpus.types import Document, content_id

LONGEST_TITLE = 200
YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)")
CODE = re.compile(r"[a-z]{2,3}(?![a-z])")
# What programs write where nobody gave a title.
NO_TITLE = re.compile(
    r"(?i)\W*|untitled.*|(document|presentation|slide|page) ?\d*|(microsoft )?(word|powerpoint) - .*"
    r"|\S*\.(docx?|rtf|odt|pdf|indd|qxp|tex|dvi|html?|pptx?|fm|book)"
)
# From here on the letters of a text say its language more surely than a field that a program filled in.
ENOUGH_TO_TELL = 1000


@dataclass(frozen=True)
class Given:
    """What whoever adds a file says of it, which stands instead of what the file says of itself."""

    title: str = ""
    language: str = ""
    date: str = ""
    publisher: str = ""


NOTHING = Given()


def document_from(text: str, *, identity: str = "", title: str = "", name: str) -> Document:
    """Return `text` as a document; `name` says in an error where it came from.

    Without an `identity` the id is a hash of the text; without a `title` it is the first heading or line.
    """
    return document_of(Extract(text), name, Given(title=title), identity=identity)


def document_of(extract: Extract, name: str, given: Given = NOTHING, *, identity: str = "") -> Document:
    """Return what was extracted as a document.

    Raises
    ------
    DocumentError
        If there is no text in it, or what is there is no text.
    """
    _check(extract.text, name)
    first = _first_line(extract)
    if not first:
        raise DocumentError(f"{name} holds no text. Give a document with text in it.")
    said = "" if NO_TITLE.fullmatch(extract.said.get("title", "")) else extract.said["title"]
    return Document(
        id=identity or content_id(extract.text),
        title=_line(given.title) or _line(said) or first,
        text=extract.text,
        language=given.language or _language(extract),
        metadata=_metadata(extract, given),
        pages=extract.pages,
        parts=extract.parts,
    )


def _check(text: str, name: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise DocumentError(f"{name} holds half characters (lone surrogates). Write it as UTF-8 again.")
    if "\0" in text:
        raise DocumentError(f"{name} holds NUL characters, so it is not text. Convert it first.")


def _first_line(extract: Extract) -> str:
    """Return the first heading that the format tells, or else the first line."""
    blocks = blocks_in(extract.text, extract.parts)[0]
    told = [block for block in blocks if block.kind == "heading"] if extract.parts else []
    return _line([*told, *blocks][0].text) if blocks else ""


def _line(text: str) -> str:
    """Return a title on one line, without what is not seen (Unicode categories Cc, Cf but for joiners)."""
    kept = (one for one in text if one in "\u200c\u200d\t\n" or unicodedata.category(one) not in {"Cc", "Cf"})
    return " ".join("".join(kept).split())[:LONGEST_TITLE]


def _language(extract: Extract) -> str:
    found = CODE.match(extract.said.get("language", "").lower())
    told = found[0] if found else ""
    if told and (told not in LANGUAGES or len(extract.text) < ENOUGH_TO_TELL):
        return told
    return language_of(extract.text)


def _metadata(extract: Extract, given: Given) -> dict[str, str]:
    said = {**extract.said, **{name: value for name, value in vars(given).items() if value}}
    year = YEAR.search(said.get("date", ""))
    known = {name: _line(said.get(name, "")) for name in ("publisher", "author", "date")}
    return {name: value for name, value in {**known, "year": year[0] if year else ""}.items() if value}
