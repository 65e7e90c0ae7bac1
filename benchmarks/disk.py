"""A disk on which files are changed, and what is left on it when the power goes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from syscalls import Call

# What a disk writes whole or not at all, in bytes.
SECTOR = 512


@dataclass
class File:
    """A file: what of it is on the disk, and what was written since and may be."""

    synced: bytes = b""
    since: list[Call] = field(default_factory=list)

    def content(self, kept: random.Random | None, share: float) -> bytes:
        """Return what is on the disk after a power cut that each sector survives with the chance `share`."""
        content = bytearray(self.synced)
        for call in self.since:
            if call.name == "truncate":
                if survives(kept, share):
                    resize(content, call.offset)
                continue
            for start in range(0, len(call.data), SECTOR):
                if survives(kept, share):
                    part = call.data[start : start + SECTOR]
                    resize(content, max(len(content), call.offset + start + len(part)))
                    content[call.offset + start : call.offset + start + len(part)] = part
        return bytes(content)

    def sync(self) -> None:
        """Have all of it on the disk."""
        self.synced, self.since = self.content(None, 1), []


@dataclass(frozen=True)
class Named:
    """A change of the names in a folder: a file or folder comes under a name, or goes from it."""

    folder: str
    path: str
    file: File | None = None
    comes: bool = True
    old: str = ""


class Disk:
    """What is on a disk while files are changed."""

    def __init__(self, home: Path) -> None:
        self.home = str(home)
        self.now: dict[str, File | None] = {self.home: None}
        self.synced = dict(self.now)
        self.since: list[Named] = []

    def __contains__(self, call: Call) -> bool:
        return any(one == self.home or one.startswith(f"{self.home}/") for one in (call.path, call.other))

    def do(self, call: Call) -> None:
        """Change files as `call` does."""
        file = self.now.get(call.path)
        if call.name in {"create", "mkdir"}:
            if call.path not in self.now:
                self._name(Named(parent(call.path), call.path, File() if call.name == "create" else None))
        elif call.name == "rename":
            self._name(Named(parent(call.other), call.other, file, old=call.path))
        elif call.name == "remove":
            self._name(Named(parent(call.path), call.path, comes=False))
        elif call.name == "sync" and file is None:
            for one in [one for one in self.since if one.folder == call.path]:
                rename(self.synced, one)
                self.since.remove(one)
        elif file and call.name == "sync":
            file.sync()
        elif file:
            file.since.append(call)

    def lay_out(self, target: Path, kept: random.Random | None, share: float) -> None:
        """Write what is there after a power cut to the folder `target`."""
        names = dict(self.synced)
        for folder in dict.fromkeys(one.folder for one in self.since):
            changes = [one for one in self.since if one.folder == folder]
            surviving = kept.randint(0, len(changes)) if kept else round(share) * len(changes)
            for one in changes[:surviving]:
                rename(names, one)
        for path in sorted(names):
            place = target / PurePosixPath(path).relative_to(self.home)
            file = names[path]
            if file is None and place.parent.exists():
                place.mkdir(exist_ok=True)
            elif file and place.parent.exists():
                place.write_bytes(file.content(kept, share))

    def _name(self, change: Named) -> None:
        rename(self.now, change)
        self.since.append(change)


def rename(names: dict[str, File | None], change: Named) -> None:
    """Change `names`; what is below a folder goes with it."""
    if not change.comes:
        names.pop(change.path, None)
        return
    names[change.path] = change.file
    for path in [one for one in names if change.old and f"{one}/".startswith(f"{change.old}/")]:
        names[change.path + path.removeprefix(change.old)] = names.pop(path)


def parent(path: str) -> str:
    """Return the folder of a path."""
    return str(PurePosixPath(path).parent)


def resize(content: bytearray, size: int) -> None:
    """Cut `content`, or fill it up with zeros."""
    del content[size:]
    content.extend(bytes(size - len(content)))


def survives(kept: random.Random | None, share: float) -> bool:
    """Return whether something unsynced is there after a power cut; by chance, if there is any."""
    return (kept.random() if kept else 0.5) < share
