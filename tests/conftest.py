"""What the rooms' tests share: the shipped report, the real models, and an index built once."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from sstc_chat.corpus.errors import StoreError
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.corpus.types import Document, Reading, Spans
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.milvus.address import Address
from sstc_chat.index.milvus.server import Server
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.models import load_encoders
from sstc_chat.rag.settings import Settings, load_settings

# A busy machine is no failure: time is measured by benchmarks.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")
Says = Callable[[str, Spans], str]


def _says(source: str, spans: Spans) -> str:
    joined = "".join(source[start:end] for start, end in spans)
    unlinked = re.sub(r"\[((?:\\.|[^\]\\])*)\]\([^)\s]*\)", r"\1", joined)
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unlinked).split())


def _no_progress(_stage: str, _done: int, _total: int) -> None:
    pass


@pytest.fixture(scope="session", autouse=True)
def cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have models exported once, and not into the cache of whoever runs the tests."""
    kept = getattr(request.config, "cache", None)
    folder = kept.mkdir("models") if kept else tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        # Wherever settings are read without the environment, this is where caches are kept.
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.setenv("SSTC_CHAT_CACHE", str(folder / "sstc-chat"))
        yield folder / "sstc-chat"


@pytest.fixture(scope="session")
def says() -> Says:
    """Return what spans of a source say, by the rule as it is documented and not by our code."""
    return _says


@pytest.fixture(scope="session")
def no_progress() -> Progress:
    """Say nothing while an index is built."""
    return _no_progress


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep every test away from the home of whoever runs it."""
    monkeypatch.setenv("SSTC_CHAT_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def report() -> Document:
    return shipped_report()


@pytest.fixture(scope="session")
def reading(report: Document) -> Reading:
    return read(report)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    return load_settings({"home": home}, environment={})


@pytest.fixture(scope="session")
def encoders(settings: Settings, cache: Path) -> dict[str, Encoder]:
    assert settings.exports == cache
    return load_encoders(settings)


@pytest.fixture(scope="session")
def engine(settings: Settings, encoders: dict[str, Encoder], report: Document) -> Iterator[Engine]:
    with open_library(settings.home) as library:
        library.add([report])
        build_index(settings.home, library, encoders, settings.index_settings(), _no_progress)
    store = open_store(settings.home, encoders, settings.index_settings())
    yield Engine(store, encoders)
    store.close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """Return the address of a Milvus server: milvus-lite's, which speaks as Standalone and Distributed do."""
    folder: Path = tmp_path_factory.mktemp("milvus")
    port = _free_port()
    command = [sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, "--data-dir", str(folder / "data")], stdout=log, stderr=log)
        try:
            yield _answering(Address(f"http://127.0.0.1:{port}"), process)
        finally:
            process.terminate()
            process.wait(20)


def _answering(address: Address, process: subprocess.Popen[bytes]) -> Address:
    """Wait until a server answers."""
    while not _answers(address):
        assert process.poll() is None, "the server has ended"
        time.sleep(0.2)
    return address


def _answers(address: Address) -> bool:
    try:
        Server(address).close()
    except StoreError:
        return False
    return True


@pytest.fixture
def empty(milvus: Address) -> Iterator[Address]:
    """Return the address of a server that holds nothing."""
    yield milvus
    server = Server(milvus)
    server.stop_using()
    for generation in server.generations():
        server.drop(generation)
    server.close()
