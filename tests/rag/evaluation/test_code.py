from __future__ import annotations

import hashlib
from pathlib import Path

from sstc_chat.rag.evaluation.code import code_sum

ROOT = Path(__file__).parents[3]


def test_the_sum_is_over_the_paths_and_contents_of_the_code() -> None:
    """Text files of the report are no code; what they hold is summed as a document."""
    files = sorted(path for path in (ROOT / "index").rglob("*") if path.suffix in {".py", ".sql", ".json"})
    whole = b"".join(
        f"index/{path.relative_to(ROOT / 'index').as_posix()}\0".encode() + path.read_bytes() + b"\0"
        for path in files
    )
    assert len(files) > 10
    assert code_sum("index") == hashlib.sha256(whole).hexdigest()


def test_each_room_changes_the_sum() -> None:
    sums = {code_sum(), code_sum("corpus"), code_sum("index"), code_sum("corpus", "index")}
    assert len(sums) == 4
