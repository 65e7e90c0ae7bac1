"""Repair the layout of a converted report: lines to blocks, torn sentences made whole.

A converter sets the lines of a page one after another and leaves white space where pictures and
page ends were. These rules put paragraphs together again. They know how a page is laid out, never
what a report is about:

- A heading is a line that is marked as one, or a short line alone that opens a list.
- A caption is a short line alone where a picture left its gap, or where it interrupts a sentence.
- A paragraph that does not end its sentence goes on behind the captions that follow it.
- Lines of a block stay lines, unless they were wrapped at a width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sstc_chat.corpus.blocks import Block
from sstc_chat.corpus.mapped import MappedText
from sstc_chat.corpus.types import Kind

MARKED_HEADING = re.compile(r"(?P<marker>[▶►▸▷▹▻]|#{1,6}(?=\s))\s*(?=\S)")
LINE = re.compile(r"(?P<content>[^\n\r]*)(?P<newline>\r\n|\n|\r|$)")
BULLET = re.compile(r"[•‣◦▪●■○□*–—-]\s|\(?\w{1,3}[.)]\s")
ENDS_SENTENCE = re.compile(r"[.!?:;…。！？：；؟۔।][\s\"'”’»)\]]*$")

# A heading, a caption or a line of an address fits in one line of print; a wrapped line fills one.
SHORT = 100
PROSE = 60
NARROWEST_COLUMN = 40
# Blank lines before a block. One sets a paragraph off; more are the gap that a picture left.
PICTURE_GAP = 2


@dataclass(frozen=True)
class _Piece(Block):
    """A block in the making.

    `gap` is how many blank lines stand in front of it; `verbatim` says that no markup stands in front of the
    first character.
    """

    gap: int = 0
    verbatim: bool = True

    @property
    def marker(self) -> re.Match[str] | None:
        """What marks the block as a heading, if anything does."""
        return MARKED_HEADING.match(self.text) if self.verbatim else None

    @property
    def torn(self) -> bool:
        """Whether this is a paragraph that does not end its sentence."""
        return self.kind == "paragraph" and not ENDS_SENTENCE.search(self.text)

    @property
    def goes_on(self) -> bool:
        """Whether the block begins in the middle of a sentence."""
        return self.kind == "paragraph" and self.text[0].islower()


def blocks_of(text: MappedText) -> Sequence[Block]:
    """Return the blocks of `text` in reading order, each on one line."""
    blocks = [block for lines in _groups(text) for block in _blocks(lines)]
    return _mend(_classify(blocks))


def _groups(text: MappedText) -> Iterator[list[_Piece]]:
    """Yield runs of lines with no blank line inside."""
    group: list[_Piece] = []
    gap = 0
    before = text.slice(0, 0)
    for match in LINE.finditer(text.text):
        content = text.slice(*match.span("content")).strip().collapse()
        if content.text:
            if gap and group:
                yield group
                group = []
            verbatim = _is_verbatim(text, text.text.index(content.text[0], match.start()))
            group.append(_Piece("line", content, before, gap=gap, verbatim=verbatim))
        gap = 0 if content.text else gap + 1
        before = text.slice(*match.span("newline")).collapse()
    if group:
        yield group


def _is_verbatim(text: MappedText, place: int) -> bool:
    """Whether the character at `place` is neither escaped nor behind the bracket of a link."""
    follows = text.starts[place] == (text.ends[place - 1] if place else 0)
    return bool(follows and text.ends[place] - text.starts[place] == 1)


def _blocks(lines: list[_Piece]) -> Iterator[_Piece]:
    """Cut a run of lines into blocks, undoing the wrapping of lines at a width."""
    wrapped = _wrapped(lines)
    block = [lines[0]]
    for line in lines[1:]:
        if _runs_on(block, line, wrapped):
            block.append(line)
        else:
            yield _typed(_joined(block), alone=False)
            block = [line]
    yield _typed(_joined(block), alone=wrapped or block == lines[:1])


def _typed(block: _Piece, *, alone: bool) -> _Piece:
    match = block.marker
    if match:
        content = block.content.slice(match.end(), len(block.content))
        level = match["marker"].count("#") or 1
        return replace(block, kind="heading", content=content, level=level)
    return replace(block, kind="paragraph" if alone else "line")


def _wrapped(lines: list[_Piece]) -> bool:
    """Whether most line breaks stand where the next word no longer fitted the longest line."""
    width = max(len(line.text) for line in lines)
    full = [
        len(line.text) + 1 + len(following.text.split(" ", 1)[0]) > width
        for line, following in pairwise(lines)
    ]
    return width >= NARROWEST_COLUMN and sum(full) * 2 > len(full)


def _runs_on(block: list[_Piece], line: _Piece, wrapped: bool) -> bool:
    if block[0].marker or line.marker or BULLET.match(line.text):
        return False
    return wrapped or (line.text[0].islower() and not ENDS_SENTENCE.search(block[-1].text))


def _joined(pieces: list[_Piece]) -> _Piece:
    """Return pieces as one, all at once: one by one, a text of a million lines would take a day."""
    first = pieces[0]
    parts = [part for piece in pieces[1:] for part in (piece.before.as_space(), piece.content)]
    return replace(first, content=MappedText.join([first.content, *parts])) if parts else first


def _classify(blocks: list[_Piece]) -> list[_Piece]:
    """Tell the captions and the unmarked headings among blocks of one short line."""
    marked = any(block.kind == "heading" for block in blocks)
    prose: _Piece | None = None
    done: list[_Piece] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        kind = block.kind
        if block.torn and len(block.text) <= SHORT and not block.goes_on:
            kind = _kind_of_short(block, prose, following, marked)
        done.append(replace(block, kind=kind, level=block.level or int(kind == "heading")))
        if kind != "caption":
            prose = done[-1]
    return done


def _kind_of_short(block: _Piece, prose: _Piece | None, following: _Piece | None, marked: bool) -> Kind:
    """Return what a short line alone is, from what stands around it and how far away."""
    interrupted = bool(following and following.goes_on)
    if prose and prose.torn and (interrupted or len(prose.text) >= PROSE):
        return "caption"
    if interrupted or block.text[-1] == ",":
        return "paragraph"
    if marked and block.gap >= PICTURE_GAP:
        return "caption"
    if prose and prose.kind == "line":
        return "line"
    opens = following and (following.kind == "line" or not marked)
    return "heading" if opens else "paragraph"


def _mend(blocks: list[_Piece]) -> list[_Piece]:
    """Join paragraphs that were torn, and set the captions that stood between behind them."""
    done: list[list[_Piece]] = []
    last = 0  # where in `done` the last block that is no caption stands
    for block in blocks:
        if done and done[last][-1].torn and _continues(done[last], block):
            done[last].append(block)
            continue
        if block.kind != "caption":
            last = len(done)
        done.append([block])
    return list(map(_joined, done))


def _continues(torn: list[_Piece], block: _Piece) -> bool:
    if block.kind != "paragraph" or BULLET.match(block.text):
        return False
    return block.goes_on or torn[-1].text[-1] == "," or _length(torn) >= PROSE


def _length(pieces: list[_Piece]) -> int:
    """Return how long pieces are together, or how long enough of them are."""
    return sum(len(piece.text) + 1 for piece in pieces[-PROSE:]) - 1
