"""Files of records: limits, and errors that name the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.records.files import MOST_BYTES, read_records


def test_a_file_holds_one_record_or_a_conversation(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text('\ufeff{"a": "é"}', "utf-8")
    assert read_records(path) == [{"a": "é"}]
    path.write_text('[{"a": 1}, {"b": 2}]', "utf-8")
    assert read_records(path) == [{"a": 1}, {"b": 2}]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        pytest.param(b"{", "is not JSON", id="not JSON"),
        pytest.param(b"", "is not JSON", id="empty"),
        pytest.param(b"\xff", "is not JSON", id="not UTF-8"),
        pytest.param(b"[" * 100_000, "is not JSON", id="deep nesting"),
        pytest.param(b"9" * 100_000, "is not JSON", id="a long number"),
        pytest.param(b"[]", "holds 0 records", id="no record"),
        pytest.param(json.dumps([{}] * 1001).encode(), "holds 1,001 records", id="many records"),
        pytest.param(b" " * (MOST_BYTES + 1), "more than 16,777,216 bytes", id="a large file"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, named: str) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(content)
    with pytest.raises(RecordError) as caught:
        read_records(path)
    assert str(caught.value).startswith(f"{path} ")
    assert named in str(caught.value)


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_no_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError, match="cannot be read"):
        read_records(tmp_path / name)
