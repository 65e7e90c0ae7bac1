"""Accounts, sessions and tokens: who comes in with what, and from when on they do not."""

from __future__ import annotations

import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.errors import AccessError, HomeError
from sstc_chat.rag.access import accounts, passwords, sessions, tokens
from sstc_chat.rag.access.roles import ROLES, Person, as_text, checked_roles
from sstc_chat.rag.access.storage import NAME

PASSWORD = "nine cups of black tea"  # noqa: S105
OTHER = "ten cups of green tea"


@pytest.fixture
def amina(tmp_path: Path) -> Path:
    """Return a home in which Amina is an evaluator."""
    accounts.add(tmp_path, "Amina Diallo", PASSWORD, ["evaluator"])
    return tmp_path


def everything_in(home: Path) -> str:
    with sqlite3.connect(home / NAME) as connection:
        return "\n".join(connection.iterdump())


def test_a_name_and_its_password_belong_together(amina: Path) -> None:
    person = accounts.with_password(amina, "Amina Diallo", PASSWORD)
    assert person is not None
    assert person == Person("Amina Diallo", frozenset({"reader", "evaluator"}))
    assert accounts.with_password(amina, "Amina Diallo", OTHER) is None
    assert accounts.with_password(amina, "Boris", PASSWORD) is None


@pytest.mark.parametrize("typed", ["amina diallo", " AMINA   DIALLO ", "Ａmina Diallo"])
def test_a_name_may_be_typed_in_any_case_and_width(amina: Path, typed: str) -> None:
    assert accounts.with_password(amina, typed, PASSWORD) is not None
    with pytest.raises(AccessError, match="already"):
        accounts.add(amina, typed, OTHER, [])


