"""Where the text of a paragraph in Markdown stands in the source, without the marks around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sstc_chat.corpus.types import Span, Spans

# A token of markdown-it, which is imported in `markdown` alone.
Token = Any

LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
TARGET = re.compile(
    r"\]\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
REFERENCE = re.compile(r"\](?:\[[^\]]*\])?")


class _LostError(Exception):
    """The text of a token does not stand where it should."""


def kept_in(token: Token, source: str, region: Span) -> Spans | None:
    """Return the spans of what `token` reads in a region of the source; None where that cannot be told."""
    try:
        places = _places(token.content, source, region)
        kept = list(_kept(token.children or [], token.content))
    except _LostError:
        return None
    return _runs([places[place] for start, end in kept for place in range(start, end)])


def whole(spans: Spans) -> Spans:
    """Return one span for all that stands between the first and the last character."""
    return ((spans[0][0], spans[-1][1]),) if spans else ()


def _places(content: str, source: str, region: Span) -> list[int]:
    """Return the place in the source of each character of `content`: its lines stand there in order."""
    places: list[int] = []
    start, end = region
    for line in content.split("\n"):
        found = source.find(line, start, end)
        if found < 0:
            raise _LostError
        places += range(found, found + len(line))
        start = found + len(line)
        # The line break, which is behind white space that the parser leaves out.
        places.append(next((place for place in range(start, end) if source[place] in "\r\n"), start))
    return places[:-1]


def _kept(children: Sequence[Token], content: str) -> Iterator[Span]:
    """Yield the ranges of `content` that are read, following the tokens in it one by one."""
    place = 0
    for child in children:
        read, length = _read(child, content, place)
        yield place + read[0], place + read[1]
        place += length


def _read(child: Token, content: str, place: int) -> tuple[Span, int]:
    """Return what is read of a token, counted from `place`, and how long the token is there."""
    kind, rest = child.type, content[place:]
    if kind in {"text", "html_inline", "text_special"}:
        text = child.markup if kind == "text_special" else child.content
        _expect(content, place, text)
        return (0, 0 if kind == "html_inline" else len(text)), len(text)
    if kind in {"softbreak", "hardbreak"}:
        marks = re.match(r"[ \t]*\\?\n[ \t]*", rest) or _lost()
        return (rest.index("\n"), rest.index("\n") + 1), marks.end()
    if kind == "code_inline":
        marks = re.match(rf"{child.markup}(?!`)(.*?)(?<!`){child.markup}(?!`)", rest, re.DOTALL) or _lost()
        return marks.span(1), marks.end()
    return _mark(child, content, place)


def _mark(child: Token, content: str, place: int) -> tuple[Span, int]:
    """Return how long a mark is of which nothing is read."""
    if child.type == "link_close" and child.markup != "autolink":
        return (0, 0), _target(content, place) - place
    if child.type == "image":
        label = f"![{child.content}"
        _expect(content, place, label)
        return (0, 0), _target(content, place + len(label)) - place
    text = {"link_open": "[", "link_close": ">"}.get(child.type, child.markup)
    text = "<" if child.type == "link_open" and child.markup == "autolink" else text
    _expect(content, place, text)
    return (0, 0), len(text)


def _target(content: str, place: int) -> int:
    """Return where what a link leads to ends, which begins at `place` with the bracket behind its label."""
    return (TARGET.match(content, place) or REFERENCE.match(content, place) or _lost()).end()


def _expect(content: str, place: int, text: str) -> None:
    if not content.startswith(text, place):
        raise _LostError


def _lost() -> re.Match[str]:
    raise _LostError


def _runs(places: Sequence[int]) -> Spans:
    runs: list[Span] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return tuple(runs)
