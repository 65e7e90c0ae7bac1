"""What `evaluate` does, and what its help says of the files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sstc_chat.corpus.errors import EvaluationError
from sstc_chat.rag.commands import opened, settings_of
from sstc_chat.rag.evaluation.evaluate import Scope, evaluate
from sstc_chat.rag.evaluation.pages import as_markdown, as_object, as_text
from sstc_chat.rag.evaluation.report import Report
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.terminal import as_json, say, write

FILES = """\
A FILE holds one question a line, in one of three forms:
  {"question": "…", "lang": "en", "answerable": true, "evidence": ["…", ["…", "or …"]]}
      right when each piece of evidence stands in the quotes; an inner list holds alternatives
  {"question": "…", "lang": "en", "answerable": true, "answers": ["…"], "gold_doc_ids": ["…"]}
      right when a quote from that document holds an answer
  {"question": "…", "lang": "en", "answerable": true, "answer_lines": [3], "gold_doc_ids": ["…"]}
      lines of that document from 0; it is given, and the lines that are quoted are compared
Each may have "id", "history", "kind" and "split". Where nothing answers, "answerable" is false.
Documents that the library lacks are read from a corpus.jsonl beside FILE; their index is kept in the home.

examples:
  sstc-chat evaluate docs/example-questions.jsonl
  sstc-chat evaluate questions.jsonl --split dev --limit 100 --no-baseline
  sstc-chat evaluate questions.jsonl --json > figures.json
"""


def evaluate_files(options: Namespace) -> None:
    """Evaluate and print what came out; a citation that is not what its source says is a failure."""
    page = _page(options.write)
    scope = Scope(options.split, options.limit, not options.no_baseline)
    progress = ProgressBar()
    with opened(options) as engine:
        try:
            paths = [Path(name) for name in options.file]
            report = evaluate(paths, engine, settings_of(options).home, scope, progress)
        finally:
            progress.close()
    publish(report, page, json=options.json)


def publish(report: Report, page: Path | None, *, json: bool) -> None:
    """Print a report, and write its page where there is to be one.

    Raises
    ------
    EvaluationError
        If the page cannot be written; after all that, if a citation is not what its source says.
    """
    write(as_json(as_object(report)) if json else as_text(report))
    if page:
        _write(page, report)
    if report.citations.wrong:
        raise EvaluationError(
            f"{report.citations.wrong:,} of {report.citations.checked:,} citations are not what their source "
            "says. Run: sstc-chat index verify"
        )


def _page(name: str | None) -> Path | None:
    """Return the page that will be written; a long run should not end in a folder that is not there."""
    if name is None:
        return None
    path = Path(name)
    if path.is_dir() or not path.parent.is_dir():
        raise EvaluationError(f"{name} cannot be written. Give --write a file in a folder that is there.")
    return path


def _write(page: Path, report: Report) -> None:
    try:
        page.write_text(as_markdown(report), encoding="utf-8", newline="\n")
    except OSError as error:
        raise EvaluationError(f"{page} cannot be written: {error.strerror}. Check the path.") from error
    say(f"Wrote {page}.")
