"""Read plain text as it will be read, to see whether it can be: repairing a layout takes time and memory."""

from __future__ import annotations

import json

from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document


def tried(content: bytes) -> str:
    """Return, as JSON, how many sentences there are in a text in UTF-8."""
    return json.dumps(len(read(Document("text", "Text", content.decode(), "en")).sentences))
