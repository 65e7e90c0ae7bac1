"""What the `rounds` commands do."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.commands import opened, settings_of
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.pages import aligned
from sstc_chat.rag.evaluation.questions import read_questions
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.prose.writing import Writer, open_writer
from sstc_chat.rag.review.comparing import compare_rounds
from sstc_chat.rag.review.comparison_pages import comparison_object, comparison_tables, summary
from sstc_chat.rag.review.dossier import Dossier, dossier_of
from sstc_chat.rag.review.export import as_csv, as_object, round_object
from sstc_chat.rag.review.judging import open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import Plan, ask_round, begin_round
from sstc_chat.rag.review.tables import round_tables, rounds_table
from sstc_chat.rag.terminal import as_json, say, write

# Makes the page of a round, in a language of the interface.
Page = Callable[[Dossier, str], str]
# A spreadsheet takes a file for UTF-8 if it begins with this.
MARK = "\ufeff"


def listing(options: Namespace) -> None:
    """Print the rounds."""
    rounds = _rounds(options).all()
    write(as_json([round_object(one) for one in rounds]) if options.json else aligned(rounds_table(rounds)))


def run(options: Namespace) -> None:
    """Begin a round and ask all of its questions."""
    path = Path(options.file)
    asked = read_questions(path)
    plan = Plan(options.split, options.limit, options.raters)
    rounds = _rounds(options)
    with opened(options) as engine:
        writer = None if options.quotes else open_writer(settings_of(options), engine.encoders)
        number = begin_round(rounds, engine, asked, path.read_bytes(), plan, writer)
        say(f"This is round {number}. If it is stopped, go on with: sstc-chat rounds continue {number}")
        _ask(rounds, engine, number, writer)
    write(str(number))


def go_on(options: Namespace) -> None:
    """Ask the questions of a round that are left."""
    rounds = _rounds(options)
    with opened(options) as engine:
        written = "language_model" in rounds.get(options.round).origin.fingerprint
        writer = open_writer(settings_of(options), engine.encoders) if written else None
        _ask(rounds, engine, options.round, writer)


def show(options: Namespace) -> None:
    """Print the figures of a round, and what people said of it when it is disclosed."""
    write("\n\n".join(map(aligned, round_tables(dossier_of(_rounds(options), options.round)))))


def export(options: Namespace) -> None:
    """Write a round as JSON or CSV."""
    dossier = dossier_of(_rounds(options), options.round)
    text = MARK + as_csv(dossier) if options.csv else as_json(as_object(dossier))
    _put(options.write, text)


def printing(page: Page) -> Callable[[Namespace], None]:
    """Return what writes the page of a round."""

    def print_round(options: Namespace) -> None:
        _put(options.write, page(dossier_of(_rounds(options), options.round), options.language))

    return print_round


def close(options: Namespace) -> None:
    """Wait for no more raters."""
    open_judging(_rounds(options), options.round).close()


def compared(options: Namespace) -> None:
    """Print what changed from one round to another."""
    comparison = compare_rounds(_rounds(options), options.before, options.after)
    if options.json:
        write(as_json(comparison_object(comparison)))
        return
    write("\n\n".join([*map(aligned, comparison_tables(comparison)), summary(comparison)]))


def _rounds(options: Namespace) -> Rounds:
    return Rounds(settings_of(options).home)


def _ask(rounds: Rounds, engine: Engine, number: int, writer: Writer | None) -> None:
    progress = ProgressBar()
    size = len(rounds.get(number).questions.tasks)
    with closing(progress):
        for place in ask_round(rounds, engine, number, writer):
            progress("Asking", place, size)


def _put(name: str | None, text: str) -> None:
    """Print a text, or write it to a file as it stands."""
    if name is None:
        write(text)
        return
    try:
        Path(name).write_text(text, "utf-8", newline="")
    except OSError as error:
        raise ReviewError(f"{name} cannot be written: {error.strerror}. Check the path.") from error
    say(f"Wrote {name}.")
