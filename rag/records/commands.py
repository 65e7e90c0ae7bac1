"""What the commands on records do, and how they are called."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from sstc_chat.corpus.errors import RecordError
from sstc_chat.corpus.types import Document
from sstc_chat.rag.commands import export, opened
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.records.checking import Checked, Reports
from sstc_chat.rag.records.export.formats import FORMATS, format_of
from sstc_chat.rag.records.export.wording import WORDINGS
from sstc_chat.rag.records.files import read_records
from sstc_chat.rag.records.findings import findings_object, findings_text
from sstc_chat.rag.records.record import answer_of
from sstc_chat.rag.terminal import as_json, write
from sstc_chat.rag.types import Answer

# More characters than any document can have.
WHOLE = ((0, 1 << 30),)


def add_commands(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands on records to the command line."""
    check = adder.add_parser(
        "check",
        help="check a record against the reports as they stand",
        description="Check every citation of a record: is it the same, moved, changed or gone?",
        epilog="The exit status is 0 if every quote still stands word for word, the same or moved; else 1.",
    )
    check.add_argument("record", metavar="RECORD", help="a .json file that was exported")
    check.add_argument("--json", action="store_true", help="print a JSON object")
    check.set_defaults(run=check_records)
    exporting = adder.add_parser(
        "export",
        help="turn a record into Markdown or a Word document",
        description="Write the answers of a record as Markdown or Word, each quote with a footnote.",
    )
    exporting.add_argument("record", metavar="RECORD", help="a .json file that was exported")
    add_export(exporting, "file")
    exporting.set_defaults(run=export_records)


def add_export(parser: argparse.ArgumentParser, name: str) -> None:
    """Add where answers are written to, and in which language."""
    what = f"where to write the answers: a file in {', '.join(FORMATS)}"
    parser.add_argument(name, metavar="FILE", type=_exportable, help=what)
    parser.add_argument(
        "--export-language",
        choices=list(WORDINGS),
        help="of the words around the answers in FILE; that of the first question, if not given",
    )


def export_records(options: argparse.Namespace) -> None:
    """Write the records in a file to another, in another format."""
    records = [record for record in read_records(Path(options.record)) if answer_of(record)]
    export(records, options.file, options.export_language)


def check_records(options: argparse.Namespace) -> None:
    """Check the records in a file; a quote that no longer stands is a failure."""
    records = read_records(Path(options.record))
    answers = [answer_of(record) for record in records]
    with opened(options) as engine:
        reports = Reports(documents_of(engine, answers))
    checked = [reports.check(record) for record in records]
    write(as_json(findings_object(checked)) if options.json else findings_text(checked))
    _complain(checked)


def documents_of(engine: Engine, answers: Iterable[Answer]) -> list[Document]:
    """Return the documents in the index that may be cited by `answers`, with their source texts."""
    cited = (one for answer in answers for one in (*answer.citations, *answer.nearest))
    names = {name for one in cited for name in (one.document_id, one.document_title, one.document_sha256)}
    return [
        Document(one.id, one.title, engine.store.characters(one.id, WHOLE), one.language, one.metadata)
        for one in engine.sources()
        if not names.isdisjoint((one.id, one.title, one.sha256))
    ]


def _exportable(name: str) -> Path:
    path = Path(name)
    try:
        format_of(path.suffix)
    except RecordError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {str(path.parent)!r}")
    return path


def _complain(checked: list[Checked]) -> None:
    wrong = sum(not one.holds for one in checked)
    if wrong:
        raise RecordError(
            f"{wrong:,} of {len(checked):,} answers do not hold any more. Ask those questions again."
        )
