"""The command line: what the parser takes is done in `commands`, and in rooms of their own."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from importlib.metadata import version

from sstc_chat.corpus.errors import QuestionError, SettingsError, SSTCChatError
from sstc_chat.rag import commands
from sstc_chat.rag.access import commands as access
from sstc_chat.rag.doctor import command as doctor
from sstc_chat.rag.documents import backup_commands
from sstc_chat.rag.documents import parser as documents
from sstc_chat.rag.evaluation import command as evaluation
from sstc_chat.rag.feedback import commands as feedback
from sstc_chat.rag.records import commands as records
from sstc_chat.rag.retention import commands as retention
from sstc_chat.rag.settings import Settings

DONE, FAILED, WRONG, INTERRUPTED = 0, 1, 2, 130
EPILOG = """\
examples:
  sstc-chat ask "How many countries take part?"
  sstc-chat ask "Quand a eu lieu l'atelier ?" --json
  sstc-chat ask --batch questions.jsonl > answers.jsonl
  sstc-chat index add reports/
  sstc-chat evaluate questions.jsonl
  sstc-chat rounds run questions.jsonl
  sstc-chat serve --port 8080

Every setting below can also stand in settings.toml in the home, or in an SSTC_CHAT_… variable.
"""
AddCommand = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]


def run(arguments: Sequence[str] | None, add_command: AddCommand) -> int:
    """Run one command and return its exit status: 0 done, 1 it failed, 2 it was wrong.

    Parameters
    ----------
    arguments
        Without the program's name; None means those of this process.
    add_command
        Adds a command of a higher floor, such as `serve`.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal may know fewer characters than a report; a file gets valid JSON either way.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = build_parser(add_command).parse_args(arguments)
    try:
        options.run(options)
    except (SettingsError, QuestionError) as error:
        return _fail(str(error), WRONG)
    except SSTCChatError as error:
        return _fail(str(error), FAILED)
    except KeyboardInterrupt:
        return _fail("Stopped.", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("SSTC_CHAT_DEBUG"):
            raise
        return _fail(
            f"This should not have happened: {type(error).__name__}: {error}. "
            "Set SSTC_CHAT_DEBUG=1 and run it again to see where.",
            FAILED,
        )
    return DONE


def build_parser(add_command: AddCommand) -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="sstc-chat",
        description="Answers from the reports, in quotes that are exact to the character.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version("sstc-chat"))
    _add_settings(parser)
    adder = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_questions(adder)
    documents.add_commands(adder)
    backup_commands.add_commands(adder)
    _add_evaluate(adder)
    records.add_commands(adder)
    feedback.add_commands(adder)
    doctor.add_commands(adder)
    retention.add_commands(adder)
    access.add_commands(adder)
    add_command(adder)
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("settings")
    group.add_argument("--home", metavar="DIR", help="where the index and the documents live")
    for one in fields(Settings):
        if one.name not in {"home", "host", "port", "processes"} and not one.metadata["secret"]:
            flag = f"--{one.name.replace('_', '-')}"
            text = f"{one.metadata['meaning']} (default: {one.default!r})"
            group.add_argument(flag, metavar="VALUE", help=text)


def _add_questions(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ask = adder.add_parser("ask", help="answer a question with quotes, or refuse")
    ask.add_argument("--quotes", action="store_true", help="answer in quotes, whatever model is set")
    search = adder.add_parser("search", help="find passages, without answering")
    search.add_argument("--top", type=_positive, default=5, metavar="K", help="how many passages")
    for parser, function in ((ask, commands.ask), (search, commands.search)):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("question", nargs="?", help="the question, in any of seven languages")
        what.add_argument("--batch", metavar="FILE", help="JSON lines of questions; - reads standard input")
        parser.add_argument("--json", action="store_true", help="print a JSON object")
        commands.add_limits(parser)
        parser.set_defaults(run=function)
    records.add_export(ask, "--export")


def _add_evaluate(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = adder.add_parser(
        "evaluate",
        help="score questions whose answers are known",
        description="Score answers, refusals, retrieval and every citation, beside a naive baseline.",
        epilog=evaluation.FILES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="+", metavar="FILE", help="JSON lines of questions")
    parser.add_argument("--split", metavar="NAME", help="leave out the rows of other splits")
    parser.add_argument("--limit", type=_positive, metavar="N", help="thin each file evenly to N questions")
    parser.add_argument("--no-baseline", action="store_true", help="leave the naive baseline out")
    parser.add_argument("--write", metavar="PAGE", help="write a page in Markdown, too")
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    parser.set_defaults(run=evaluation.evaluate_files)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(text)


def _fail(message: str, status: int) -> int:
    sys.stderr.write(f"sstc-chat: {message}\n")
    return status
