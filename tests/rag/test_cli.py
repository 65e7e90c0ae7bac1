"""The command line as others script against it, run as the program that is installed."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sstc_chat.corpus.types import Document
from sstc_chat.index.library import open_library
from sstc_chat.rag.engine import Engine
from sstc_chat.ui.main import main

Captured = pytest.CaptureFixture[str]
SHIPPED = "ilo-south-south-cooperation-2024"


@pytest.fixture
def own(engine: Engine, home: Path, tmp_path: Path) -> Path:
    """Return a copy of the built home, to be changed."""
    assert engine.store.chunks
    return Path(shutil.copytree(home, tmp_path / "own"))


def run(capsys: Captured, home: Path, *arguments: str) -> tuple[int, str, str]:
    status = main(["--home", str(home), *arguments])
    out, error = capsys.readouterr()
    return status, out, error


def test_ask_prints_the_answer_and_where_it_stands(capsys: Captured, own: Path) -> None:
    status, out, _ = run(capsys, own, "ask", "What is Ejo Heza?")
    assert status == 0
    assert "long-term savings scheme (Ejo Heza).” [1]" in out
    assert "characters 6990–7272" in out


def test_ask_json_is_one_object_and_nothing_else(capsys: Captured, own: Path) -> None:
    status, out, _ = run(capsys, own, "ask", "What is Ejo Heza?", "--json")
    assert status == 0
    assert json.loads(out)["citations"][0]["spans"] == [[6990, 7272]]


def test_batches_answer_line_by_line(capsys: Captured, own: Path, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    lines = [b'{"id": 1, "question": "What is Ejo Heza?"}', b"\xff\xfe", b'{"id": 3, "question": ""}']
    batch.write_bytes(b"\n".join([*lines, lines[0]]))
    status, out, _ = run(capsys, own, "ask", "--batch", str(batch))
    objects = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [one.get("id") for one in objects] == [1, None, 3, 1]
    assert ["error" in one for one in objects] == [False, True, True, False]
    status, out, _ = run(capsys, own, "search", "--batch", str(batch), "--top", "2")
    assert [len(json.loads(line).get("hits", [])) for line in out.splitlines()] == [2, 0, 0, 2]


def test_a_batch_may_come_through_a_pipe(
    capsys: Captured, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = io.BytesIO(b'\xff\n{"id": 9, "question": "What is Ejo Heza?"}\n')
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(piped, encoding="ascii"))
    _, out, _ = run(capsys, own, "ask", "--batch", "-")
    wrong, answer = (json.loads(line) for line in out.splitlines())
    assert "error" in wrong
    assert answer["id"] == 9


def test_search_json(capsys: Captured, own: Path) -> None:
    _, out, _ = run(capsys, own, "search", "Ejo Heza", "--top", "2", "--json")
    hits = json.loads(out)["hits"]
    assert len(hits) == 2
    assert "Ejo Heza" in hits[0]["text"]


def contents(home: Path) -> dict[str, bytes]:
    """Return what lies in a home, apart from what SQLite and the lock put beside it."""
    beside = (".lock", "-wal", "-shm")
    files = [path for path in home.rglob("*") if path.is_file() and not path.name.endswith(beside)]
    return {str(path): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("arguments", "status", "named"),
    [
        pytest.param(["ask", ""], 2, "question is empty", id="an empty question"),
        pytest.param(["ask", "a" * 10_000], 2, "10,000 characters", id="a long question"),
        pytest.param(["ask", "--batch", "/nowhere.jsonl"], 1, "/nowhere.jsonl", id="no batch"),
        pytest.param(["index", "add", "/nowhere.txt"], 1, "/nowhere.txt", id="no file"),
        pytest.param(["index", "add", "/nowhere.xyz"], 1, ".jsonl, .md, .pdf, .txt", id="unknown kind"),
        pytest.param(["index", "remove", SHIPPED, "nobody"], 1, "'nobody'", id="no document"),
        pytest.param(["index", "add", "a", "b", "--title", "T"], 1, "'T' cannot be", id="title"),
        pytest.param(["index", "undo"], 1, "Nothing was taken out", id="nothing to undo"),
        pytest.param(
            ["ask", "x", "--document", "nobody"],
            2,
            f"no document 'nobody' in the library. There are: {SHIPPED}.",
            id="no such document",
        ),
        pytest.param(
            ["search", "x", "--language", "xx"],
            2,
            "no language 'xx' in the library. There are: en.",
            id="no such language",
        ),
        pytest.param(
            ["ask", "x", "--year", "1999"],
            2,
            "no year '1999' in the library. There are: 2024.",
            id="no such year",
        ),
        pytest.param(["index", "build", "--empty"], 1, "holds 1 documents", id="not empty"),
        pytest.param(["--chunk-size", "many", "ask", "x"], 2, "'many'", id="no number"),
        pytest.param(["--chunk-size", "500", "ask", "x"], 1, "another chunk_size", id="stale"),
        pytest.param(["--english-model", "/nowhere", "ask", "x"], 1, "/nowhere", id="no model"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(
    capsys: Captured, own: Path, arguments: list[str], status: int, named: str
) -> None:
    before = contents(own)
    assert main(["--home", str(own), *arguments]) == status
    out, error = capsys.readouterr()
    message = error.splitlines()[-1]
    assert out == ""
    assert message.startswith("sstc-chat: ")
    assert named in message
    assert "Traceback" not in error
    assert contents(own) == before


@pytest.mark.parametrize("arguments", [[], ["frob"], ["ask"], ["search", "x", "--top", "0"]])
def test_a_wrong_command_shows_how_it_goes(capsys: Captured, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: sstc-chat" in capsys.readouterr().err


def test_documents_go_in_and_out(capsys: Captured, own: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "tea.md").write_text("# On tea\n\nThe teapot of Ruritania holds nine cups.\n")
    (tmp_path / "more" / "two.jsonl").write_text('{"id": "row", "title": "Row", "text": "A row of oars."}\n')
    assert run(capsys, own, "index", "add", str(tmp_path / "more"))[0] == 0
    _, out, _ = run(capsys, own, "index", "list", "--json")
    listed = json.loads(out)
    assert [one["title"] for one in listed][1:] == ["On tea", "Row"]
    _, out, _ = run(capsys, own, "ask", "How many cups does the teapot of Ruritania hold?", "--json")
    assert json.loads(out)["citations"][0]["quote"] == "The teapot of Ruritania holds nine cups."
    assert run(capsys, own, "index", "verify")[0] == 0
    assert run(capsys, own, "index", "remove", "row")[0] == 0
    _, out, _ = run(capsys, own, "index", "list")
    assert "row" not in [line.split()[0] for line in out.splitlines()]


def test_one_bad_file_does_not_stop_the_others(capsys: Captured, own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    (folder / "folder.txt").mkdir(parents=True)
    (folder / "good.txt").write_text("A good text.")
    (folder / "bad.txt").write_bytes(b"caf\xe9")
    status, _, error = run(capsys, own, "index", "add", str(folder))
    assert status == 1
    assert "bad.txt is not UTF-8: byte 3 is 0xe9" in error
    assert "folder.txt cannot be read" in error
    assert error.splitlines()[-1].startswith("sstc-chat: 2 of 3 files were not added")
    assert len(run(capsys, own, "index", "list")[1].splitlines()) == 2


def test_a_file_that_is_added_again_is_known_and_one_that_has_changed_is_replaced(
    capsys: Captured, own: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tea.txt"

    def listed() -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(run(capsys, own, "index", "list", "--json")[1])
        return found[1:]

    file.write_text("The teapot holds nine cups.")
    assert run(capsys, own, "index", "add", str(file))[0] == 0
    first = listed()
    assert "tea.txt: unchanged" in run(capsys, own, "index", "add", str(file))[2]
    assert listed() == first
    file.write_text("The teapot holds ten cups. It is blue.")
    assert " replaced" in run(capsys, own, "index", "add", str(file))[2]
    (second,) = listed()
    assert (second["id"], second["sentences"], second["size"]) == (first[0]["id"], 2, file.stat().st_size)
    # What it said first is another document, if another file says it.
    (tmp_path / "old.txt").write_text("The teapot holds nine cups.")
    assert " added" in run(capsys, own, "index", "add", str(tmp_path / "old.txt"))[2]
    assert [one["title"] for one in listed()] == [
        "The teapot holds ten cups. It is blue.",
        "The teapot holds nine cups.",
    ]
    assert run(capsys, own, "index", "undo")[0] == 0
    assert listed()[0]["title"] == "The teapot holds nine cups."
    assert run(capsys, own, "index", "verify")[0] == 0


def test_questions_can_be_limited_in_a_batch_too(capsys: Captured, own: Path, tmp_path: Path) -> None:
    corpus, batch = tmp_path / "two.jsonl", tmp_path / "batch.jsonl"
    corpus.write_text('{"id": "thé", "title": "Le thé", "text": "La théière contient neuf tasses."}\n')
    assert run(capsys, own, "index", "add", str(corpus))[0] == 0
    rows: list[dict[str, object]] = [
        {"question": "How many cups?", "documents": ["thé"]},
        {"question": "How many cups?", "languages": ["en"]},
        {"question": "How many cups?"},
        {"question": "How many cups?", "years": ["1999"]},
        {"question": "How many cups?", "years": 1999},
    ]
    batch.write_text("\n".join(map(json.dumps, rows)))
    _, out, _ = run(capsys, own, "search", "--batch", str(batch), "--top", "99", "--year", "2024")
    found = [json.loads(line) for line in out.splitlines()]
    documents = [{hit["document_id"] for hit in one.get("hits", [])} for one in found]
    assert documents == [{"thé"}, {SHIPPED}, {SHIPPED}, set(), set()]
    assert "no year '1999'" in found[3]["error"]
    assert "its years is not a list" in found[4]["error"]


def test_a_new_home_begins_with_the_shipped_report(capsys: Captured, tmp_path: Path) -> None:
    status, out, error = run(capsys, tmp_path / "new", "index", "list")
    assert status == 0
    assert "building it from the shipped report" in error
    assert out.startswith("ilo-south-south-cooperation-2024")


def test_a_library_may_begin_empty(capsys: Captured, tmp_path: Path) -> None:
    assert run(capsys, tmp_path / "new", "index", "build", "--empty")[0] == 0
    assert run(capsys, tmp_path / "new", "index", "list")[1] == ""
    _, out, _ = run(capsys, tmp_path / "new", "ask", "Anything?", "--json")
    assert json.loads(out)["refused"]


def test_a_home_that_cannot_be_written_is_named(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status, _, error = run(capsys, tmp_path / "file" / "home", "ask", "x")
    assert status == 1
    assert "file/home cannot be written" in error


def test_a_faiss_file_that_is_damaged_is_mended(capsys: Captured, own: Path) -> None:
    (file,) = own.glob("generation-*/english.faiss")
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    status, out, _ = run(capsys, own, "index", "verify")
    assert status == 0
    assert "english.faiss is damaged" in out
    assert "made again from the tables" in out
    assert file.read_bytes() == whole


def test_tables_that_are_damaged_are_named_and_built_again(capsys: Captured, own: Path) -> None:
    (file,) = own.glob("generation-*/library.sqlite")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE sentences SET text = 'No.' WHERE rowid % 7 = 0 AND content > 0")
    status, out, error = run(capsys, own, "index", "verify")
    assert status == 1
    assert f"{SHIPPED}: damaged" in out
    assert "sstc-chat index build" in out
    assert "things are damaged" in error
    assert run(capsys, own, "index", "build")[0] == 0
    assert run(capsys, own, "index", "verify")[0] == 0


def test_an_index_that_lacks_documents_is_found(capsys: Captured, own: Path) -> None:
    with open_library(own) as library:
        library.add([Document("other", "Other", "Another text.", "en")])
    status, out, _ = run(capsys, own, "index", "verify")
    assert status == 1
    assert "sstc-chat index build" in out
    assert "other" not in run(capsys, own, "index", "list")[1]
    assert run(capsys, own, "index", "build")[0] == 0
    assert run(capsys, own, "index", "verify")[0] == 0


def test_a_pdf_is_answered_from_with_its_page_and_what_was_said_of_it(capsys: Captured, own: Path) -> None:
    report = Path(__file__).parents[1] / "corpus" / "readers" / "files" / "report.pdf"
    given = ["--title", "As printed", "--date", "2025-01", "--publisher", "ILO", "--language", "en"]
    assert run(capsys, own, "index", "remove", SHIPPED)[0] == 0
    status, _, error = run(capsys, own, "index", "add", str(report), *given)
    assert status == 0, error
    (listed,) = json.loads(run(capsys, own, "index", "list", "--json")[1])
    assert (listed["title"], listed["metadata"]["year"]) == ("As printed", "2025")
    answer = json.loads(run(capsys, own, "ask", "What is Ejo Heza?", "--json")[1])
    (citation,) = answer["citations"]
    assert citation["quote"].endswith("long-term savings scheme (Ejo Heza).")
    assert (citation["page"], citation["section"], citation["document_title"]) == (
        3,
        ["Africa"],
        "As printed",
    )
    assert run(capsys, own, "index", "verify")[0] == 0


@pytest.mark.parametrize(
    ("flag", "value", "remedy"),
    [
        ("--date", "June", "Give it as 2024-06-01"),
        ("--date", "2024-13", "no date"),
        ("--language", "French", "en, fr or sw"),
    ],
)
def test_what_is_said_of_a_file_is_checked(
    flag: str, value: str, remedy: str, capsys: Captured, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--home", str(tmp_path), "index", "add", "a.pdf", flag, value])
    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert repr(value) in error
    assert remedy in error
