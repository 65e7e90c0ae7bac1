"""What it costs to change, open and ask a library of one size, and what it takes of memory and disk."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
from library import SETTINGS, Timed, changed, milliseconds, opened, spent, texts
from performance.rows import Row
from scaling.comparing import TOP, compare
from scaling.figures import Measured

from sstc_chat.index.database import NAME, connect_to_read
from sstc_chat.index.dense.files import said_of, save
from sstc_chat.index.dense.refreshing import loaded, most_changes
from sstc_chat.index.library import Library
from sstc_chat.index.store import open_store
from sstc_chat.rag.engine import Engine

ROUNDS = 21
SCRIPT = Path(__file__).parents[1] / "scale.py"


def measure(home: Path, encoders: dict[str, Timed], questions: Sequence[str], rows: list[Row]) -> Measured:
    """Measure a library as it is; in the end it is as it was. What is compared with flat goes to `rows`."""
    adding, removing = changing(home, encoders)
    opening = [milliseconds(partial(opened, home, encoders)) for _ in range(5)]
    with closing(open_store(home, encoders, SETTINGS)) as store:
        engine = Engine(store, encoders)
        finding = [milliseconds(partial(engine.search, one, TOP)) for one in questions]
        folder, passages = home / store.manifest.folder, store.chunks
        for role, encoder in encoders.items():
            vectors = np.stack([encoder.encode_question(one) for one in questions])
            with closing(connect_to_read(folder / NAME)) as connection:
                rows += compare(store, connection, role, vectors)
    memory = kilobytes_in_a_process_of_its_own(home) * 1000 / passages
    disk, files = (
        sum(path.stat().st_size for path in folder.glob(name)) / passages / 1000 for name in ("*", "*.faiss")
    )
    return Measured(
        passages=passages,
        adding=adding,
        folding=adding + folding(folder),
        removing=removing,
        opening=statistics.median(opening),
        finding=statistics.median(finding),
        memory=memory,
        disk=disk,
        files=files,
    )


def changing(home: Path, encoders: dict[str, Timed]) -> tuple[float, float]:
    """Return the milliseconds that adding a document takes, without encoding it, and removing it again."""
    documents, adding, removing = texts(None), [], []
    for _ in range(ROUNDS):
        document, encoded = next(documents), spent(encoders)
        adding.append(milliseconds(partial(changed, home, encoders, Library.add, [document])))
        adding[-1] -= 1000 * (spent(encoders) - encoded)
        removing.append(milliseconds(partial(changed, home, encoders, Library.remove, document.id)))
    return statistics.median(adding), statistics.median(removing)


def kilobytes_in_a_process_of_its_own(home: Path) -> float:
    """Return what `kilobytes_of` does where no memory was used and is free again."""
    command = [sys.executable, str(SCRIPT), "--open", str(home)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603


def folding(folder: Path) -> float:
    """Return the milliseconds that writing the FAISS files anew takes for each passage that brings it on."""
    total = 0.0
    for path in folder.glob("*.faiss"):
        said = said_of(path)
        start = time.process_time()
        index = loaded(path, said)
        save(index, path, said.state)
        total += (time.process_time() - start) / most_changes(said)
        some = np.eye(1000, index.dimension, dtype=np.float32)
        start = time.process_time()
        index.add(range(1000), some)
        total += (time.process_time() - start) / 1000
    return 1000 * total
