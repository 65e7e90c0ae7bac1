"""Question files: three forms by their fields, errors that name the line, and fair thinning."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import EvaluationError
from sstc_chat.rag.evaluation.questions import narrowed, read_questions
from sstc_chat.rag.evaluation.rows import EXAMPLES, task_of

COMMON = '"question": "Who?", "lang": "en"'


def written(folder: Path, *lines: str) -> Path:
    path = folder / "some.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_the_form_is_told_by_the_fields(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        f'{{{COMMON}, "answerable": true, "evidence": ["one  two", ["three", "four"]], "kind": "easy"}}',
        "",
        f'{{{COMMON}, "answerable": true, "answers": ["a", "b"], "gold_doc_ids": ["d"], "history": ["I?"]}}',
        f'{{{COMMON}, "answerable": false, "answer_lines": [], "gold_doc_ids": ["d"], "split": "dev"}}',
        f'{{{COMMON}, "answerable": false, "id": 7}}',
    )
    read = read_questions(path)
    evidence, answers, lines, none = read.tasks
    assert (evidence.form, evidence.wanted, evidence.kind) == (
        "evidence",
        (("one two",), ("three", "four")),
        "easy",
    )
    assert (answers.form, answers.wanted, answers.gold) == ("answers", (("a", "b"),), ("d",))
    assert answers.history == ("I?",)
    assert (lines.form, lines.lines, lines.split) == ("lines", frozenset(), "dev")
    assert (none.form, none.wanted, none.gold) == ("evidence", (), ())
    assert [task.id for task in read.tasks] == ["1", "3", "4", "7"]
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("form", EXAMPLES)
def test_the_examples_in_errors_are_right_themselves(form: str) -> None:
    examples = {str(name): example for name, example in EXAMPLES.items()}
    assert task_of(examples[form], 1, "here").form == form


def test_a_set_is_called_after_its_file_or_its_folder(tmp_path: Path) -> None:
    row = json.dumps(EXAMPLES["evidence"])
    assert read_questions(written(tmp_path, row)).name == "some"
    (tmp_path / "german").mkdir()
    path = written(tmp_path / "german", row)
    assert read_questions(path.rename(path.with_name("questions.jsonl"))).name == "german"


@pytest.mark.parametrize(
    ("row", "named"),
    [
        pytest.param("{", "it is not JSON", id="not JSON"),
        pytest.param("[" * 100_000, "it is not JSON", id="deep nesting"),
        pytest.param("[1]", "it is not an object", id="a list"),
        pytest.param('{"lang": "en", "answerable": true}', "its question is None", id="no question"),
        pytest.param('{"question": " ", "lang": "en"}', "its question is ' '", id="an empty question"),
        pytest.param('{"question": "Who?", "answerable": true}', "its lang is None", id="no language"),
        pytest.param(f'{{{COMMON}, "answerable": 1}}', "its answerable is 1", id="a number for a truth"),
        pytest.param(f'{{{COMMON}, "answerable": true}}', "has no evidence", id="no right answer"),
        pytest.param(
            f'{{{COMMON}, "answerable": true, "evidence": "fifty"}}',
            "its evidence is 'fifty', not a list",
            id="no list",
        ),
        pytest.param(
            f'{{{COMMON}, "answerable": true, "evidence": [["a", 5]]}}',
            "its evidence holds ['a', 5]",
            id="a number among texts",
        ),
        pytest.param(
            f'{{{COMMON}, "answerable": true, "evidence": [[]]}}',
            "its evidence holds []",
            id="no alternative",
        ),
        pytest.param(
            f'{{{COMMON}, "answerable": true, "answers": ["a"]}}', "no gold_doc_ids", id="no document"
        ),
        pytest.param(
            f'{{{COMMON}, "answerable": true, "answer_lines": [-1], "gold_doc_ids": ["a"]}}',
            "its answer_lines are [-1]",
            id="a line before the first",
        ),
        pytest.param(
            f'{{{COMMON}, "answerable": true, "answer_lines": [1], "gold_doc_ids": ["a", "b"]}}',
            "need one document in gold_doc_ids, not 2",
            id="lines of two documents",
        ),
        pytest.param(
            f'{{{COMMON}, "answerable": true, "answers": ["a"], "evidence": ["a"]}}',
            "it has evidence and answers",
            id="two forms",
        ),
        pytest.param(
            f'{{{COMMON}, "answerable": false, "history": [1]}}', "its history holds [1]", id="history"
        ),
        pytest.param(f'{{{COMMON}, "answerable": false, "kind": 3}}', "its kind is 3", id="kind"),
    ],
)
def test_what_is_wrong_with_a_row_is_named_with_its_line(tmp_path: Path, row: str, named: str) -> None:
    path = written(tmp_path, json.dumps(EXAMPLES["evidence"]), row)
    with pytest.raises(EvaluationError) as caught:
        read_questions(path)
    assert str(caught.value).startswith(f"{path}, line 2: ")
    assert named in str(caught.value)
    assert "Give " in str(caught.value)


def test_the_example_is_of_the_form_that_was_meant() -> None:
    with pytest.raises(
        EvaluationError, match=r"answer_lines.*Give rows such as .*\"answer_lines\": \[3, 4\]"
    ):
        task_of({**EXAMPLES["lines"], "answer_lines": ["x"]}, 1, "here")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"nowhere\.jsonl cannot be read: .* Check the path"):
        read_questions(tmp_path / "nowhere.jsonl")
    with pytest.raises(EvaluationError, match="cannot be read"):
        read_questions(tmp_path)
    with pytest.raises(EvaluationError, match="holds no questions"):
        read_questions(written(tmp_path, "", " "))
    (tmp_path / "latin.jsonl").write_bytes(b'{"question": "caf\xe9"}')
    with pytest.raises(EvaluationError, match="is not UTF-8: byte 17 is 0xe9"):
        read_questions(tmp_path / "latin.jsonl")
    with (tmp_path / "large.jsonl").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(EvaluationError, match="67,108,865 bytes; at most 67,108,864"):
        read_questions(tmp_path / "large.jsonl")


def split_rows(folder: Path, *splits: str) -> Path:
    rows = [{**EXAMPLES["evidence"], "id": str(place)} for place in range(len(splits))]
    pairs = zip(rows, splits, strict=True)
    return written(folder, *(json.dumps({**row, "split": split}) for row, split in pairs))


def test_a_split_leaves_out_the_rows_of_others(tmp_path: Path) -> None:
    questions = read_questions(split_rows(tmp_path, "dev", "train", "", "dev"))
    assert [task.id for task in narrowed(questions, "dev", None).tasks] == ["0", "2", "3"]
    assert narrowed(questions, None, None) == questions


def test_a_split_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    questions = read_questions(split_rows(tmp_path, "dev", "train"))
    with pytest.raises(EvaluationError, match=r"has no split 'test'\. It has: dev, train"):
        narrowed(questions, "test", None)


def test_thinning_keeps_the_order_and_a_fair_share_of_each_language(tmp_path: Path) -> None:
    """Languages take turns in this file, so that every fifth row would be one language alone."""
    rows = [
        {**EXAMPLES["evidence"], "id": str(place), "lang": ("en", "de", "fr", "ar", "uk")[place % 5]}
        for place in range(100)
    ]
    questions = read_questions(written(tmp_path, *map(json.dumps, rows)))
    thinned = narrowed(questions, None, 20).tasks
    assert Counter(task.language for task in thinned) == dict.fromkeys(("en", "de", "fr", "ar", "uk"), 4)
    assert [int(task.id) for task in thinned] == sorted(int(task.id) for task in thinned)
    assert narrowed(questions, None, 20).tasks == thinned
    assert narrowed(questions, None, 1000).tasks == questions.tasks
    assert [len(narrowed(questions, None, limit).tasks) for limit in (1, 7, 99)] == [1, 7, 99]
