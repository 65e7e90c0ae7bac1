"""Check the machine and the settings: Python, SQLite, the home, who can reach what."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from importlib.metadata import version

from sstc_chat.corpus.errors import HomeError, SSTCChatError
from sstc_chat.corpus.temporary import temporary_folder
from sstc_chat.index.lexical import require_fts5
from sstc_chat.rag.doctor.diagnosis import Diagnosis
from sstc_chat.rag.settings import LOOPBACK, NAME, Settings

# In bytes: too little to change a library, and so little that it is worth a word.
LEAST_FREE, LITTLE_FREE = 200 << 20, 2 << 30


def check_machine(settings: Settings) -> Iterator[Diagnosis]:
    """Yield how the machine is, and whether the settings are meant as they are."""
    said = f"{version('sstc-chat')} with Python {platform.python_version()} on {platform.system()}"
    yield Diagnosis("program", "good", said)
    yield _sqlite()
    yield _home(settings)
    yield _temporary()
    yield _space(settings)
    yield _scans()
    yield from _secrets(settings)
    yield _reach(settings)
    yield _port(settings)


def _sqlite() -> Diagnosis:
    try:
        require_fts5()
    except SSTCChatError as error:
        return Diagnosis("SQLite", "wrong", str(error))
    return Diagnosis("SQLite", "good", f"{sqlite3.sqlite_version}, with FTS5")


def _home(settings: Settings) -> Diagnosis:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.home) as file:
            file.write(b"x")
    except OSError as error:
        remedy = "Give another one with --home or SSTC_CHAT_HOME, or the right to write there."
        return Diagnosis("home", "wrong", f"{settings.home} cannot be written ({error})", remedy)
    return Diagnosis("home", "good", str(settings.home))


def _temporary() -> Diagnosis:
    try:
        return Diagnosis("temporary files", "good", temporary_folder())
    except HomeError as error:
        return Diagnosis("temporary files", "wrong", str(error))


def _space(settings: Settings) -> Diagnosis:
    try:
        free = shutil.disk_usage(settings.home).free
    except OSError as error:
        return Diagnosis("disk", "wrong", str(error), "See what is said of the home.")
    said, remedy = f"{free / 1e9:.1f} GB are free", "Make room: a change of the library needs some."
    if free >= LITTLE_FREE:
        return Diagnosis("disk", "good", said)
    return Diagnosis("disk", "note" if free >= LEAST_FREE else "wrong", said, remedy)


def _scans() -> Diagnosis:
    if shutil.which("tesseract"):
        return Diagnosis("scans", "good", "Tesseract is there")
    remedy = "If scans shall be read, install Tesseract, on Debian: apt install tesseract-ocr"
    return Diagnosis(
        "scans", "note", "Tesseract is not there, so `index add --ocr` cannot read scans", remedy
    )


def _secrets(settings: Settings) -> Iterator[Diagnosis]:
    path = settings.home / NAME
    secrets = [one for one in (settings.llm_api_key, settings.milvus_token) if one]
    if os.name == "posix" and path.exists() and secrets:
        others = path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
        if others and any(one in path.read_text("utf-8") for one in secrets):
            yield Diagnosis(
                "secrets", "wrong", f"{path} holds a key and others can read it", f"Run: chmod 600 {path}"
            )


def _reach(settings: Settings) -> Diagnosis:
    if settings.host in LOOPBACK:
        return Diagnosis("reach", "good", f"`serve` listens on {settings.host}: only this machine can come")
    said = f"`serve` listens on {settings.host}: others can come, and what they send is not encrypted"
    changing = ", and whoever comes may change the library" if settings.documents == "edit" else ""
    return Diagnosis("reach", "note", said + changing, "Put a proxy with TLS before it: docs/OPERATIONS.md")


def _port(settings: Settings) -> Diagnosis:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        remedy = f"Nothing to do if that is `serve`. If not: --port, or end what listens at {settings.port}."
        return Diagnosis("port", "note", f"{settings.host} port {settings.port} is taken ({error})", remedy)
    return Diagnosis("port", "good", f"{settings.host} port {settings.port} is free")
