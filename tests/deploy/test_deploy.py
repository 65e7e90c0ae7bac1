"""What `deploy/` holds is right by the tools that know, and does what it says where that can be tried."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from sstc_chat.index.milvus.address import Address
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.settings import load_settings
from sstc_chat.ui.operating.metrics import Metrics
from sstc_chat.ui.operating.watching import Watch
from sstc_chat.ui.page.working import Workers

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent
# A read-only machine without a network, but for one folder: what a container has.
SEALED = """
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
cp -r "$SSTC_CHAT_HOME" /mnt/data
mkdir /mnt/tmp
mount --bind / /
mount -o remount,bind,ro /
ip link set lo up 2>/dev/null || true
export SSTC_CHAT_HOME=/mnt/data HOME=/mnt/tmp TMPDIR=/mnt/tmp
exec "$@"
"""
ASK = """
import json, subprocess, sys, time, urllib.error, urllib.request
server = subprocess.Popen([sys.argv[1], "serve", "--port", "7861"], stderr=subprocess.PIPE, text=True)
for line in server.stderr:
    print(line, end="", file=sys.stderr)
    if "is at http" in line:
        break
try:
    with urllib.request.urlopen("http://127.0.0.1:7861/ready", timeout=60) as page:
        print(page.status)
finally:
    server.terminate()
    print(server.wait(60))
"""


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed.")
    return found


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, command)], env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return loaded


def environment(**chosen: str) -> dict[str, str]:
    """Return the variables of the chat as Compose makes them, for whoever has set `chosen`."""
    made = {}
    for name, value in compose()["services"]["chat"]["environment"].items():
        if value is not None:
            made[name] = re.sub(r"\$\{(\w+):-(\w*)\}", lambda one: chosen.get(one[1], one[2]), str(value))
        elif name in chosen:
            made[name] = chosen[name]
    return made


def container() -> list[list[str]]:
    """Return the instructions of the container file, each as its words."""
    text = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text("utf-8"))
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def test_the_container_file_has_no_fault_that_hadolint_knows() -> None:
    done = run(BIN / "hadolint", "--failure-threshold", "info", DEPLOY / "Containerfile")
    assert (done.returncode, done.stdout) == (0, "")


def test_what_the_container_copies_is_there_and_is_all_that_a_wheel_needs(tmp_path: Path) -> None:
    copied = [one[1:-1] for one in container() if one[0] == "COPY" and not one[1].startswith("--")]
    for name in (name for names in copied for name in names):
        source = ROOT / name
        assert source.exists(), name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path)
    offline = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    done = run(sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", tmp_path / "out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert [*(tmp_path / "out").glob("sstc_chat-*.whl")]


def test_the_container_is_nobody_in_particular() -> None:
    stages = container()
    last = max(place for place, one in enumerate(stages) if one[0] == "FROM")
    (user,) = (one[1] for one in stages[last:] if one[0] == "USER")
    assert user.split(":")[0].isdecimal()
    assert int(user.split(":")[0]) > 0


def test_what_is_made_of_models_once_is_in_the_image() -> None:
    stages = container()
    last = max(place for place, one in enumerate(stages) if one[0] == "FROM")
    made, used = (
        [pair for one in stage if one[0] == "ENV" for pair in one if pair.startswith("SSTC_CHAT_CACHE=")]
        for stage in (stages[:last], stages[last:])
    )
    assert made == used
    folder = Path(used[0].partition("=")[2])
    copied = [Path(one[-1]) for one in stages[last:] if one[0] == "COPY"]
    kept = [Path(one[1]) for one in stages[last:] if one[0] == "VOLUME"]
    assert any(folder.is_relative_to(one) for one in copied)
    assert not any(folder.is_relative_to(one) for one in kept)


def test_the_settings_in_the_files_are_settings(tmp_path: Path) -> None:
    unit = (DEPLOY / "sstc-chat.service").read_text("utf-8")
    image = dict(pair.split("=", 1) for one in container() if one[0] == "ENV" for pair in one[1:])
    given = dict(re.findall(r"^Environment=(SSTC_CHAT_\w+)=(.*)$", unit, re.MULTILINE)) | environment()
    given |= {name: value for name, value in image.items() if name.startswith("SSTC_CHAT_")}
    known = {f"SSTC_CHAT_{name.upper()}" for name in vars(load_settings({"home": tmp_path}, {}))}
    assert given.keys() | compose()["services"]["chat"]["environment"].keys() <= known
    load_settings({"home": tmp_path}, given)


def test_what_is_set_on_the_volume_holds_where_nothing_else_is_said(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('llm_base_url = "http://model/v1"\nllm_model = "written"\n')
    chosen = environment(SSTC_CHAT_LLM_MODEL="chosen", PROCESSES="4")
    settings = load_settings({"home": tmp_path}, chosen)
    assert (settings.llm_base_url, settings.llm_model) == ("http://model/v1", "chosen")
    assert settings.processes == 4


def test_whatever_network_the_engine_takes_the_proxy_is_believed(tmp_path: Path) -> None:
    """The networks that Docker and Podman take from, by their documentation."""
    trusted = load_settings({"home": tmp_path}, environment()).trusted_proxies
    networks = [ip_network(one) for one in trusted.split(",")]
    for taken in ("172.17.0.0/16", "172.31.0.0/16", "192.168.240.0/20", "10.89.0.0/24"):
        assert any(ip_network(taken).subnet_of(one) for one in networks), taken  # type: ignore[arg-type]


def test_the_services_can_do_no_more_than_they_must() -> None:
    for name, service in compose()["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    assert compose()["services"]["chat"]["read_only"] is True
    assert compose()["services"]["proxy"]["read_only"] is True
    assert "ports" not in compose()["services"]["chat"]  # only the proxy can be reached


def test_milvus_is_there_when_it_is_asked_for_and_for_the_chat_alone(tmp_path: Path) -> None:
    services, networks = compose()["services"], compose()["networks"]
    milvus, chat = services["milvus"], services["chat"]
    assert milvus["profiles"] == ["milvus"]
    assert chat["depends_on"]["milvus"] == {"condition": "service_healthy", "required": False}
    (shared,) = milvus["networks"]
    assert networks[shared] == {"internal": True}
    assert {name for name, one in services.items() if shared in one.get("networks", [])} == {"milvus", "chat"}
    assert "ports" not in milvus
    for one in milvus["configs"]:
        assert yaml.safe_load(compose()["configs"][one["source"]]["content"])
    volume, _, _ = milvus["volumes"][0].partition(":")
    assert volume in compose()["volumes"]
    address = load_settings({"home": tmp_path}, environment(SSTC_CHAT_STORE="milvus")).milvus()
    assert address is not None
    assert address.uri == "http://milvus:19530"
    assert load_settings({"home": tmp_path}, environment()).milvus() is None


def test_what_is_published_as_documented_answers(
    engine: Engine, home: Path, empty: Address, tmp_path: Path
) -> None:
    """The commands that the container is given, with Milvus' small sister in its place."""
    assert engine.store.chunks
    shutil.copytree(home, tmp_path / "home")
    text = (ROOT / "docs" / "OPERATIONS.md").read_text("utf-8")
    (command,) = re.findall(r"^docker compose run --rm chat (.+)$", text, re.MULTILINE)
    places = {"SSTC_CHAT_HOME": str(tmp_path / "home"), "SSTC_CHAT_MILVUS_URI": empty.uri}
    variables = {**environment(SSTC_CHAT_STORE="milvus"), **places}
    published = run(BIN / "sstc-chat", *command.split(), **variables)
    assert published.returncode == 0, published.stderr
    answered = run(BIN / "sstc-chat", "ask", "What is Ejo Heza?", **variables)
    assert "long-term savings scheme (Ejo Heza)" in answered.stdout, answered.stderr


