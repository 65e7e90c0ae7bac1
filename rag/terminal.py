"""What the commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys


def as_json(value: object) -> str:
    """Return `value` as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)


def write(text: str) -> None:
    """Print a line of a result."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Tell whoever waits what is going on."""
    sys.stderr.write(f"{text}\n")
