"""Arrays in one file, in the format of safetensors, mapped into memory when they are read.

The format: eight bytes that say how long the head is, the head in JSON, the arrays one behind the other
(https://huggingface.co/docs/safetensors). Its own library copies what it reads. What is mapped is read from
the disk when it is touched, and all processes share it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TYPES = {
    "U8": np.uint8,
    "U16": np.uint16,
    "U32": np.uint32,
    "I32": np.int32,
    "I64": np.int64,
    "F16": np.float16,
    "F32": np.float32,
    "F64": np.float64,
}
LENGTH = 8


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write `arrays` to `path`."""
    from safetensors.numpy import save_file

    save_file({name: one.copy() for name, one in arrays.items()}, path)


def map_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of `path`, by name and sorted by it; they cannot be written."""
    # A plain array: what numpy does with a memmap at every step costs more than the step.
    content: NDArray[np.uint8] = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
    first = LENGTH + int.from_bytes(content[:LENGTH].tobytes(), "little")
    head = json.loads(content[LENGTH:first].tobytes())
    return {
        name: _array(content[first:], one) for name, one in sorted(head.items()) if name != "__metadata__"
    }


def _array(content: NDArray[np.uint8], said: Mapping[str, Any]) -> NDArray[Any]:
    start, end = said["data_offsets"]
    array: NDArray[Any] = content[start:end].view(TYPES[said["dtype"]]).reshape(said["shape"])
    return array
