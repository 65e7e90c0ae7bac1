"""A quote in its place: the lines of the document around it, with exactly the quoted characters marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sstc_chat.corpus.types import Spans
from sstc_chat.index.types import Line
from sstc_chat.rag.types import Citation
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.markup import Html, element, join
from sstc_chat.ui.reading.permalinks import quote_link
from sstc_chat.ui.reading.runs import Run, runs_of

# How many blocks are shown before and behind those of the quote.
AROUND = 4


def place_html(citation: Citation, engine: Answerer, words: Words) -> Html:
    """Return where a quote stands; the quote alone, where the document is no longer the one it is from."""
    engine = engine.now()
    sources = {source.id: source for source in engine.sources()}
    source = sources.get(citation.document_id)
    head = place_head(citation, words)
    if source is None or source.sha256 != citation.document_sha256:
        quote = element("blockquote", element("mark", citation.quote), dir="auto")
        return join(head, element("p", words("desk.document_changed"), class_="notice"), quote)
    lines = engine.lines(source.id)
    last = max(end for line in lines for _, end in line.spans)
    text = engine.store.characters(source.id, ((0, last),))
    shown = _around(lines, citation.spans)
    blocks = [
        element("p", *_sentences(list(group), text, citation.spans), dir="auto", class_=kind)
        for (_, kind), group in groupby(shown, key=lambda line: (line.block, line.kind))
    ]
    address = f"./{quote_link(source, citation.spans)}"
    link = element("a", words("desk.open_place"), href=address, target="_blank", rel="noopener")
    return join(head, element("div", *blocks, class_="place", lang=source.language, dir="auto"), link)


def place_head(citation: Citation, words: Words) -> Html:
    """Return the document, section and page of a quote."""
    page = "" if citation.page is None else words("chat.page", number=citation.page)
    section = element("span", " / ".join(citation.section), dir="auto") if citation.section else ""
    parts = [element("strong", citation.document_title, dir="auto"), section, page]
    return element("p", join(*(part for part in parts if part), by=" · "), class_="place-head")


def _around(lines: Sequence[Line], spans: Spans) -> list[Line]:
    """Return the lines of the blocks that hold the quote, and of some blocks around them."""
    blocks = list(dict.fromkeys(line.block for line in lines))
    held = [blocks.index(line.block) for line in lines if _inside(line.spans, spans)]
    near = set(blocks[max(0, min(held) - AROUND) : max(held) + AROUND + 1])
    return [line for line in lines if line.block in near]


def _inside(one: Spans, other: Spans) -> bool:
    return any(start < last and first < end for start, end in one for first, last in other)


def _sentences(lines: Sequence[Line], text: str, spans: Spans) -> Iterator[Html]:
    for number, line in enumerate(lines):
        if number:
            yield Html(" ")
        for run in runs_of(line, text):
            yield from _marked(run, spans)


def _marked(run: Run, spans: Spans) -> Iterator[Html]:
    """Yield a run in pieces, marked where it stands in `spans`; as a whole, where it cannot be cut."""
    inside = [(max(start, run.start), min(end, run.end)) for start, end in spans]
    ranges = [(start - run.start, end - run.start) for start, end in inside if start < end]
    if ranges and len(run.text) != run.end - run.start:
        ranges = [(0, len(run.text))]
    done = 0
    for start, end in ranges:
        yield from (element("span", run.text[done:start]), element("mark", run.text[start:end]))
        done = end
    yield element("span", run.text[done:])
