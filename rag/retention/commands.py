"""What `erase` does, and how feedback is removed when its time is over."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.rag.commands import settings_of
from sstc_chat.rag.retention.erasing import erase_person, remove_old_feedback
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.terminal import say

# How often a server looks for what is too old, in seconds.
HOUR = 3600.0


def add_commands(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `erase` to the command line."""
    parser = adder.add_parser(
        "erase",
        help="erase what is kept of a person",
        description="Remove the account of a person, and put a pseudonym in place of the name under the "
        "verdicts they gave; the verdicts stay. Feedback has no name: `feedback remove` removes it by its "
        "number. Backups and files that were exported are yours to look after.",
    )
    parser.add_argument("name", metavar="NAME")
    parser.set_defaults(run=erase)


def erase(options: argparse.Namespace) -> None:
    """Erase what is kept of a person, and say what that was."""
    erased = erase_person(settings_of(options).home, options.name)
    if erased.account:
        say("The account is removed.")
    if erased.verdicts:
        say(f"{erased.verdicts:,} entries of rounds stand under {erased.pseudonym} now.")
    say("Backups that were made before still hold the name.")


@contextmanager
def removing_old_feedback(settings: Settings) -> Iterator[None]:
    """Remove feedback that is older than `feedback_days`, now and every hour, while this lasts."""
    if not settings.feedback_days:
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_remove_again_and_again, args=(settings, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _remove_again_and_again(settings: Settings, over: threading.Event) -> None:
    while True:
        try:
            removed = remove_old_feedback(settings.home, settings.feedback_days)
        except SSTCChatError as error:
            say(f"Feedback that is too old could not be removed: {error}")
        else:
            if removed:
                say(f"Removed {removed:,} opinions that were older than {settings.feedback_days} days.")
        if over.wait(HOUR):
            return
