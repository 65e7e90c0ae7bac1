"""The text of a document as HTML, each sentence with the source characters it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from sstc_chat.corpus.types import Kind
from sstc_chat.index.types import Line, Source
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join
from sstc_chat.ui.reading.links import Links
from sstc_chat.ui.reading.permalinks import section_link, section_names, version_of
from sstc_chat.ui.reading.places import spans_value
from sstc_chat.ui.reading.runs import Run, runs_of

HIGHEST_HEADING = 3
LOWEST_HEADING = 6
ELEMENTS: dict[Kind, str] = {"paragraph": "p", "caption": "p", "line": "div"}


@dataclass(frozen=True)
class Text:
    """A document that is shown.

    Attributes
    ----------
    source
        The document.
    lines
        Its sentences in reading order.
    characters
        Its source text, which the spans of the sentences count in.
    """

    source: Source
    lines: Sequence[Line]
    characters: str

    @cached_property
    def names(self) -> dict[int, str]:
        """The names of its sections, by the number of the heading's line."""
        return section_names(self.lines)

    @cached_property
    def links(self) -> Links:
        """The links in its source text."""
        return Links(self.characters)

    @property
    def has_pages(self) -> bool:
        """Whether it can be shown as it was printed."""
        return any(line.page is not None for line in self.lines)

    def is_title(self, line: Line) -> bool:
        """Whether a heading is the title of the document."""
        return line.kind == "heading" and line.text.casefold() == self.source.title.casefold()


def text_html(text: Text, words: Words) -> Html:
    """Return the whole document, with what its permalinks need to be checked against."""
    return element(
        "article",
        heading_html(text),
        *_blocks(text, words),
        class_="report",
        lang=text.source.language,
        data_document=text.source.id,
        data_version=version_of(text.source),
        data_length=str(len(text.characters)),
    )


def heading_html(text: Text) -> Html:
    """Return publisher, year and title; not the title where the document starts with it."""
    known = [text.source.metadata.get(key, "") for key in ("publisher", "year")]
    origin = " · ".join(str(part) for part in known if part)
    title = element("h2", text.source.title, dir="auto", class_="report-title")
    return element(
        "header",
        element("p", origin, class_="eyebrow", dir="auto") if origin else "",
        "" if text.lines and text.is_title(text.lines[0]) else title,
    )


def sentence_html(line: Line, text: Text, behind: int = 0) -> Html:
    """Return a sentence in runs, each with the source characters it stands for.

    `behind` is where the sentence before ends in the source. A run that nothing but white space
    parts from the one before says so, since a quote may then go on from one to the other.
    """
    parts: list[Html] = []
    for target, runs in groupby(runs_of(line, text.characters), key=text.links.target):
        inner: list[Html] = []
        for run in runs:
            follows = behind <= run.start and not text.characters[behind : run.start].strip()
            inner.append(_run(run, follows=follows))
            behind = run.end
        parts.append(_linked(inner, target))
    return element("span", *parts, class_="sentence", data_spans=spans_value(line.spans))


def depth_of(line: Line) -> int:
    """Return how deep a heading stands, from 1."""
    return max(1, len(line.section))


def _run(run: Run, *, follows: bool) -> Html:
    start, end = str(run.start), str(run.end)
    return element("span", run.text, data_start=start, data_end=end, data_follows=follows)


def _linked(runs: Sequence[Html], target: str | None) -> Html:
    if target is None:
        return join(*runs)
    return element("a", *runs, href=target, title=target, target="_blank", rel="noopener noreferrer")


def _blocks(text: Text, words: Words) -> Iterator[Html]:
    page: int | None = None
    behind = 0
    for _, group in groupby(text.lines, key=lambda line: line.block):
        block = list(group)
        ends = [behind, *(line.spans[-1][1] for line in block)]
        sentences = join(
            *(sentence_html(line, text, end) for line, end in zip(block, ends, strict=False)), by=" "
        )
        begun = words("reading.page", number=block[0].page) if block[0].page not in {None, page} else None
        behind, page = ends[-1], block[0].page
        yield _block(block[0], sentences, text, words, begun)


def _block(first: Line, sentences: Html, text: Text, words: Words, begun: str | None) -> Html:
    if first.kind == "heading":
        parts = (_heading(first, sentences, text), _permalink(first, text, words))
        return element("div", *parts, class_="section-head", dir="auto", data_page=begun)
    kinds = f"passage {first.kind}"
    return element(ELEMENTS[first.kind], sentences, class_=kinds, dir="auto", data_page=begun)


def _heading(line: Line, content: Html, text: Text) -> Html:
    title = text.is_title(line)
    level = min(HIGHEST_HEADING + depth_of(line) - 1, LOWEST_HEADING)
    return element(
        "h2" if title else f"h{level}",
        content,
        id=f"section-{text.names[line.number]}",
        class_="report-title" if title else None,
        tabindex="-1",
    )


def _permalink(line: Line, text: Text, words: Words) -> Html:
    name = text.names[line.number]
    return element(
        "a",
        href=section_link(text.source, name),
        class_="permalink",
        aria_label=words("reading.copy_section", section=line.text),
        title=words("reading.copy_link"),
        data_section=name,
    )
