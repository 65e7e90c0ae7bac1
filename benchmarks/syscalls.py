"""The system calls of a process that change files, in their order, as strace notes them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sstc_chat.corpus.errors import SSTCChatError

# Calls that write and are not replayed: none of them may be made.
UNKNOWN = (
    *("writev", "pwritev", "pwritev2", "truncate", "fallocate", "copy_file_range", "sendfile"),
    *("link", "linkat", "symlink", "symlinkat"),
)
CALLS = (
    *("openat", "creat", "write", "pwrite64", "ftruncate", "lseek", "fsync", "fdatasync", "rename"),
    *("renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"),
)
CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
PATH = re.compile(r'(\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>|"((?:\\x[0-9a-f]{2})*)"')
# More than any write: strace would cut what is longer.
LONGEST = 1 << 26


def traced(command: Sequence[str], log: Path) -> list[Call]:
    """Run `command` and return its calls; what strace notes goes to `log`."""
    wanted = f"trace={','.join((*CALLS, *UNKNOWN))}"
    strace = ["strace", "-f", "-y", "-xx", "-s", str(LONGEST), "-e", wanted, "-o", str(log)]
    # Threads that write at once have no order.
    subprocess.run([*strace, *command], check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})  # noqa: S603 - our own script
    return list(calls_in(log))


def can_trace() -> bool:
    """Return whether strace is here and may be used: a sandbox may forbid it."""
    strace = shutil.which("strace")
    if not strace:
        return False
    return subprocess.run([strace, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603


@dataclass(frozen=True)
class Call:
    """A system call that changed files; `offset` and `size` count bytes."""

    name: str
    path: str
    other: str = ""
    data: bytes = b""
    offset: int = 0


def calls_in(log: Path) -> Iterator[Call]:
    """Yield the calls that strace noted, as far as they succeeded and change files."""
    offsets: dict[int, int] = {}
    for line in log.read_text("ascii").splitlines():
        said = CALL.match(line)
        if not said:
            if "unfinished" in line or "resumed" in line:
                raise SSTCChatError(f"Two threads wrote at once, which cannot be replayed: {line[:200]}")
            continue
        name, arguments, result = said[1], said[2], int(said[3])
        found = [
            (int(number) if number.isdecimal() else -1, decoded(path or text))
            for number, path, text in PATH.findall(arguments)
        ]
        if result < 0 or not found:
            continue
        if name in UNKNOWN:
            raise SSTCChatError(f"{name} is not replayed: {line[:200]}")
        yield from one_call(name, arguments, result, found, offsets)


def one_call(
    name: str, arguments: str, result: int, found: list[tuple[int, bytes]], offsets: dict[int, int]
) -> Iterator[Call]:
    """Yield the call, if it changes files; `offsets` are where open files are written next."""
    number, path = found[0][0], os.fsdecode(found[0][1])
    last = int(arguments.rpartition(", ")[2]) if name in {"pwrite64", "ftruncate"} else 0
    if name in {"openat", "creat"}:
        offsets[result] = 0
        flags = f"{arguments}|O_CREAT|O_TRUNC" if name == "creat" else arguments
        kinds = {"O_CREAT": "create", "O_TRUNC": "truncate"}
        yield from (Call(kind, beside(found)) for flag, kind in kinds.items() if flag in flags)
    elif name == "lseek":
        offsets[number] = result
    elif name == "write":
        yield Call("write", path, data=found[1][1][:result], offset=offsets.get(number, 0))
        offsets[number] = offsets.get(number, 0) + result
    elif name == "pwrite64":
        yield Call("write", path, data=found[1][1][:result], offset=last)
    elif name == "ftruncate":
        yield Call("truncate", path, offset=last)
    else:
        yield named(name, path, found)


def named(name: str, path: str, found: list[tuple[int, bytes]]) -> Call:
    """Return a call that syncs, or changes names."""
    if name in {"fsync", "fdatasync"}:
        return Call("sync", path)
    if name.startswith("rename"):
        (_, old), (_, new) = found[:2] if name == "rename" else found[1::2]
        return Call("rename", os.fsdecode(old), os.fsdecode(new))
    return Call("mkdir" if name.startswith("mkdir") else "remove", beside(found))


def beside(found: list[tuple[int, bytes]]) -> str:
    """Return the path of a call that names a folder and what is below it."""
    return str(PurePosixPath(*(os.fsdecode(path) for _, path in found[:2])))


def decoded(escaped: str) -> bytes:
    """Return the bytes that strace wrote in hexadecimal digits."""
    return bytes.fromhex(escaped.replace("\\x", ""))