def test_the_proxy_is_set_up_right() -> None:
    done = run(
        *(needs("caddy"), "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"),
        DOMAIN="localhost",
    )
    assert done.returncode == 0, done.stderr


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    analyze = needs("systemd-analyze")
    unit = (DEPLOY / "sstc-chat.service").read_text("utf-8")
    (tmp_path / "sstc-chat.service").write_text(
        unit.replace("/opt/sstc-chat/.venv/bin/sstc-chat", str(BIN / "sstc-chat"))
    )
    done = run(analyze, "verify", tmp_path / "sstc-chat.service")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_board_shows_figures_that_there_are() -> None:
    board = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))
    shown = {
        name
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"sstc_chat_\w+", target["expr"])
    }
    watch = Watch(Metrics())
    watch.place(Path(), Workers(1))
    assert watch.metrics
    families = list(watch.metrics.registry.collect())
    suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
    there = {family.name + suffix for family in families for suffix in suffixes[family.type]}
    assert shown <= there
    written = (ROOT / "docs" / "OPERATIONS.md").read_text("utf-8")
    assert {family.name for family in families} <= set(
        re.findall(r"sstc_chat_[a-z_]+?(?=_total`|`)", written)
    ) | {"sstc_chat_library_state"}


def test_the_board_shows_one_server_or_all_of_them() -> None:
    """Several servers tell figures of their own; what is summed is of those that are chosen."""
    board = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))
    (server,) = [one for one in board["templating"]["list"] if one["name"] == "server"]
    assert (server["query"], server["includeAll"]) == ("label_values(sstc_chat_waiting, instance)", True)
    targets = [target for panel in board["panels"] for target in panel["targets"]]
    for target in targets:
        figures = re.findall(r"sstc_chat_\w+(\{[^}]*\})?", target["expr"])
        assert figures
        assert all('instance=~"$server"' in chosen for chosen in figures), target["expr"]
        assert "sum " in target["expr"] or "{{instance}}" in target["legendFormat"], target["expr"]


@pytest.fixture
def sealed(engine: Engine, home: Path) -> list[str]:
    """Return what a command begins with that shall run on a read-only machine without a network."""
    assert engine.store.chunks
    begun = ["env", f"SSTC_CHAT_HOME={home}", needs("unshare"), "--mount", "--net", "sh", "-c", SEALED, "sh"]
    if run(*begun, "true").returncode:
        pytest.skip("A machine within this one cannot be made here.")
    return begun


def test_it_serves_on_a_read_only_machine_without_a_network(sealed: list[str]) -> None:
    done = run(*sealed, sys.executable, "-c", ASK, BIN / "sstc-chat")
    assert done.stdout.split() == ["200", "0"], done.stderr


def test_a_library_is_built_anew_where_what_is_made_of_models_is_only_read(sealed: list[str]) -> None:
    done = run(*sealed, BIN / "sstc-chat", "index", "build")
    assert done.returncode == 0, done.stderr
    assert "Preparing" not in done.stderr
