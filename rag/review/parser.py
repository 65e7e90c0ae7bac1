"""The `rounds` commands as the parser takes them, and what their help says."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from sstc_chat.rag.review import command

HELP = """\
A round asks the questions of a file and keeps the answers. Then one person or two judge every citation on
the page (sstc-chat serve, Evaluator's desk), the second blind to the first.

examples:
  sstc-chat rounds run docs/example-questions.jsonl
  sstc-chat rounds run questions.jsonl --split dev --limit 40 --raters 1
  sstc-chat rounds list
  sstc-chat rounds show 1
  sstc-chat rounds compare 1 2
  sstc-chat rounds export 1 --csv --write round-1.csv
  sstc-chat rounds print 1 --language fr --write round-1.html

The lines of a file are those of `sstc-chat evaluate --help`. What the raters said is in none of this before
all have handed in.
"""
Action = Callable[[argparse.Namespace], None]


def add_rounds(
    adder: argparse._SubParsersAction[argparse.ArgumentParser], page: command.Page, languages: Sequence[str]
) -> None:
    """Add the commands; `page` makes the page of a round in one of `languages`."""
    parser = adder.add_parser(
        "rounds",
        help="ask a set of questions, have people judge every citation, compare two rounds",
        description="Rounds of review: questions asked together, whose citations people judge.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = _action(actions, "list", "list the rounds", command.listing)
    listing.add_argument("--json", action="store_true", help="print a JSON array")
    _add_run(actions)
    for name, text, action in (
        ("continue", "ask the questions of a stopped round that are left", command.go_on),
        ("show", "print the figures, and how far two raters agree", command.show),
        ("close", "wait for no more raters than have handed in", command.close),
    ):
        _action(actions, name, text, action).add_argument("round", type=int, metavar="ROUND")
    _add_export(actions)
    _add_print(actions, page, languages)
    _add_compare(actions)


def _add_run(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _action(
        actions, "run", "ask the questions of a file; prints the number of the round", command.run
    )
    parser.add_argument("file", metavar="FILE", help="JSON lines of questions")
    parser.add_argument("--split", metavar="NAME", help="leave out the rows of other splits")
    parser.add_argument("--limit", type=int, metavar="N", help="thin the file evenly to N questions")
    parser.add_argument("--quotes", action="store_true", help="answer in quotes, whatever model is set")
    parser.add_argument(
        "--raters", type=int, default=2, metavar="N", help="how many people judge: 1 or 2 (2)"
    )


def _add_export(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _action(
        actions, "export", "print all of a round as JSON, or its citations as CSV", command.export
    )
    parser.add_argument("round", type=int, metavar="ROUND")
    parser.add_argument("--csv", action="store_true", help="a table of the citations, for a spreadsheet")
    parser.add_argument("--write", metavar="FILE", help="write it there")


def _add_print(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], page: command.Page, languages: Sequence[str]
) -> None:
    text = "print a round as one page of HTML, to be printed on paper and signed"
    parser = _action(actions, "print", text, command.printing(page))
    parser.add_argument("round", type=int, metavar="ROUND")
    parser.add_argument("--language", choices=languages, default=languages[0], help="of the page")
    parser.add_argument("--write", metavar="FILE", help="write it there")


def _add_compare(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _action(actions, "compare", "print what changed from one round to another", command.compared)
    parser.add_argument("before", type=int, metavar="BEFORE")
    parser.add_argument("after", type=int, metavar="AFTER")
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, action: Action
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    parser.set_defaults(run=action)
    return parser
