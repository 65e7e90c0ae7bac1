"""The report that comes with the project."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.types import Document

NAME = "ilo-south-south-cooperation-2024"


def shipped_report() -> Document:
    """Return the shipped report.

    Raises
    ------
    DocumentError
        If its text is not the one its metadata file describes.
    """
    folder = files("sstc_chat.corpus") / "report"
    metadata: dict[str, Any] = json.loads((folder / f"{NAME}.json").read_text("utf-8"))
    text = (folder / f"{NAME}.txt").read_bytes().decode("utf-8")
    expected = metadata.pop("sha256")
    document = Document(
        id=metadata.pop("id"),
        title=metadata.pop("title"),
        text=text,
        language=metadata.pop("language"),
        metadata=metadata,
    )
    if document.sha256 != expected:
        raise DocumentError(
            f"The shipped report {NAME}.txt has the sha256 {document.sha256}, not {expected}: "
            "it was changed after installation. Install sstc-chat again."
        )
    return document
