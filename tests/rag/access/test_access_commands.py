"""The commands on accounts and tokens: the password is asked for, and printed nowhere."""

from __future__ import annotations

import getpass
import io
import json
import sys
from pathlib import Path

import pytest

from sstc_chat.rag.access import accounts, tokens
from sstc_chat.ui.main import main

PASSWORD = "nine cups of black tea"  # noqa: S105


def run(home: Path, *arguments: str) -> int:
    return main(["--home", str(home), *arguments])


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is typed at a terminal, one password after the other."""
    answers: list[str] = []
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(getpass, "getpass", lambda _: answers.pop(0))
    return answers


def test_an_account_is_made_listed_changed_and_removed(
    tmp_path: Path, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    typed += [PASSWORD, PASSWORD, "another tea altogether", "another tea altogether"]
    assert run(tmp_path, "accounts", "add", "Amina Diallo", "--role", "evaluator") == 0
    assert run(tmp_path, "accounts", "list", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["roles"], row["issuer"]) == ("Amina Diallo", ["reader", "evaluator"], "")
    assert run(tmp_path, "accounts", "role", "Amina Diallo", "administrator", "evaluator") == 0
    assert run(tmp_path, "accounts", "password", "Amina Diallo") == 0
    assert accounts.with_password(tmp_path, "Amina Diallo", "another tea altogether")
    assert run(tmp_path, "accounts", "list") == 0
    assert "Amina Diallo  reader evaluator administrator  " in capsys.readouterr().out
    assert run(tmp_path, "accounts", "sign-out", "Amina Diallo") == 0
    assert run(tmp_path, "accounts", "remove", "Amina Diallo") == 0
    told = capsys.readouterr()
    assert "last account" in told.err
    assert PASSWORD not in told.out + told.err


def test_two_passwords_that_differ_change_nothing(
    tmp_path: Path, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    typed += [PASSWORD, "ten cups of black tea"]
    assert run(tmp_path, "accounts", "add", "Amina") == 1
    assert "differ" in capsys.readouterr().err
    assert not accounts.are_there(tmp_path)


def test_a_password_comes_from_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert run(tmp_path, "accounts", "add", "Amina") == 0
    assert accounts.with_password(tmp_path, "Amina", PASSWORD)


def test_there_is_no_account_without_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run(tmp_path, "accounts", "add", "Amina", "--role", "administrator") == 1
    assert "The password has 0 characters" in capsys.readouterr().err


def test_a_token_is_printed_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "tokens", "add", "The intranet", "--role", "evaluator") == 0
    token = capsys.readouterr().out.strip()
    assert tokens.person_of(tmp_path, token)
    assert run(tmp_path, "tokens", "list") == 0
    listed = capsys.readouterr().out
    assert listed.startswith("The intranet  reader evaluator  ")
    assert token not in listed
    assert run(tmp_path, "tokens", "remove", "The intranet") == 0
    assert tokens.person_of(tmp_path, token) is None
    assert run(tmp_path, "tokens", "remove", "The intranet") == 1
