"""What `doctor` does: it checks everything, and says what to do."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict

from sstc_chat.corpus.errors import DoctorError
from sstc_chat.index.types import Progress
from sstc_chat.rag.commands import settings_of
from sstc_chat.rag.doctor.answers import check_answers, check_language_model
from sstc_chat.rag.doctor.diagnosis import Diagnosis
from sstc_chat.rag.doctor.machine import check_machine
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.terminal import as_json, write


def add_commands(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `doctor` to the command line."""
    parser = adder.add_parser(
        "doctor",
        help="check everything that answers depend on, and say what to do",
        description="Check the machine, the home, the settings, the models, every document of the library, "
        "what people made, and the language model if one is set. The status is 1 where something is wrong.",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array")
    parser.set_defaults(run=doctor)


def doctor(options: Namespace) -> None:
    """Check everything; what is wrong ends in an error."""
    progress, found = ProgressBar(), []
    try:
        for one in diagnoses(settings_of(options), progress):
            found.append(one)
            if not options.json:
                progress.close()
                write(_text(one))
    finally:
        progress.close()
    if options.json:
        write(as_json([asdict(one) for one in found]))
    wrong = [one.what for one in found if one.state == "wrong"]
    if wrong:
        raise DoctorError(
            f"Something is wrong with: {', '.join(dict.fromkeys(wrong))}. What to do is said above."
        )


def diagnoses(settings: Settings, progress: Progress) -> Iterator[Diagnosis]:
    """Yield all that there is to say."""
    yield from check_machine(settings)
    yield from check_answers(settings, progress)
    yield check_language_model(settings)


def _text(one: Diagnosis) -> str:
    remedy = f"\n{'':22}{one.remedy}" if one.remedy else ""
    return f"{one.state:6}{one.what:16}{one.said}{remedy}"
