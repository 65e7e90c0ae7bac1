"""`make audit`, with the real pip-audit, and advisories that tell something, nothing, or are out of reach."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "audit.py"
WEAKNESS = {
    "id": "GHSA-aaaa-bbbb-cccc",
    "summary": "It lets anybody in.",
    "modified": "2026-01-01T00:00:00Z",
    "published": "2026-01-01T00:00:00Z",
    "aliases": ["CVE-2026-00001"],
    "affected": [
        {
            "package": {"name": "gradio", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}],
        }
    ],
}


class Advisories(BaseHTTPRequestHandler):
    """Answers as OSV does; `weak` is the package of which something is known."""

    weak = ""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = {"vulns": [WEAKNESS]} if asked["package"]["name"] == self.weak else {}
        body = json.dumps(known).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(params=["", "gradio"])
def service(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """Return the address of a service, and the package of which it knows something."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Advisories,), {"weak": request.param}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/query", request.param
    server.shutdown()
    server.server_close()


def audit(url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), "--vulnerability-service", "osv", "--osv-url", url]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_weakness_that_is_known_fails_the_checks(service: tuple[str, str]) -> None:
    url, weak = service
    done = audit(url)
    assert done.returncode == (1 if weak else 0), done.stdout + done.stderr
    assert ("gradio 6" in done.stdout and "GHSA-aaaa-bbbb-cccc" in done.stdout) == bool(weak)
    assert ("mended in 999" in done.stdout) == bool(weak)
    assert f"and {1 if weak else 0} weaknesses are known." in done.stdout


def test_a_service_out_of_reach_is_told_and_is_no_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    done = audit(f"http://127.0.0.1:{port}/v1/query")
    assert done.returncode == 0
    assert "could not be reached, so nothing was checked" in done.stdout


def test_a_fault_here_is_none_of_the_service(tmp_path: Path) -> None:
    """Where pip-audit itself cannot run, nothing was asked."""
    (tmp_path / "pip_audit.py").write_text("raise ImportError('it is not installed')")
    command = [sys.executable, str(SCRIPT)]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "ImportError: it is not installed\n")


def loaded() -> ModuleType:
    specification = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


SKIPPED = {"name": "one", "skip_reason": "not found"}
WELL: dict[str, Any] = {"name": "two", "version": "1", "vulns": []}


@pytest.mark.parametrize(
    ("packages", "said"),
    [
        ([SKIPPED, SKIPPED], "Nothing was checked."),
        ([SKIPPED, WELL], "Of 2 packages 1 were checked, and 0 weaknesses are known."),
    ],
)
def test_a_package_that_was_not_looked_up_is_not_called_well(
    packages: list[dict[str, Any]], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An index without advisories answers so, and pip-audit calls that no known weakness."""
    assert loaded().told(packages) == 0
    assert said in capsys.readouterr().out


def test_each_advisory_that_is_passed_over_has_a_reason() -> None:
    assert all(reason.strip() for reason in loaded().EXPLAINED.values())
