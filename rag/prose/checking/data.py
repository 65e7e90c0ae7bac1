"""The data that the check comes with, as JSON beside it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def data_of(name: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what the file `name` holds."""
    return json.loads((files("sstc_chat.rag.prose.checking") / name).read_text("utf-8"))
