"""Cut what a model writes, while it arrives, into sentences and the quotes they name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from sstc_chat.corpus.sentences import sentence_ranges
from sstc_chat.rag.prose.types import Draft

MARKER = re.compile(r"\s*[\[【]\s*(\d{1,3}(?:\s*(?:[,;、–-]|and)\s*\[?\d{1,3}\]?)*)\s*[\]】]")
NUMBER = re.compile(r"\d+")
LEADING = re.compile(rf"(?:{MARKER.pattern})+[.。]?")
# A sentence is whole once its marker and its full stop are there, or its line ends.
ENDED = re.compile(rf"{MARKER.pattern}\s*[.!?。！？؟]\s*$|\n$")
# Markers that have only begun to arrive may belong to the sentence before them.
BEGUN = re.compile(r"^\s*(?:[\[【][^\]】]{0,12}[\]】]?\s*[.。]?\s*)+$")
LINE = re.compile(r"[^\n]+")
LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
TAG = re.compile(r"<[^<>]{0,200}>")
SIGNS = re.compile(r"[*_`#>|~]{1,6}(?=\S)|(?<=\S)[*_`|~]{1,6}|^\s*(?:[-•–*]|\d{1,2}[.)])\s+", re.MULTILINE)
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")
# A letter of Arabic or Persian script may need it to join.
KEPT = "\u200c"
MOST_CITED = 3
OPENING, CLOSING = tuple('"“«„「'), tuple('"”»“」')


def drafts(pieces: Iterable[str], language: str) -> Iterator[Draft]:
    """Yield each sentence as soon as it is whole.

    Parameters
    ----------
    pieces
        What a model writes, cut anywhere.
    language
        That of the answer, by whose rules sentences end.
    """
    text, done = "", 0
    for piece in pieces:
        text += piece
        found = _cut(text, language)
        ready = len(found) if ENDED.search(text) else len(found) - 1
        if not BEGUN.search(text[found[-1][0] if found else 0 :]):
            yield from _drafts(text[start:end] for start, end in found[done:ready])
            done = max(done, ready)
    yield from _drafts(text[start:end] for start, end in _cut(text, language)[done:])


def _cut(text: str, language: str) -> list[tuple[int, int]]:
    """Return the range of each sentence of `text` with its markers; the last one may not be whole.

    Where a line begins with a marker, its markers stand before what they mark, and else behind it.
    """
    found: list[tuple[int, int]] = []
    for line in LINE.finditer(text):
        before = LEADING.match(line[0])
        for start, end in sentence_ranges(line[0], language):
            first, last = line.start() + start, line.start() + end
            lead = LEADING.match(text, first, last)
            if lead and start and found and not before:
                found[-1] = (found[-1][0], lead.end())
                first = lead.end()
            if text[first:last].strip():
                found.append((first, last))
    return found


def _drafts(parts: Iterable[str]) -> Iterator[Draft]:
    for part in parts:
        numbers = [int(one) for match in MARKER.finditer(part) for one in NUMBER.findall(match[1])]
        text = plain(MARKER.sub("", part))
        if any(one.isalnum() for one in text):
            yield Draft(text, tuple(dict.fromkeys(numbers))[:MOST_CITED])


def plain(text: str) -> str:
    """Return `text` on one line, without links, markup and hidden characters."""
    seen = "".join(
        one if one in KEPT or unicodedata.category(one) not in HIDDEN else " " if one.isspace() else ""
        for one in text
    )
    line = " ".join(SIGNS.sub("", TAG.sub(" ", LINK.sub(r"\1", seen))).split())
    quoted = line[:1] in OPENING and line[-1:] in CLOSING and len(line) > len("“”")
    return line[1:-1].strip() if quoted else line
