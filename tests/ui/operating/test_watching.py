"""The program as it serves: figures and logs of real questions, and a stop that lets answers end."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from sstc_chat.rag.engine import Engine

SERVE = [str(Path(sys.executable).parent / "sstc-chat")]
QUESTION = "What is Ejo Heza?"


@dataclass
class Serving:
    """A program that serves, where it does, and what it has logged so far."""

    process: subprocess.Popen[str]
    address: str
    figures: str
    log: list[dict[str, object]]

    def ask(self, question: str) -> str:
        told = {"name": "one-1", "question": question, "history": []}
        return httpx.post(f"{self.address}/en/ask", json=told, timeout=60).text

    def figure(self, line: str) -> float:
        page = httpx.get(self.figures, timeout=10).text
        found = re.search(rf"^{re.escape(line)} (\S+)$", page, re.MULTILINE)
        return float(found[1]) if found else 0.0


@pytest.fixture(scope="module")
def serving(engine: Engine, home: Path) -> Iterator[Serving]:
    assert engine.store.chunks
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        ports = one.getsockname()[1], other.getsockname()[1]
    options = ["--log-format", "json", "--log-level", "info", "--metrics-port", str(ports[1])]
    command = [*SERVE, "--home", str(home), *options, "serve", "--port", str(ports[0])]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert any(" is at http" in line for line in process.stderr)
        log: list[dict[str, object]] = []
        reading = threading.Thread(
            target=lambda: log.extend(json.loads(line) for line in process.stderr or ()), daemon=True
        )
        reading.start()
        yield Serving(process, f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}/metrics", log)
        process.kill()
        reading.join(10)


def test_a_question_is_counted_and_logged_but_not_what_it_says(serving: Serving) -> None:
    answered = 'sstc_chat_questions_total{language="en",outcome="answered"}'
    before = serving.figure(answered)
    assert "Ejo Heza" in serving.ask(QUESTION)
    assert serving.figure(answered) == before + 1
    assert serving.figure("sstc_chat_library_generation") >= 1
    assert serving.figure("sstc_chat_waiting") == 0
    deadline = time.monotonic() + 20
    while not any(line.get("outcome") == "answered" for line in serving.log) and time.monotonic() < deadline:
        time.sleep(0.05)
    (line,) = (line for line in serving.log if line.get("outcome") == "answered")
    assert line["language"] == "en"
    assert line["request"]
    assert "Ejo" not in json.dumps(serving.log)


def test_readers_do_not_reach_the_figures(serving: Serving) -> None:
    assert httpx.get(f"{serving.address}/metrics", timeout=30).status_code == 404
    assert httpx.get(f"{serving.address}/ready", timeout=30).text == "ready"


def test_a_stop_lets_an_answer_end(serving: Serving) -> None:
    answers: list[str] = []
    asking = [threading.Thread(target=lambda: answers.append(serving.ask(QUESTION))) for _ in range(3)]
    for one in asking:
        one.start()
    deadline = time.monotonic() + 20
    while not serving.figure("sstc_chat_waiting") and time.monotonic() < deadline:
        pass
    serving.process.send_signal(signal.SIGTERM)
    for one in asking:
        one.join(60)
    assert serving.process.wait(60) == 0
    assert answers
    assert all("Ejo Heza" in answer for answer in answers)
