"""What a paragraph of a Word file is, by its style, its outline level, its numbering and its weight."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sstc_chat.corpus.readers.wordtext import WORD, Element, elements, local, text_of
from sstc_chat.corpus.types import Kind

HEADING = re.compile(r"heading (\d)")
CONTENTS = re.compile(r"toc (\d|heading)|table of (figures|authorities)|index \d")
BODY_LEVEL = 9
# A bold line that is longer, or that ends a sentence, is no heading.
SHORT = 100
ENDS = (".", ":", ";", ",", "!", "?", "。", "；", "：")


@dataclass(frozen=True)
class Style:
    """A style of paragraphs: its name in lower case, its outline level from 1, whether it is a list's."""

    name: str
    level: int
    listed: bool


@dataclass(frozen=True)
class Look:
    """What a paragraph looks like; "bold" is a heading that only its weight tells, so its level is 0."""

    kind: Kind | Literal["bold", "contents"]
    level: int = 0
    listed: bool = False


def styles_of(element: Element) -> dict[str, Style]:
    """Return the styles of a file by their ids, each with what it has from those it is based on."""
    raw = {style.get(f"{WORD}styleId"): style for style in element.iter(f"{WORD}style")}
    return {identity: _style(identity, raw) for identity in raw}


def look_of(paragraph: Element, styles: Mapping[str, Style]) -> Look:
    """Return what `paragraph` is."""
    properties = paragraph.find(f"{WORD}pPr")
    style = styles.get(_value(properties, "pStyle"), Style("", 0, False))
    level = _level(properties) or style.level
    listed = style.listed or (properties is not None and properties.find(f"{WORD}numPr") is not None)
    if CONTENTS.fullmatch(style.name):
        return Look("contents")
    if level:
        return Look("heading", level)
    if style.name == "caption":
        return Look("caption")
    if listed:
        return Look("line", listed=True)
    return Look("bold" if _is_bold(paragraph) else "paragraph")


def _style(identity: str, raw: Mapping[str, Element]) -> Style:
    name = _value(raw[identity], "name").lower()
    level, listed, seen = 0, False, set()
    while identity in raw and identity not in seen:
        seen.add(identity)
        style = raw[identity]
        properties = style.find(f"{WORD}pPr")
        named = HEADING.fullmatch(_value(style, "name").lower())
        own = 1 if _value(style, "name").lower() == "title" else int(named[1]) if named else 0
        level = level or own or _level(properties)
        listed = listed or (properties is not None and properties.find(f"{WORD}numPr") is not None)
        identity = _value(style, "basedOn")
    return Style(name, level, listed)


def _level(properties: Element | None) -> int:
    value = _value(properties, "outlineLvl")
    return int(value) + 1 if value.isdecimal() and int(value) < BODY_LEVEL else 0


def _value(parent: Element | None, name: str) -> str:
    child = parent.find(f"{WORD}{name}") if parent is not None else None
    return str(child.get(f"{WORD}val") or "") if child is not None else ""


def _is_bold(paragraph: Element) -> bool:
    text = text_of(paragraph, iter(())).strip()
    runs = [run for run in paragraph.iter(f"{WORD}r") if text_of(run, iter(())).strip()]
    return 0 < len(text) <= SHORT and not text.endswith(ENDS) and all(is_bold_run(run) for run in runs)


def is_bold_run(run: Element) -> bool:
    """Whether a run of text is set in bold by its own properties."""
    properties = run.find(f"{WORD}rPr")
    bold = [one for one in elements(properties) if local(one) == "b"] if properties is not None else []
    return bool(bold) and bold[0].get(f"{WORD}val", "true") not in {"0", "false", "off"}
