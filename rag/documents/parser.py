"""How the `index` commands are called."""

from __future__ import annotations

import argparse

from sstc_chat.index.changing.lock import PATIENCE
from sstc_chat.rag.documents import commands
from sstc_chat.rag.documents.given import add_given


def add_commands(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `index` commands to the command line."""
    index = adder.add_parser("index", help="documents in and out, build and verify the index")
    actions = index.add_subparsers(title="actions", metavar="ACTION", required=True)
    add = actions.add_parser(
        "add",
        help="add files, or folders of them",
        description="Add files, or folders of them. A file that was added before is left alone; one that has "
        "changed takes the place of what it was. What is wrong with one does not stop the others.",
    )
    add.add_argument("path", nargs="+", metavar="PATH")
    add_given(add)
    add.set_defaults(run=commands.add_paths)
    remove = actions.add_parser("remove", help="take documents out; `index undo` brings them back")
    remove.add_argument("id", nargs="+", metavar="ID")
    remove.set_defaults(run=commands.remove_documents)
    undo = actions.add_parser(
        "undo",
        help="bring back what the last change took out or replaced",
        description="Bring back all that the last change took out or replaced. What changes before that one "
        "took out is not kept: add its file again, or restore a backup.",
    )
    undo.set_defaults(run=commands.undo_change)
    listing = actions.add_parser("list", help="list the documents: language, year, size, sentences")
    listing.add_argument("--json", action="store_true", help="print a JSON array")
    listing.set_defaults(run=commands.list_documents)
    build = actions.add_parser("build", help="build the index again from its documents")
    build.add_argument("--empty", action="store_true", help="start without the shipped report")
    build.set_defaults(run=commands.build_again)
    verify = actions.add_parser("verify", help="check every sum, vector, word and quote of the library")
    verify.set_defaults(run=commands.verify_documents)
    publish = actions.add_parser(
        "publish",
        help="bring Milvus to what the library holds, with --store milvus",
        description="Bring Milvus to what the library of the home holds: only what differs is sent. `add`, "
        "`remove`, `undo` and `build` do so by themselves where --store is milvus.",
    )
    publish.add_argument(
        "--replace", action="store_true", help="take the place of what another home published"
    )
    publish.set_defaults(run=commands.publish_documents)
    for one in (add, build):
        one.add_argument(
            "--workers",
            type=_whole,
            default=0,
            metavar="N",
            help="have N processes of sentence-transformers encode, on graphics processors where there are "
            "any: for tens of thousands of passages",
        )
    for one in (add, remove, undo, build, publish):
        one.add_argument(
            "--wait",
            type=float,
            default=PATIENCE,
            metavar="SECONDS",
            help=f"how long to wait while another process changes the library (default: {PATIENCE:g})",
        )


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 up")
    return int(text)
