"""Readers: from a file to a document, one module for each format, each run in a process of its own.

That process starts for every file, so nothing is imported here before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sstc_chat.corpus.readers.documents import Given, document_from
    from sstc_chat.corpus.readers.files import MOST_BYTES, READERS, read_file, shown

__all__ = ["MOST_BYTES", "READERS", "Given", "document_from", "read_file", "shown"]
_MODULES = {"Given": "documents", "document_from": "documents"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"sstc_chat.corpus.readers.{_MODULES.get(name, 'files')}"), name)
