"""What goes wrong is told in every language, and what only the library can say stands there as it came."""

from __future__ import annotations

import ast
import errno
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus import errors
from sstc_chat.corpus.errors import HomeError, IndexDamagedError, ReviewError, SSTCChatError, reason_of
from sstc_chat.rag.records.storage import Tables, open_storage
from sstc_chat.rag.review.names import checked_name
from sstc_chat.ui.languages.words import LANGUAGES, words_in
from sstc_chat.ui.page.failures import BY_CLASS, BY_REASON, failure_html, failure_line

if TYPE_CHECKING:
    from tests.ui.conftest import Make

ROOT = Path(__file__).parents[3]
# Those of commands, of signing in, and what is told of a question beside its box.
ELSEWHERE = {
    errors.AccessError,
    errors.DoctorError,
    errors.LimitsError,
    errors.QuestionError,
    errors.SettingsError,
}
HOSTILE = "<script>alert(1)</script>"


def kinds() -> set[type[Exception]]:
    named = [one for one in vars(errors).values() if isinstance(one, type)]
    return {one for one in named if issubclass(one, SSTCChatError) and one is not SSTCChatError}


def reasons() -> set[str]:
    """Return every reason that an error of ours is raised with, as it stands in the source."""
    found: set[str] = set()
    for room in ("corpus", "index", "rag", "ui"):
        for path in (ROOT / room).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "").endswith("Error"):
                    given = [word.value for word in call.keywords if word.arg == "reason"]
                    found |= {str(one.value) for one in given if isinstance(one, ast.Constant)}
    return found


def test_every_error_and_every_reason_has_a_line() -> None:
    assert set(BY_CLASS) == kinds() - ELSEWHERE
    assert set(BY_REASON) == reasons() | set(errors.SAID.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_the_language_of_the_page_and_its_detail_as_it_came(language: str, make: Make) -> None:
    words = words_in(language)
    tree = make.tree(failure_html(IndexDamagedError(f"The file {HOSTILE} is damaged."), words))
    line, detail = tree.all("./span")
    assert line.text == words("errors.damaged")
    assert detail.text == f"The file {HOSTILE} is damaged."
    assert (detail.attributes["lang"], detail.attributes["dir"]) == ("en", "ltr")


def test_what_is_not_ours_is_not_shown(make: Make) -> None:
    words = words_in("fr")
    assert make.tree(failure_html(ZeroDivisionError("secret"), words)).text == words("errors.other")


def test_a_reason_goes_before_the_class() -> None:
    words = words_in("en")
    with pytest.raises(ReviewError) as caught:
        checked_name(" ")
    assert failure_line(caught.value, words) == words("errors.name")
    assert failure_line(ReviewError("There is no round 9."), words) == words("errors.review")


def fill(home: Path) -> None:
    """Write more than there is room for."""
    with open_storage(home, Tables("test", ("CREATE TABLE kept (text)",))) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        connection.execute("INSERT INTO kept VALUES (?)", ("x" * 400_000,))


def test_a_disk_that_is_full_is_told_from_another_who_writes(tmp_path: Path) -> None:
    assert reason_of(OSError(errno.ENOSPC, "No space left on device")) == "full"
    assert reason_of(OSError(errno.EACCES, "Permission denied")) == ""
    with pytest.raises(HomeError) as full:
        fill(tmp_path)
    assert full.value.reason == "full"
    one, other = (sqlite3.connect(tmp_path / "any", timeout=0, isolation_level=None) for _ in range(2))
    one.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as busy:
        other.execute("BEGIN IMMEDIATE")
    assert reason_of(busy.value) == "busy"
    one.close()
    other.close()
