"""Escapes of Markdown: a source text has them where what it says would look like markup."""

from __future__ import annotations

import re

ESCAPE = r"\\[!-/:-@\[-`{-~]"
# With these two escaped, nothing is an escape or a link that was none.
MARKS = re.compile(r"\\|\](?=\()")


def escaped(text: str) -> str:
    """Return a source that reads as `text`, whatever `text` is."""
    return MARKS.sub(r"\\\g<0>", text)
