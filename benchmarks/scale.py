"""What a library of a million passages costs beside one of ten thousand, and beside a search through all.

    python benchmarks/scale.py [--passages 1000000] [--small 10000] [--corpus FILE …] [--keep FOLDER]

Real texts are read and encoded once: the shipped report, and the documents of each FILE (JSON lines as
`index add` takes them; their questions are asked where `questions.jsonl` lies beside). Then they are repeated
as other documents, their passages with vectors of their own: two real ones mixed, with noise that varies as
real vectors do. The rows are written as `index add` writes them; sentences are not repeated, for no search
reads them. Both sizes are measured in one run, times as processor time of one thread, encoding apart.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from library import Timed, kilobytes_of
from performance.rows import Row, keep
from scaling.figures import table
from scaling.making import begin, grow
from scaling.measuring import measure

from sstc_chat.index.encoders import ModelChoice, load_encoder

MODELS = {"english": "all-MiniLM-L6-v2", "multilingual": "multilingual-use"}
# Fewer passages are a trial of this script, whose figures are not kept.
MANY = 1_000_000
NOTE = (
    "Searches stand beside a search through all vectors; what follows, of {:,} passages, beside the same of "
    "{:,}. The processor’s time of one thread."
)


def main() -> None:
    """Print what was measured at both sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=1_000_000, help="how many in the end")
    parser.add_argument("--small", type=int, default=10_000, help="how many to compare with")
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="JSON lines of documents")
    parser.add_argument("--keep", type=Path, help="where to make the libraries, and leave them")
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    encoders = {role: Timed(load_encoder(ModelChoice(name))) for role, name in MODELS.items()}
    # That is how `measure` begins this script once more, for its memory.
    if options.open:
        print(kilobytes_of(options.open, encoders))
        return
    with tempfile.TemporaryDirectory(prefix="sstc-chat-scale-") as folder:
        compare_sizes(options, encoders, options.keep or Path(folder))


def compare_sizes(options: argparse.Namespace, encoders: dict[str, Timed], folder: Path) -> None:
    """Make a library of either size in `folder`, measure it, and print and keep what that comes to."""
    questions, rows = questions_beside(options.corpus), list[Row]()
    measured = []
    for size in (options.small, options.passages):
        home = folder / str(size)
        if not home.exists():
            begin(home, encoders, options.corpus)
            grow(home, encoders, size)
        measured.append(measure(home, encoders, questions, rows))
    small, large = measured
    rows += table(small, large)
    if options.passages >= MANY:
        print()
        keep("scale", rows, [NOTE.format(large.passages, small.passages)])


def questions_beside(corpora: Sequence[Path]) -> Sequence[str]:
    """Return about a hundred of the questions that lie beside the documents, or one that anybody may ask."""
    questions = [one for path in corpora for one in asked(path.parent / "questions.jsonl")]
    return questions[:: max(1, len(questions) // 100)] or ["How many countries take part?"]


def asked(path: Path) -> Iterator[str]:
    """Yield the English questions of a file."""
    rows = map(json.loads, path.read_text("utf-8").splitlines()) if path.exists() else ()
    yield from (row["question"] for row in rows if row.get("lang", "en") == "en")


if __name__ == "__main__":
    main()
