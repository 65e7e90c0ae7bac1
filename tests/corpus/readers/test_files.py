"""What a file holds is read as it stands, and an error names the file and the remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers import MOST_BYTES, document_from, read_file
from sstc_chat.corpus.types import Document


def read_bytes(folder: Path, name: str, content: bytes) -> list[Document]:
    path = folder / name
    path.write_bytes(content)
    return list(read_file(path))


@pytest.mark.parametrize(
    ("name", "content", "reason", "remedy"),
    [
        ("a.odt", b"PK", "not of a kind that can be read", ".docx, .htm, .html, .jsonl, .md, .pdf, .txt"),
        ("noending", b"text", "not of a kind that can be read", ".jsonl, .md, .pdf, .txt"),
        ("a.txt", b"caf\xe9 noir", "not UTF-8: byte 3 is 0xe9", "Save it as UTF-8"),
        ("a.txt", b"", "holds no text", "Give a document with text"),
        ("a.md", b" \r\n\t", "holds no text", "Give a document with text"),
        ("a.txt", b"a\x00b", "NUL", "Convert it first"),
        ("a.jsonl", b'{"text": "x"}\nnot', "line 2, is not JSON", "one object a line"),
        ("a.jsonl", b"[" * 100_000, "line 1, is not JSON", "one object a line"),
        ("a.jsonl", b'{"text": 1%s}' % (b"0" * 5000), "line 1, is not JSON", "one object"),
        ("a.jsonl", b'{"title": "x"}', 'line 1, is not an object with "text"', '"id", "title"'),
        ("a.jsonl", b'{"text": 5}', 'line 1, is not an object with "text"', '"id", "title"'),
        ("a.jsonl", b'\n["text"]', 'line 2, is not an object with "text"', '"id", "title"'),
        ("a.jsonl", b'{"text": " "}', "line 1, holds no text", "Give a document with text"),
        ("a.jsonl", b'{"text": "a\\u0000"}', "line 1, holds NUL", "Convert it first"),
        ("a.jsonl", b'{"text": "a \\ud800 b"}', "line 1,", ""),
        ("a.md", b"[](#)", "holds no text", "Give a document with text"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_an_unreadable_file_is_named_with_the_remedy(
    name: str, content: bytes, reason: str, remedy: str, tmp_path: Path
) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(tmp_path, name, content)
    assert str(tmp_path / name) in str(caught.value)
    assert reason in str(caught.value)
    assert remedy in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.txt cannot be read: No such file.*Check the"):
        list(read_file(tmp_path / "gone.txt"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(DocumentError, match=r"folder\.md cannot be read"):
        list(read_file(tmp_path / "folder.md"))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + (1 << 20))  # a hole: it takes no room
    with pytest.raises(DocumentError, match=r"large\.txt has 68,157,440 bytes; at most 67,108,864"):
        list(read_file(path))


@pytest.mark.parametrize("text", ["a\r\nb\r\n\r\n c\t\n", "  lead\n", "😀\u2028合", "a\rb"])
def test_text_is_kept_exactly_as_it_was_read(text: str, tmp_path: Path) -> None:
    [document] = read_bytes(tmp_path, "a.txt", text.encode())
    assert document.text == text


def test_the_rows_of_a_corpus_keep_their_ids_and_titles(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "one", "title": "First", "text": "A text.\r\nOf two lines."},
        {"id": 7, "title": " ", "text": "# Heading\n\nThe second text."},
        {"text": "A text with U+2028 \u2028 in it."},
    ]
    lines = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    documents = read_bytes(tmp_path, "a.JSONL", lines.encode())
    assert [one.text for one in documents] == [row["text"] for row in rows]
    assert [one.id for one in documents[:2]] == ["one", "7"]
    assert [one.title for one in documents[:2]] == ["First", "Heading"]


def test_the_id_zero_is_an_id(tmp_path: Path) -> None:
    [document] = read_bytes(tmp_path, "a.jsonl", b'{"id": 0, "text": "Nought."}')
    assert document.id == "0"


def test_without_an_id_it_is_the_same_for_the_same_text() -> None:
    one, same, other = (document_from(text, name="x") for text in ("Text.", "Text.", "Other."))
    assert one == same
    assert one.id != other.id


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n# [The Title](#)\n\nText.", "The Title"),
        (r"Costs \$5." + "\n\nMore.", "Costs $5."),
        ("word " * 100, ("word " * 40)[:200]),
    ],
    ids=["heading", "line", "long"],
)
def test_without_a_title_it_is_the_first_heading_or_line(text: str, title: str) -> None:
    assert document_from(text, name="x").title == title


def test_the_language_is_that_of_the_text() -> None:
    assert document_from("Combien de pays ont participé aux projets ?", name="x").language == "fr"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "marked.md").write_bytes(b"\xef\xbb\xbf# Tea\n\nNine cups.")
    (document,) = read_file(tmp_path / "marked.md")
    assert (document.title, document.text) == ("Tea", "# Tea\n\nNine cups.")
