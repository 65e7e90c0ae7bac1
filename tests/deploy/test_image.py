"""The image of `deploy/Containerfile`, run as it says, where an engine has it: Docker, or Podman."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

FILE = Path(__file__).parents[2] / "deploy" / "Containerfile"
BUILD, RUN = re.findall(r"^#   docker (.+)$", FILE.read_text("utf-8"), re.MULTILINE)
READY = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:7860/ready').status)"
INSIDE = "id -u; find / -xdev -type f -perm /6000; find /opt -name '*cuda*.so*'; ls -A /tmp; touch /mine"


def said(*command: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def docker() -> str:
    for program in filter(None, map(shutil.which, ("docker", "podman"))):
        if said(program, "image", "inspect", "sstc-chat").returncode == 0:
            return program
    pytest.skip(f"No engine here has the image. Build it: docker {BUILD}")


@pytest.fixture
def volume(docker: str) -> Iterator[str]:
    name = f"sstc-chat-{uuid4()}"
    yield name
    said(docker, "rm", "--force", name)
    said(docker, "volume", "rm", name)


def as_documented(docker: str, volume: str, *options: str) -> list[str]:
    """Return the command of the container file, with a volume of the test's own and no network."""
    words = RUN.replace("sstc-chat:/data", f"{volume}:/data").split()
    published = words.index("--publish")
    return [docker, "run", "--network", "none", *options, *words[1:published], *words[published + 2 :]]


def until_ready(docker: str, name: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if said(docker, "exec", name, "python", "-c", READY).stdout == "200\n":
            return
        time.sleep(0.5)
    pytest.fail(said(docker, "logs", name).stderr)


def test_it_answers_at_once(docker: str, volume: str) -> None:
    done = said(*as_documented(docker, volume, "--rm"), "ask", "What is Ejo Heza?")
    assert "long-term savings scheme (Ejo Heza)" in done.stdout, done.stderr
    assert "Preparing" not in done.stderr


def test_nobody_in_it_can_become_somebody(docker: str, volume: str) -> None:
    done = said(*as_documented(docker, volume, "--rm", "--entrypoint", "sh"), "-c", INSIDE)
    assert done.stdout.split() == ["10001"]
    assert "Read-only file system" in done.stderr


def test_what_people_made_is_there_in_the_next_container(docker: str, volume: str) -> None:
    command = as_documented(docker, volume, "--detach", "--name", volume)
    assert said(*command).returncode == 0
    until_ready(docker, volume)
    adding = ["exec", "--interactive", volume, "sstc-chat", "accounts", "add", "Amina Diallo"]
    added = said(docker, *adding, given="correct horse battery staple\n")
    assert added.returncode == 0, added.stderr
    assert said(docker, "stop", "--time", "40", volume).returncode == 0
    assert said(docker, "inspect", "--format", "{{.State.ExitCode}}", volume).stdout == "0\n"
    assert said(docker, "rm", volume).returncode == 0
    assert said(*command).returncode == 0
    until_ready(docker, volume)
    assert "Amina Diallo" in said(docker, "exec", volume, "sstc-chat", "accounts", "list").stdout
