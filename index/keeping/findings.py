"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass

BUILD = "Mend it: sstc-chat index build"
RESTORE = "Bring back a backup: sstc-chat restore FILE"
# What SQLite says where it can make no file beside a database, as on a full disk.
NO_ROOM = "disk I/O error"
ROOM = "Make room on the disk, and look again"


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    Attributes
    ----------
    text
        What it is, and how it is; what is wrong is said with the command that mends it.
    wrong
        Whether something is wrong with it.
    """

    text: str
    wrong: bool = False


def damaged(what: str, how: str, remedy: str = BUILD) -> Finding:
    """Return what says that something is wrong."""
    return Finding(f"{what}: damaged; {how}. {remedy}", wrong=True)
