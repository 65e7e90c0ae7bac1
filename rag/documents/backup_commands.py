"""What `backup` and `restore` do, and how they are called."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path

from sstc_chat.corpus.errors import HomeError
from sstc_chat.index.changing.lock import PATIENCE, only_writer
from sstc_chat.index.keeping.backup import back_up
from sstc_chat.index.keeping.restore import finish, lay_out
from sstc_chat.rag.commands import settings_of
from sstc_chat.rag.documents.listing import readable
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.terminal import say


def add_commands(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `backup` and `restore` to the command line."""
    backup = adder.add_parser(
        "backup",
        help="copy the library, what people made and the settings into one file",
        description="Copy all that the home holds into one file, while it is used by others.",
    )
    backup.add_argument("file", metavar="FILE", type=Path)
    backup.set_defaults(run=back_up_home)
    restore = adder.add_parser(
        "restore",
        help="bring a backup back, in place of what is there",
        description="Check a backup, and put it in place of what the home holds. What was made since is gone "
        "then: make a backup of it first.",
    )
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument(
        "--wait", type=float, default=PATIENCE, metavar="SECONDS", help="how long for another writer"
    )
    restore.set_defaults(run=restore_home)


def back_up_home(options: Namespace) -> None:
    """Copy all that the home holds into one file."""
    settings, progress = settings_of(options), ProgressBar()
    try:
        parts = back_up(settings.home, options.file, progress)
    finally:
        progress.close()
    size = readable(options.file.stat().st_size)
    say(f"Wrote {options.file} ({size}): {', '.join(parts)}.")


def restore_home(options: Namespace) -> None:
    """Put a backup in place of what the home holds."""
    home = settings_of(options).home
    try:
        with only_writer(home, options.wait):
            parts = lay_out(home, options.file)
            finish(home)
    except OSError as error:
        raise HomeError(f"The home {home} cannot be written ({error}). Make room there.") from error
    say(f"Restored {', '.join(parts)} to {home}. Check it with: sstc-chat index verify")
