"""What the commands `feedback` and `questions` do, and how they are called."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.commands import settings_of
from sstc_chat.rag.feedback import gold, keeping
from sstc_chat.rag.feedback.opinions import Feedback
from sstc_chat.rag.output import Json
from sstc_chat.rag.records.files import write_whole
from sstc_chat.rag.terminal import as_json, say, write

WHAT_BECOMES = """\
A question of a good answer must find its quotes again, one of a good refusal must be refused again. Where
an answer should have been given, one of the nearest passages must be quoted; where a wrong one was given,
nothing must be. --evidence says otherwise: a text that must stand in the quotes.
"""


def add_commands(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands on feedback to the command line."""
    feedback = adder.add_parser("feedback", help="what people thought of answers")
    actions = feedback.add_subparsers(title="actions", metavar="ACTION", required=True)
    _listing(actions, list_feedback, "list what was sent, the latest first")
    removing = _action(actions, "remove", remove_feedback, "remove what was sent")
    removing.add_argument("number", type=int, metavar="NUMBER")

    questions = adder.add_parser("questions", help="questions with known answers, made of feedback")
    actions = questions.add_subparsers(title="actions", metavar="ACTION", required=True)
    adding = _action(actions, "add", add_question, "make one of feedback")
    adding.description, adding.epilog = "Make a question with a known answer.", WHAT_BECOMES
    adding.add_argument("number", type=int, metavar="NUMBER", help="of the feedback")
    known = adding.add_mutually_exclusive_group()
    known.add_argument("--evidence", action="append", metavar="TEXT", help="stands in the right answer")
    known.add_argument("--refuse", action="store_true", help="nothing answers it")
    _listing(actions, list_questions, "list them")
    exporting = _action(actions, "export", export_questions, "write them to a file that `evaluate` reads")
    exporting.add_argument("file", type=Path, metavar="FILE")
    _action(actions, "remove", remove_question, "remove one").add_argument("id", metavar="ID")


def list_feedback(options: argparse.Namespace) -> None:
    """Print every opinion that was sent."""
    sent = keeping.all_feedback(settings_of(options).home)
    write(as_json([feedback_object(one) for one in sent]) if options.json else _lines(sent))


def remove_feedback(options: argparse.Namespace) -> None:
    """Remove an opinion that was sent."""
    if not keeping.remove(settings_of(options).home, options.number):
        raise RecordError(f"There is no feedback {options.number}. See: sstc-chat feedback list")
    say(f"Removed feedback {options.number}.")


def add_question(options: argparse.Namespace) -> None:
    """Make a question with a known answer out of feedback, and print its row."""
    evidence = [] if options.refuse else options.evidence
    write(as_json(gold.keep_question(settings_of(options).home, options.number, evidence)))


def list_questions(options: argparse.Namespace) -> None:
    """Print the questions that were kept."""
    rows = gold.gold_questions(settings_of(options).home)
    if options.json:
        write(as_json(rows))
    for row in [] if options.json else rows:
        right = "answered" if row["answerable"] else "refused"
        write(f"{row['id']}  {row['lang']}  {right}  {_on_a_line(row['question'])}")


def export_questions(options: argparse.Namespace) -> None:
    """Write the questions that were kept to a file that `evaluate` reads."""
    rows = gold.gold_questions(settings_of(options).home)
    if not rows:
        raise RecordError("There are no questions yet. Make one: sstc-chat questions add NUMBER")
    write_whole(options.file, "".join(f"{as_json(row)}\n" for row in rows).encode())
    say(f"Wrote {len(rows)} questions to {options.file}.")


def remove_question(options: argparse.Namespace) -> None:
    """Remove a question that was kept."""
    gold.remove_question(settings_of(options).home, options.id)
    say(f"Removed {options.id}.")


def feedback_object(feedback: Feedback) -> Json:
    """Return feedback as a JSON object."""
    opinion = feedback.opinion
    return {
        "number": feedback.number,
        "sent": feedback.sent,
        "good": opinion.good,
        "reason": opinion.reason,
        "comment": opinion.comment,
        "history": list(opinion.history),
        "record": opinion.record,
    }


def _lines(sent: list[Feedback]) -> str:
    return "\n".join(
        f"{one.number}  {one.sent}  {'good' if one.opinion.good else one.opinion.reason or 'bad'}  "
        f"{_on_a_line(one.answer.question.text)}  {_on_a_line(one.opinion.comment)}".rstrip()
        for one in sent
    )


def _on_a_line(text: str) -> str:
    """Return `text` without what would steer a terminal."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _listing(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    function: Callable[[argparse.Namespace], None],
    what: str,
) -> None:
    _action(actions, "list", function, what).add_argument(
        "--json", action="store_true", help="print a JSON array"
    )


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    function: Callable[[argparse.Namespace], None],
    what: str,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=what)
    parser.set_defaults(run=function)
    return parser
