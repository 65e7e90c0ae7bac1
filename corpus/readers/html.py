"""Read HTML with selectolax (Lexbor, which parses as browsers do): headings, paragraphs, lists, tables."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from sstc_chat.corpus.readers.composition import RAISED, Composition, Row
from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.htmltables import grid_of
from sstc_chat.corpus.types import Kind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
DECLARED_WITHIN = 4096

# What a reader of the page does not read as its text.
LEFT_OUT = frozenset(
    """
    -comment button canvas dialog embed footer form head iframe input map nav noscript object option script
    select style svg template textarea video audio
    """.split()
)
NAVIGATION = frozenset({"navigation", "search", "menu", "menubar", "toolbar", "banner", "contentinfo"})
INLINE = frozenset(
    """
    -text a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark math q rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr
    """.split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What an element that is one of these makes of the text in it.
SETS_KIND: dict[str, Kind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("li", "dt", "dd", "pre"), "line"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
}
BREAK = "\v"
START = re.compile(r"-?\d{1,6}")
MOST_ITEMS = 10_000
# A line of an address or a poem; what is longer between two breaks is a paragraph.
SHORT_LINE = 100
SAID_BY_META = {
    "date": ("article:published_time", "dcterms.issued", "dcterms.date", "dc.date", "citation_date", "date"),
    "publisher": ("dcterms.publisher", "dc.publisher", "citation_publisher", "publisher", "og:site_name"),
    "author": ("author", "dcterms.creator", "dc.creator", "article:author"),
}


def extract(content: bytes) -> Extract:
    """Return the text of a page, without its navigation, scripts and style.

    Raises
    ------
    UnreadableError
        If there is no text in it.
    """
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(_decoded(content))
    root = _main(page.body) if page.body else None
    if root is None:
        raise UnreadableError("is not a page in HTML. Save it again from a browser.")
    walk = _Walk()
    walk.through(root)
    return walk.composition.extract(_said(page.root))


def _decoded(content: bytes) -> str:
    """Decode as a browser does: by the mark, by what the page declares, as UTF-8, as Windows-1252."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    declared = CHARSET.search(content[:DECLARED_WITHIN])
    for encoding in (declared[1].decode() if declared else "utf-8", "utf-8"):
        with suppress(LookupError, UnicodeError, ValueError):
            return content.decode(encoding)
    return content.decode("cp1252", "replace")


def _main(body: LexborNode) -> LexborNode:
    """Return the one element that is the page's own text, or else all of it."""
    for selector in ("main, [role=main]", "article"):
        found = body.css(selector)
        if len(found) == 1:
            return found[0]
    return body


class _Walk:
    """A walk over the elements below one, without recursion: pages nest as deep as they like."""

    def __init__(self) -> None:
        self.composition = Composition()
        self._text: list[str] = []
        self._inside: list[str] = []
        self._bullet = ""

    def through(self, root: LexborNode) -> None:
        """Write what stands below `root`."""
        node = root.child
        while node is not None:
            within = node.child if self._enter(node) else None
            node = within or self._behind(node, root)
        self._flush()

    def _behind(self, node: LexborNode, root: LexborNode) -> LexborNode | None:
        """Return the node behind `node` and all that is in it, leaving the elements that end there."""
        here: LexborNode | None = node
        while here is not None and here.next is None:
            here = here.parent
            if here is None or here.mem_id == root.mem_id:
                return None
            self._leave(here.tag or "")
        return here.next if here is not None else None

    def _enter(self, node: LexborNode) -> bool:
        """Take in a node; return whether to go into it."""
        tag = node.tag or ""
        if tag == "-text":
            raised = node.parent is not None and node.parent.tag == "sup"
            text = node.text_content or ""
            self._text.append(text.translate(RAISED) if raised else text)
        elif tag == "br":
            self._text.append(BREAK)
        elif tag not in INLINE:
            self._flush()
        if tag in LEFT_OUT or tag in {"-text", "br"} or _hidden(node):
            return False
        grid = grid_of(node) if tag == "table" else None
        if grid:
            self._write_table(*grid)
        elif node.child is not None and tag in SETS_KIND:
            self._inside.append(tag)
            self._bullet = bullet_of(node) if tag == "li" else self._bullet
        return not grid

    def _leave(self, tag: str) -> None:
        if tag not in INLINE:
            self._flush()
        if tag in SETS_KIND:
            self._inside.pop()

    def _write_table(self, caption: str, rows: Sequence[Row], heads: int) -> None:
        self.composition.write("caption", caption)
        self.composition.write_table(rows, heads)

    def _flush(self) -> None:
        """Write the text since the last boundary as what the element around it is."""
        text, self._text = "".join(self._text), []
        if text.strip():
            text, self._bullet = self._bullet + text, ""
        tag = self._inside[-1] if self._inside else ""
        if tag in HEADINGS:
            self.composition.write("heading", text.replace(BREAK, " "), HEADINGS[tag])
            return
        lines = re.split(r"[\v\n]" if tag == "pre" else BREAK, text)
        several = sum(bool(line.strip()) for line in lines) > 1
        for line in lines:
            short = several and len(line) <= SHORT_LINE
            self.composition.write(SETS_KIND.get(tag, "line" if short else "paragraph"), line)


def bullet_of(item: LexborNode) -> str:
    """Return what a browser sets in front of an item of a list."""
    parent = item.parent
    if parent is None or parent.tag != "ol":
        return "• "
    before, number = item.prev, 1
    while before is not None and number <= MOST_ITEMS:
        number += before.tag == "li"
        before = before.prev
    start = str(parent.attributes.get("start") or "1")
    return f"{number - 1 + (int(start) if START.fullmatch(start) else 1)}. "


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in NAVIGATION
        or "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
    )


def _said(root: LexborNode | None) -> dict[str, str]:
    """Return what the head says of the page."""
    if root is None:
        return {}
    title = root.css_first("head > title")
    said = {"title": (title.text() if title else ""), "language": root.attributes.get("lang") or ""}
    metas = {
        str(meta.attributes.get("name") or meta.attributes.get("property")).lower(): meta.attributes
        for meta in reversed(root.css("meta[content]"))
    }
    for name, keys in SAID_BY_META.items():
        found = [metas[key].get("content") or "" for key in keys if key in metas]
        said[name] = next(filter(None, found), "")
    return {name: value for name, value in said.items() if value.strip()}
