"""What the fast encoder costs in quality: the same questions with the model as sentence-transformers runs it.

    python benchmarks/performance/quality.py QUESTIONS.jsonl… [--split dev]

Questions and passages are encoded anew by either, in homes of their own; all else is the same.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from rows import Row, keep

from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder, load_encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.evaluation.evaluate import Scope, evaluate
from sstc_chat.rag.evaluation.report import SetReport
from sstc_chat.rag.opening import begin
from sstc_chat.rag.settings import load_settings

GROUPS = ("all", "en", "fr", "es", "pt", "ar", "zh", "ru", "de")
MEANING = (
    "Figure: passages and questions encoded by the exports, in English with products in 8 bits. Floor: the "
    "encoders as their packages run them, in 32. Ratio: the difference in points of a hundred."
)
FIGURES = ("right", "hit@1", "hit@5", "false_refusal", "false_answer")


def main() -> None:
    """Evaluate with both, and print the figures side by side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--split", help="leave out the rows of other splits")
    options = parser.parse_args()
    scope = Scope(options.split, None, baseline=False)
    with tempfile.TemporaryDirectory() as folder:
        exported, plain = (Path(folder) / name for name in ("exported", "plain"))
        fast = evaluated(options.questions, exported, exported / "encoders", scope)
        slow = evaluated(options.questions, plain, None, scope)
    rows = [row for one, other in zip(fast, slow, strict=True) for row in compared(one, other)]
    names = ", ".join(one.name for one in fast)
    split = f" (the split `{options.split}`, where there is one)" if options.split else ""
    keep("quality", rows, [f"Sets: {names}{split}.", MEANING])


def evaluated(paths: list[Path], home: Path, exports: Path | None, scope: Scope) -> tuple[SetReport, ...]:
    """Return the figures with the encoders that were exported, or as they are."""
    settings = load_settings({"home": home}, environment={})
    encoders: dict[str, Encoder] = {
        role: load_encoder(choice, exports) for role, choice in settings.models().items()
    }
    with open_library(home) as library:
        begin(library)
        build_index(home, library, encoders, settings.index_settings(), lambda *_: None)
    engine = Engine(open_store(home, encoders, settings.index_settings()), encoders)
    return evaluate(paths, engine, home, scope, lambda *_: None).sets


def compared(fast: SetReport, slow: SetReport) -> list[Row]:
    """Return the figures of all questions of a set and of those in each language, in points of a hundred."""
    (ours,), (theirs,) = fast.systems.values(), slow.systems.values()
    rows = []
    for group, other in zip(ours, theirs, strict=True):
        for name in FIGURES:
            if group.name in GROUPS and name in group.figures:
                one, two = group.figures[name].value, other.figures[name].value
                what = f"{fast.name}, {group.name} (n {group.questions}): {name}"
                rows.append(Row(what, f"{one:.3f}", f"{two:.3f}", f"{100 * (one - two):+.1f}", "within .5"))
    return rows


if __name__ == "__main__":
    main()
