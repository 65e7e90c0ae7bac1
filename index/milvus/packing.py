"""Rows as text, since Milvus keeps no bytes; what is long is cut into pieces."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any

from sstc_chat.corpus.errors import StoreError
from sstc_chat.index.milvus.schema import LONGEST, PIECE

# A row holds no more than this, whoever wrote it.
MOST = 1 << 24


def packed(value: object) -> str:
    """Return what JSON can hold as a text that Milvus can hold."""
    return from_bytes(zlib.compress(json.dumps(value, ensure_ascii=False).encode()))


def unpacked(value: str) -> Any:  # noqa: ANN401 - whatever was packed
    """Return what was packed."""
    return json.loads(zlib.decompressobj().decompress(to_bytes(value), MOST))


def from_bytes(value: bytes) -> str:
    """Return bytes as text.

    Raises
    ------
    StoreError
        If it is more than Milvus takes.
    """
    made = base64.b85encode(value).decode()
    if len(made) > LONGEST:
        raise StoreError(f"A row of {len(value):,} bytes is more than Milvus takes. Split its document.")
    return made


def to_bytes(value: str) -> bytes:
    """Return the bytes that a text stands for."""
    return base64.b85decode(value)


def pieces(value: bytes) -> Iterator[str]:
    """Yield bytes as texts of a length that Milvus takes."""
    for start in range(0, len(value), PIECE // 5 * 4):
        yield from_bytes(value[start : start + PIECE // 5 * 4])