def test_a_name_that_is_not_there_is_checked_like_one_that_is(
    amina: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same work is done, on a hash with the same parameters: so the time tells nothing."""
    checked: list[str | None] = []
    fits = passwords.fits

    def seen(password: str, expected: str | None) -> bool:
        checked.append(expected)
        return fits(password, expected)

    monkeypatch.setattr(passwords, "fits", seen)
    accounts.with_password(amina, "Boris", PASSWORD)
    accounts.with_password(amina, "Amina Diallo", OTHER)
    assert checked[0] is None
    nobodys, hers = passwords._nobodys(), checked[1] or ""
    assert nobodys.rpartition("p=")[0] == hers.rpartition("p=")[0] != ""
    assert not passwords.fits("the password of nobody at all", None)


def test_no_secret_is_kept_and_nobody_else_may_read_the_file(amina: Path) -> None:
    session, token = sessions.begin(amina, "Amina Diallo", 1), tokens.add(amina, "A program", [])
    kept = everything_in(amina)
    assert "$argon2id$" in kept
    assert not [secret for secret in (PASSWORD, session, token) if secret in kept]
    assert stat.S_IMODE((amina / NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("password", ["", "fourteen chars", "x" * 513])
def test_a_password_has_a_length(tmp_path: Path, password: str) -> None:
    with pytest.raises(AccessError, match=f"has {len(password)} characters"):
        accounts.add(tmp_path, "Amina", password, [])
    assert not accounts.are_there(tmp_path)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\u202eb", "a\x00b"])
def test_a_name_is_seen(tmp_path: Path, name: str) -> None:
    with pytest.raises(AccessError, match="will not do"):
        accounts.add(tmp_path, name, PASSWORD, [])


def test_a_hash_with_weaker_parameters_is_made_anew(amina: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything_in(amina)
    monkeypatch.setattr(passwords, "is_outdated", lambda _: True)
    assert accounts.with_password(amina, "Amina Diallo", PASSWORD)
    monkeypatch.undo()
    assert everything_in(amina) != before
    assert accounts.with_password(amina, "Amina Diallo", PASSWORD)


def test_a_session_is_of_whom_it_was_begun_for_until_it_ends(amina: Path) -> None:
    token = sessions.begin(amina, "amina diallo", 1)
    person = sessions.person_of(amina, token)
    assert person == accounts.with_password(amina, "Amina Diallo", PASSWORD)
    assert sessions.person_of(amina, token + "x") is None
    sessions.end(amina, token)
    assert sessions.person_of(amina, token) is None


def test_a_session_is_over_after_its_hours(amina: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token, begun = sessions.begin(amina, "Amina Diallo", 2), time.time()
    monkeypatch.setattr(time, "time", lambda: begun + 2 * 3600 - 5)
    assert sessions.person_of(amina, token)
    monkeypatch.setattr(time, "time", lambda: begun + 2 * 3600 + 5)
    assert sessions.person_of(amina, token) is None
    sessions.begin(amina, "Amina Diallo", 2)
    assert everything_in(amina).count('INSERT INTO "sessions"') == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda home: accounts.remove(home, "Amina Diallo"),
        lambda home: accounts.set_password(home, "Amina Diallo", OTHER),
        lambda home: accounts.set_roles(home, "Amina Diallo", ["reader"]),
        lambda home: sessions.end_all(home, "Amina Diallo"),
    ],
    ids=["removed", "another password", "other roles", "ended"],
)
def test_whoever_is_changed_must_sign_in_again(amina: Path, change: Callable[[Path], object]) -> None:
    accounts.add(amina, "Boris", PASSWORD, [])
    hers, his = sessions.begin(amina, "Amina Diallo", 1), sessions.begin(amina, "Boris", 1)
    change(amina)
    assert sessions.person_of(amina, hers) is None
    assert sessions.person_of(amina, his)


def test_an_account_has_so_many_sessions(amina: Path) -> None:
    begun = [sessions.begin(amina, "Amina Diallo", hours) for hours in range(sessions.MOST + 3, 0, -1)]
    left = [sessions.person_of(amina, token) is not None for token in begun]
    assert left == [True] * sessions.MOST + [False] * 3


@pytest.mark.parametrize(
    "change",
    [
        lambda home: accounts.remove(home, "Boris"),
        lambda home: accounts.set_roles(home, "Boris", []),
        lambda home: accounts.set_password(home, "Boris", OTHER),
        lambda home: tokens.remove(home, "Boris"),
        lambda home: sessions.begin(home, "Boris", 1),
    ],
)
def test_who_is_not_there_is_named(amina: Path, change: Callable[[Path], object]) -> None:
    with pytest.raises(AccessError, match=r"There is no (account|token) 'Boris'"):
        change(amina)


def test_a_token_comes_in_until_it_is_removed(tmp_path: Path) -> None:
    token = tokens.add(tmp_path, "The intranet", ["administrator"])
    person = tokens.person_of(tmp_path, token)
    assert person == Person("The intranet", frozenset({"reader", "administrator"}))
    with pytest.raises(AccessError, match="already"):
        tokens.add(tmp_path, "The intranet", [])
    assert [one.name for one in tokens.everything(tmp_path)] == ["The intranet"]
    tokens.remove(tmp_path, "The intranet")
    assert tokens.person_of(tmp_path, token) is None


def test_nobody_is_there_before_the_first(tmp_path: Path) -> None:
    """And looking makes no file."""
    assert (accounts.everybody(tmp_path), tokens.everything(tmp_path)) == ([], [])
    assert sessions.person_of(tmp_path, "x") is None
    assert not accounts.are_there(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_damaged_accounts_let_nobody_in(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(HomeError, match="restore"):
        accounts.are_there(tmp_path)


def test_a_role_that_is_none_is_named() -> None:
    with pytest.raises(AccessError, match="'king' is no role"):
        checked_roles(["reader", "king"])


@given(st.sets(st.sampled_from(ROLES)))
def test_roles_are_stored_and_come_back(names: set[str]) -> None:
    roles = checked_roles(names)
    assert roles == names | {"reader"}
    assert checked_roles(as_text(roles).split()) == roles


@given(st.text())
def test_two_spellings_of_a_name_have_one_key_and_a_key_is_its_own(name: str) -> None:
    key = accounts.key_of(name)
    assert accounts.key_of(key) == key
    assert accounts.key_of(f" {name}  ") == key
