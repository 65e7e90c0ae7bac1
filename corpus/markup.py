r"""The two pieces of Markdown that a converter leaves in running text: links and escapes.

`[text](target)` reads as its text, `\$` reads as `$` (CommonMark 0.31, sections 2.4 and 6.3, without
titles and reference links). Whatever is neither stays as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sstc_chat.corpus.escapes import ESCAPE
from sstc_chat.corpus.mapped import MappedText
from sstc_chat.corpus.types import Span

ESCAPED = re.compile(ESCAPE)
SYNTAX = re.compile(
    rf"(?P<escape>{ESCAPE})|\[(?P<label>(?:{ESCAPE}|[^\[\]\\]|\\(?![!-/:-@\[-`{{-~]))*)\]"
    r"\([^()\s]{0,2000}(?:\([^()\s]{0,2000}\)[^()\s]{0,2000})?\)"
)


def without_markup(source: str) -> tuple[MappedText, dict[Span, Span]]:
    """Return `source` as it reads, and for the span of each link's label that of the whole link."""
    parts: list[MappedText] = []
    links: dict[Span, Span] = {}
    end = 0
    for match in SYNTAX.finditer(source):
        parts.append(MappedText.verbatim(source[end : match.start()], end))
        if match["escape"]:
            parts.append(_escaped(match))
        else:
            links[_label(match)] = match.span()
            parts.extend(_unescaped(match["label"], match.start("label")))
        end = match.end()
    parts.append(MappedText.verbatim(source[end:], end))
    return MappedText.join(parts), links


def plain(source: str) -> str:
    """Return `source` without markup and with its white space collapsed.

    This is the rule by which a quote is checked against the source characters of its spans.
    """
    return " ".join(SYNTAX.sub(_read, source).split())


def _read(match: re.Match[str]) -> str:
    """Return what a link or an escape reads as."""
    return match["escape"][1] if match["escape"] else ESCAPED.sub(lambda one: one[0][1], match["label"])


def _label(match: re.Match[str]) -> Span:
    label = match["label"]
    start = match.start("label") + len(label) - len(label.lstrip())
    return start, max(start, match.start("label") + len(label.rstrip()))


def _unescaped(label: str, offset: int) -> Iterator[MappedText]:
    end = 0
    for match in ESCAPED.finditer(label):
        yield MappedText.verbatim(label[end : match.start()], offset + end)
        yield _escaped(match, offset)
        end = match.end()
    yield MappedText.verbatim(label[end:], offset + end)


def _escaped(match: re.Match[str], offset: int = 0) -> MappedText:
    """Map the second of two characters to both."""
    mapped = MappedText.verbatim(match.group(), offset + match.start())
    return MappedText(match.group()[1], mapped.starts[:1], mapped.ends[1:])
