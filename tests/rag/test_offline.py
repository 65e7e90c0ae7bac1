"""After set-up no network is used: a process in which any connection fails answers all the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import load_settings

PROGRAM = """
import socket, sys

def refuse(*arguments, **options):
    raise AssertionError(f"the network was used: {arguments}")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from sstc_chat.ui.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_asking_uses_no_network(engine: Engine, home: Path, tmp_path: Path) -> None:
    assert engine.store.chunks
    own = shutil.copytree(home, tmp_path / "own")
    command = [sys.executable, "-c", PROGRAM, "--home", str(own), "ask", "Was ist Ejo Heza?", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["language"] == "de"


def test_building_uses_no_network(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, "--home", str(tmp_path / "new"), "index", "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "holds 1 documents" in done.stderr


def alone(home: Path, folder: Path) -> dict[str, str]:
    """Return the environment of somebody who has never run anything, but for models that are made ready."""
    made = str(load_settings({"home": home}).exports)
    own = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder), "SSTC_CHAT_CACHE": made}
    return {**{name: value for name, value in os.environ.items() if name != "CI"}, **own}


def test_nothing_is_noted_that_a_library_would_tell_its_maker(home: Path, tmp_path: Path) -> None:
    """As onnxruntime does, which keeps what it has to tell in the folder for caches."""
    folder, own = tmp_path / "somebody", shutil.copytree(home, tmp_path / "own")
    folder.mkdir()
    command = [sys.executable, "-c", PROGRAM, "--home", str(own), "ask", "What is Ejo Heza?"]
    done = subprocess.run(command, env=alone(home, folder), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [str(path) for path in folder.rglob("*")] == []


def test_no_part_of_it_opens_a_connection(home: Path, tmp_path: Path) -> None:
    """What is not written in Python does not go through Python's sockets: the system is asked."""
    strace, log = shutil.which("strace"), tmp_path / "log"
    if not strace or subprocess.run([strace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("there is no strace that may be used, which tells of connections")
    own = shutil.copytree(home, tmp_path / "own")
    traced = [strace, "-f", "-e", "trace=connect,sendto,sendmsg", "-o", str(log), sys.executable]
    command = [*traced, "-c", PROGRAM, "--home", str(own), "ask", "What is Ejo Heza?"]
    done = subprocess.run(command, env=alone(home, tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [line for line in log.read_text().splitlines() if "AF_INET" in line] == []
