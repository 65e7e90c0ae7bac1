"""Write docs/PERFORMANCE.md from what the benchmarks wrote down; what was not measured is named as missing.

python benchmarks/performance/page.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rows import MEASURED

PAGE = Path(__file__).parents[2] / "docs" / "PERFORMANCE.md"
# Of each part: its heading, and the command that measures it.
PARTS = {
    "cold": ("From the start of the process", "python benchmarks/performance/cold.py"),
    "warm": ("Once all is open", "python benchmarks/performance/warm.py"),
    "peers": ("Beside other programs", "python benchmarks/performance/peers.py"),
    "building": ("Building an index", "python benchmarks/performance/warm.py"),
    "quality": (
        "What the fast encoder costs in quality",
        "python benchmarks/performance/quality.py FILE… --split dev",
    ),
    "scale": ("A million passages", "python benchmarks/scale.py --corpus FILE …"),
    "load": ("Many people at once", "python benchmarks/performance/load.py"),
}
HEAD = """\
# How fast it is

Written by `make performance`, never by hand. Each figure stands beside its floor, which was measured in the
same run and in turn with it. What counts is their ratio, round by round: its median, and in brackets the
quartiles. A busy machine slows both.
"""
COLUMNS = ("", "figure", "floor", "ratio", "required")


def main() -> None:
    """Write the page."""
    sections = [section(part, *said) for part, said in PARTS.items() if (MEASURED / f"{part}.json").exists()]
    PAGE.write_text("\n".join([HEAD, *sections]), "utf-8", newline="\n")
    print(f"Wrote {PAGE}.")


def section(part: str, heading: str, command: str) -> str:
    """Return a part of the page."""
    content: dict[str, Any] = json.loads((MEASURED / f"{part}.json").read_text("utf-8"))
    rows = [COLUMNS, ("---",) * len(COLUMNS)]
    rows += [
        tuple(one[name] for name in ("what", "figure", "floor", "ratio", "required"))
        for one in content["rows"]
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    notes = [*content["notes"], f"On {content['machine']}." + (f" `{command}`" if command else "")]
    return f"## {heading}\n\n{table}\n\n{' '.join(notes)}\n"


if __name__ == "__main__":
    main()
