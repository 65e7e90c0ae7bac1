"""What is said of a sentence that a model wrote, and of a model that did not write one."""

from __future__ import annotations

from dataclasses import dataclass

from sstc_chat.corpus.errors import SSTCChatError


class ModelFailureError(SSTCChatError):
    """A language model did not write, or not to the end; `kind` says why, see `notes.py`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Draft:
    """A sentence as a model wrote it: its words, and the numbers of the quotes that it names."""

    text: str
    citations: tuple[int, ...]
