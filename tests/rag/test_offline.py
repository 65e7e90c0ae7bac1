"""After set-up no network is used: a process in which any connection fails answers all the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from sstc_chat.rag.engine import Engine

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
