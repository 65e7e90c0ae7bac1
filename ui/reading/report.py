"""A document as HTML, each sentence with the source characters it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sstc_chat.corpus.types import Kind
from sstc_chat.index.types import Line, Source
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.markup import Html, element, join
from sstc_chat.ui.reading.places import spans_value
from sstc_chat.ui.reading.runs import runs_of

EMPTY = "There is no document in the index yet. Add one with: sstc-chat index add PATH"
HIGHEST_HEADING = 3
LOWEST_HEADING = 6
ELEMENTS: dict[Kind, str] = {"paragraph": "p", "caption": "p", "line": "div"}


def open_report(engine: Answerer, document_id: str | None = None) -> Html:
    """Return the pane that shows a document: the one with this id, or else the first."""
    sources = engine.sources()
    chosen = [source for source in sources if source.id == document_id] or sources
    if not chosen:
        return element("p", EMPTY, class_="empty")
    lines = engine.lines(chosen[0].id)
    last = max((end for line in lines for _, end in line.spans), default=0)
    text = engine.store.characters(chosen[0].id, ((0, last),))
    return report_html(chosen[0], lines, text, sources)


def report_html(source: Source, lines: Sequence[Line], text: str, sources: Sequence[Source]) -> Html:
    """Return the pane that shows `source`.

    Parameters
    ----------
    source
        The document that is shown.
    lines
        Its sentences in reading order.
    text
        Its source text, which the spans of the sentences count in.
    sources
        All documents; with more than one, there is a choice.
    """
    choice = chooser_html(source, sources) if len(sources) > 1 else _title_html(source)
    tools = [contents_html(lines), choice]
    back = element("button", "Back to the answer", type="button", class_="back")
    return element(
        "section",
        element("div", *tools, class_="tools"),
        element(
            "article",
            heading_html(source, lines),
            *_blocks(lines, source, text),
            class_="report",
            lang=source.language,
            data_document=source.id,
        ),
        element("div", back, class_="return"),
        aria_label="Report",
        class_="reader",
    )


def heading_html(source: Source, lines: Sequence[Line]) -> Html:
    """Return publisher, year and title; not the title where the document starts with it."""
    known = [source.metadata.get(key, "") for key in ("publisher", "year")]
    origin = " · ".join(str(part) for part in known if part)
    title = element("h2", source.title, dir="auto", class_="report-title")
    return element(
        "header",
        element("p", origin, class_="eyebrow", dir="auto") if origin else "",
        "" if lines and _is_title(lines[0], source) else title,
    )


def chooser_html(source: Source, sources: Sequence[Source]) -> Html:
    """Return a choice of documents."""
    options = [element("option", one.title, value=one.id, selected=one.id == source.id) for one in sources]
    return element("select", *options, class_="chooser", aria_label="Document")


def _title_html(source: Source) -> Html:
    """Return what keeps the title in view; screen readers have it from the heading."""
    return element("span", source.title, class_="tools-title", aria_hidden="true", dir="auto")


def contents_html(lines: Sequence[Line]) -> Html:
    """Return links to the sections; empty where there are none."""
    entries = [
        element("li", element("a", line.text, href=f"#{_anchor(line)}"), data_depth=str(_depth(line)))
        for line in lines
        if line.kind == "heading"
    ]
    if not entries:
        return Html("")
    return element(
        "details",
        element("summary", "Contents"),
        element("nav", element("ol", *entries), aria_label="Contents of the report", dir="auto"),
        class_="contents",
    )


def sentence_html(line: Line, text: str) -> Html:
    """Return a sentence in runs, each with the source characters it stands for."""
    runs = [
        element("span", run.text, data_start=str(run.start), data_end=str(run.end))
        for run in runs_of(line, text)
    ]
    return element("span", *runs, class_="sentence", data_spans=spans_value(line.spans))


def _blocks(lines: Sequence[Line], source: Source, text: str) -> Iterable[Html]:
    for _, group in groupby(lines, key=lambda line: line.block):
        block = list(group)
        sentences = join(*(sentence_html(line, text) for line in block), by=" ")
        if block[0].kind == "heading":
            yield _heading(block[0], sentences, source)
        else:
            yield element(ELEMENTS[block[0].kind], sentences, class_=f"passage {block[0].kind}", dir="auto")


def _heading(line: Line, content: Html, source: Source) -> Html:
    title = _is_title(line, source)
    level = min(HIGHEST_HEADING + _depth(line) - 1, LOWEST_HEADING)
    return element(
        "h2" if title else f"h{level}",
        content,
        id=_anchor(line),
        class_="report-title" if title else None,
        dir="auto",
        tabindex="-1",
    )


def _is_title(line: Line, source: Source) -> bool:
    return line.kind == "heading" and line.text.casefold() == source.title.casefold()


def _anchor(line: Line) -> str:
    return f"line-{line.number}"


def _depth(line: Line) -> int:
    return max(1, len(line.section))
