"""From a document as it was read to sections, sentences and chunks that know where they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sstc_chat.corpus.blocks import Block, blocks_of_parts
from sstc_chat.corpus.chunks import chunk_ranges
from sstc_chat.corpus.layout import blocks_of
from sstc_chat.corpus.mapped import MappedText
from sstc_chat.corpus.markup import without_markup
from sstc_chat.corpus.sentences import sentence_ranges
from sstc_chat.corpus.spans import spans_of
from sstc_chat.corpus.types import Chunk, Document, Part, Reading, Section, Sentence, Span, Spans, content_id


def read(document: Document, chunk_size: int = 800) -> Reading:
    """Put `document` into blocks and cut it into sections, sentences and chunks.

    Its parts are its blocks; where the format told none, its layout is repaired.

    Parameters
    ----------
    document
        The document as it was read; its text is not changed.
    chunk_size
        The most characters in a chunk. One sentence that is longer is a chunk alone.
    """
    blocks, links = blocks_in(document.text, document.parts)
    text = MappedText.join(_set(blocks))

    def spans(start: int, end: int) -> Spans:
        return spans_of(text.slice(start, end), document.text, links)

    def quoted(start: int, end: int) -> tuple[str, Spans]:
        return text.text[start:end], spans(start, end)

    placed = list(_placed(blocks))
    sections = tuple(_sections(placed))
    sentences = tuple(_sentences(document, placed, spans))
    chunks = tuple(_chunks(document, sections, sentences, quoted, chunk_size))
    return Reading(document, text.text, sections, sentences, chunks)


def blocks_in(source: str, parts: Sequence[Part] = ()) -> tuple[Sequence[Block], dict[Span, Span]]:
    """Return the blocks that `source` is read in, and its links as `without_markup` returns them."""
    mapped, links = without_markup(source)
    return blocks_of_parts(mapped, parts) if parts else blocks_of(mapped), links


@dataclass(frozen=True)
class _Placed:
    """A block, where it starts in the reading text, and the section it stands in."""

    block: Block
    start: int
    section: int
    path: tuple[str, ...]


def _set(blocks: Sequence[Block]) -> Iterator[MappedText]:
    """Yield the pieces of the reading text: each block on a line of its own."""
    for number, block in enumerate(blocks):
        if number:
            yield block.before.as_space("\n")
        yield block.content


def _placed(blocks: Sequence[Block]) -> Iterator[_Placed]:
    """Give each block its place. A heading right above another is a title, not part of its path."""
    start, section = 0, -1
    open_headings: list[Block] = []
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            open_headings = [
                *(above for above in open_headings if above.level < block.level),
                block,
            ]
        if block.kind == "heading" or section < 0:
            section += 1
        yield _Placed(block, start, section, tuple(heading.text for heading in open_headings))
        if number == 0 and _is_title(blocks):
            open_headings = []
        start += len(block.content) + 1


def _is_title(blocks: Sequence[Block]) -> bool:
    return [block.kind for block in blocks[:2]] == ["heading", "heading"]


def _sections(placed: Sequence[_Placed]) -> Iterator[Section]:
    for _, group in groupby(placed, key=lambda one: one.section):
        members = list(group)
        last = members[-1]
        yield Section(members[0].path, members[0].start, last.start + len(last.block.content))


def _sentences(
    document: Document, placed: Sequence[_Placed], spans: Callable[[int, int], Spans]
) -> Iterator[Sentence]:
    for number, one in enumerate(placed):
        for first, last in sentence_ranges(one.block.text, document.language):
            start, end = one.start + first, one.start + last
            behind = spans(start, end)
            yield Sentence(
                id=content_id("sentence", document.id, start, end, one.block.text[first:last]),
                text=one.block.text[first:last],
                kind=one.block.kind,
                block=number,
                section=one.section,
                start=start,
                end=end,
                spans=behind,
                page=document.page_of(behind),
            )


def _chunks(
    document: Document,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    quoted: Callable[[int, int], tuple[str, Spans]],
    size: int,
) -> Iterator[Chunk]:
    first = 0
    for section, group in groupby(sentences, key=lambda sentence: sentence.section):
        members = list(group)
        context = ". ".join(dict.fromkeys((document.title, *sections[section].path)))
        for low, high in chunk_ranges([len(member.text) + 1 for member in members], size):
            start, end = members[low].start, members[high - 1].end
            text, spans = quoted(start, end)
            yield Chunk(
                id=content_id("chunk", document.id, start, end, context, text),
                context=context,
                text=text,
                section=section,
                first=first + low,
                last=first + high,
                spans=spans,
                page=document.page_of(spans),
            )
        first += len(members)
