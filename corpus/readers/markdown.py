"""Read Markdown with markdown-it-py: its blocks tell the parts, and spans count in the file as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from sstc_chat.corpus.blocks import blocks_of_parts
from sstc_chat.corpus.markup import plain, without_markup
from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.markdowntext import LINE, kept_in, whole
from sstc_chat.corpus.types import Kind, Part, Span, Spans

if TYPE_CHECKING:
    from markdown_it.token import Token

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<fields>(?s:.){0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
FIELD = re.compile(r"(?m)^(title|date|author|publisher|language|lang):[ \t]*[\"']?([^\"'\r\n]+)")
BULLET = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?$")
COMMENT = re.compile(r"(?s)<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>")
CELL = re.compile(r"((?:[^|\\\r\n]|\\.)*)\|?")
DEEPEST = 60


def extract(content: bytes) -> Extract:
    """Return the parts of a text in Markdown (CommonMark 0.31, and the tables of GitHub).

    Raises
    ------
    UnreadableError
        If it is nested more deeply than a text that somebody wrote.
    """
    try:
        source = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError("is not UTF-8. Save it as UTF-8 and add it again.") from error
    front = FRONT_MATTER.match(source)
    parts = _Outline(source, front.end() if front else 0).parts()
    fields = FIELD.findall(front["fields"]) if front else []
    said = {"language" if name == "lang" else name: value.strip() for name, value in fields}
    return Extract(source, tuple(_exact(source, parts)), (), said)


def _exact(source: str, parts: Iterator[Part]) -> Iterator[Part]:
    """Yield the parts. One that would not read as it is checked is read with the marks that stand in it."""
    text = without_markup(source)[0]
    for part in parts:
        joined = plain("".join(source[start:end] for start, end in part.spans))
        if [block.text for block in blocks_of_parts(text, (part,))] == [joined]:
            yield part
        elif joined:
            yield Part(part.kind, whole(part.spans), part.level)


class _Outline:
    """The parts of a source text, from the tokens of its blocks; `start` is where the text begins."""

    def __init__(self, source: str, start: int) -> None:
        # What stands in front is white space to the parser, so that all else stays where it is.
        self._text = re.sub(r"[^\r\n]", " ", source[:start]) + source[start:]
        self._lines = [match.span() for match in LINE.finditer(self._text)]

    def parts(self) -> Iterator[Part]:
        """Yield the parts in order."""
        tokens = _parsed(self._text)
        level, items, rows = 0, 0, []
        for token in tokens:
            items += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
            if token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "heading_close":
                level = 0
            elif token.type == "tr_open" and token.map:
                rows.append(token.map[0])
            elif token.type == "table_close":
                yield from self._table(rows)
                rows = []
            elif token.type == "inline" and not rows:
                kind: Kind = "heading" if level else "line" if items else "paragraph"
                yield Part(kind, self._inline(token, listed=bool(items)), level)
            elif token.type in {"fence", "code_block", "html_block"}:
                yield from self._verbatim(token)

    def _region(self, token: Token) -> Span:
        first, last = token.map or (0, 0)
        return self._lines[first][0], self._lines[max(first, last - 1)][1]

    def _inline(self, token: Token, *, listed: bool) -> Spans:
        region = self._region(token)
        spans = kept_in(token, self._text, region) or (region,)
        start = spans[0][0]
        bullet = BULLET.search(self._text, region[0], start) if listed else None
        return ((bullet.start(), start), *spans) if bullet else spans

    def _verbatim(self, token: Token) -> Iterator[Part]:
        """Yield the lines of code, and of HTML what is no tag."""
        first, last = token.map or (0, 0)
        lines = self._lines[first:last]
        if token.type == "fence":
            lines = lines[1 : 1 + token.content.count("\n")]
        if token.type != "html_block":
            yield from (Part("line", (line,)) for line in lines)
        elif lines:
            end, spans = lines[0][0], []
            for tag in COMMENT.finditer(self._text, end, lines[-1][1]):
                spans.append((end, tag.start()))
                end = tag.end()
            yield Part("paragraph", (*spans, (end, lines[-1][1])))

    def _table(self, rows: Sequence[int]) -> Iterator[Part]:
        """Yield the rows of a table; each cell stands behind the head of its column."""
        heads = [self._without_bar(cell) for cell in self._cells(rows[0])]
        for row in rows[1:]:
            pairs = zip_longest(heads, self._cells(row))
            filled = [(head, cell) for head, cell in pairs if cell and self._text[slice(*cell)].strip(" \t|")]
            yield Part("line", tuple(span for pair in filled for span in pair if span))

    def _without_bar(self, head: Span) -> Span:
        start, end = head
        return (start, end - 1) if self._text[start:end].endswith((" |", "\t|")) else head

    def _cells(self, row: int) -> list[Span]:
        """Return the cells of a row, each with the bar behind it but the last."""
        start, end = self._lines[row]
        line = self._text[start:end]
        inner = line.strip()
        start += line.index(inner) + inner.startswith("|")
        end = start + len(inner) - inner.startswith("|") - (inner.endswith("|") and not inner.endswith(r"\|"))
        cells: list[Span] = []
        while start < end:
            cell = CELL.match(self._text, start, end)
            if cell is None or cell.end() == start:
                break
            cells.append(cell.span())
            start = cell.end()
        return cells


def _parsed(text: str) -> list[Token]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table").disable("text_join")
    tokens = parser.parse(text)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise UnreadableError(f"is nested more than {DEEPEST} levels deep. Save it again, simpler.")
    return tokens
