"""The text in the elements of a Word file (ECMA-376, part 1, clause 17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# An element of lxml, which python-docx reads with; it is imported there alone.
Element = Any
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REFERENCES = frozenset({"footnoteReference", "endnoteReference"})
# What was deleted or moved away, what stands for a picture once more, and what is anchored: read on its own.
LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "txbxContent", "pPr", "rPr", "instrText", "delText"})
SPACES = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "-"}


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def elements(parent: Element) -> Iterator[Element]:
    """Yield the elements in `parent`: no comments, no instructions, no entities."""
    return (child for child in parent if isinstance(child.tag, str))


def text_of(element: Element, numbers: Iterator[str]) -> str:
    """Return the text in `element`; each footnote that is cited takes one of `numbers`."""
    return "".join(_pieces(element, numbers))


def references_in(element: Element) -> list[Element]:
    """Return where footnotes are cited."""
    return [one for one in _inside(element) if local(one) in REFERENCES]


def boxes_in(paragraph: Element) -> list[Element]:
    """Return the text boxes that are anchored in a paragraph."""
    return [box for box in paragraph.iter(f"{WORD}txbxContent") if _is_first(box, paragraph)]


def _pieces(element: Element, numbers: Iterator[str]) -> Iterator[str]:
    for child in elements(element):
        name = local(child)
        if name == "t":
            # What stands behind an entity, which itself is not read.
            yield "".join([child.text or "", *(entity.tail or "" for entity in child)])
        elif name in SPACES:
            yield SPACES[name]
        elif name in REFERENCES:
            yield next(numbers, "")
        elif name not in LEFT_OUT:
            yield from _pieces(child, numbers)
            yield " " if name == "p" else ""


def _inside(element: Element) -> Iterator[Element]:
    for child in elements(element):
        if local(child) not in LEFT_OUT:
            yield child
            yield from _inside(child)


def _is_first(box: Element, paragraph: Element) -> bool:
    """Whether this is no second copy of a box for older programs, and in no other box."""
    above = []
    parent = box.getparent()
    while parent is not None and parent is not paragraph:
        above.append(local(parent))
        parent = parent.getparent()
    return not {"Fallback", "txbxContent"} & set(above)
