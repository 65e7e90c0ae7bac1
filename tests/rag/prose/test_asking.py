"""The command line with a language model behind a real server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sstc_chat.rag.cli import run
from sstc_chat.rag.engine import Engine

from .conftest import Served

QUESTION = "What is REMPE?"
TRUE = "REMPE is a program of Cabo Verde"


@pytest.fixture(autouse=True)
def _set(engine: Engine, served: Served, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine.documents  # the home holds an index
    monkeypatch.setenv("SSTC_CHAT_HOME", str(home))
    monkeypatch.setenv("SSTC_CHAT_LLM_BASE_URL", served.url)
    monkeypatch.setenv("SSTC_CHAT_LLM_MODEL", "writer")
    monkeypatch.setenv("SSTC_CHAT_LLM_API_KEY", "secret-key")
    served.texts["writer"] = f"{TRUE} [1]. It cost 9 million dollars [1]."


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["ask", *arguments], lambda _: None)
    out, err = capsys.readouterr()
    return status, out, err


def test_one_setting_is_enough_and_each_sentence_has_its_verdict(
    capsys: pytest.CaptureFixture[str], served: Served
) -> None:
    status, out, _ = _ask(capsys, QUESTION, "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["sentences"] == [{"text": f"{TRUE}.", "citations": [1], "verdict": "supported"}]
    assert [one["text"] for one in answer["withheld"]] == ["It cost 9 million dollars."]
    assert answer["fingerprint"]["language_model"] == "writer"
    assert served.keys == ["Bearer secret-key"]


def test_a_terminal_shows_the_prose_the_quotes_and_what_was_withheld(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = _ask(capsys, QUESTION)
    assert out.startswith(f"{TRUE}. [1]\n")
    assert "Cabo Verde's REMPE program, which simplifies" in out
    assert "Sentences withheld, since the quotes do not bear them out: 1." in out
    assert "9 million" not in out


def test_quotes_do_without(capsys: pytest.CaptureFixture[str], served: Served) -> None:
    _, out, _ = _ask(capsys, QUESTION, "--quotes", "--json")
    assert {one["verdict"] for one in json.loads(out)["sentences"]} == {"quoted"}
    assert served.asked == []


def test_the_key_has_no_flag_and_is_never_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSTC_CHAT_LLM_MODEL", "no-key")
    status, out, err = _ask(capsys, QUESTION)
    assert status == 0
    assert "refused the key" in out
    assert "secret-key" not in out + err
    with pytest.raises(SystemExit):
        run(["--help"], lambda _: None)
    told = capsys.readouterr().out
    assert "--llm-base-url" in told
    assert "api-key" not in told


def test_an_address_that_is_none_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSTC_CHAT_LLM_BASE_URL", "localhost")
    status, _, err = _ask(capsys, QUESTION)
    assert status == 2
    assert "llm_base_url is 'localhost'" in err


def test_a_batch_goes_on_when_the_server_is_gone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSTC_CHAT_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    batch = tmp_path / "questions.jsonl"
    batch.write_text(f"{json.dumps({'id': 'a', 'question': QUESTION})}\n" * 3, "utf-8")
    status, out, _ = _ask(capsys, "--batch", str(batch))
    assert status == 0
    notes = [json.loads(line)["note"] for line in out.splitlines()]
    assert notes == ["unreachable", "paused", "paused"]
