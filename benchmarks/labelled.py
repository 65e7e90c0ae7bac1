"""Sentences that quotes bear out, and lies, read from a file; how many of each kind a check shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binomtest
from sklearn.metrics import roc_auc_score

from sstc_chat.rag.prose.checking.support import Quoted

FOLDER = Path(__file__).parent / "sentences"
KEPT = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)


@dataclass(frozen=True)
class Sentence:
    """A sentence about quotes, and whether they bear it out; `fact` is shared by those on the same quotes."""

    fact: str
    quotes: tuple[Quoted, ...]
    language: str
    text: str
    true: bool
    kind: str

    @property
    def role(self) -> str:
        """Which encoder leads."""
        return "english" if self.language == "en" else "multilingual"


# What the sentences are told apart by.
KEYS: dict[str, Callable[[Sentence], str]] = {
    "kind": lambda one: one.kind,
    "language": lambda one: one.language,
}


def sentences_of(paths: Iterable[Path]) -> list[Sentence]:
    """Return the sentences of files of JSON lines."""
    lines = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line]
    return [
        Sentence(
            one["fact"],
            tuple(Quoted(quote, "en") for quote in one["quotes"]),
            one["lang"],
            one["text"],
            one["true"],
            one["kind"],
        )
        for one in lines
    ]


def print_shown(sentences: Sequence[Sentence], shown: Sequence[bool]) -> None:
    """Print how many are shown, by truth, kind and language, with the 95% interval of Wilson."""
    for truth in (True, False):
        own = [(one, seen) for one, seen in zip(sentences, shown, strict=True) if one.true is truth]
        name = "true" if truth else "lies"
        print(f"{name:<28}{_share([seen for _, seen in own])}")
        for label, key in KEYS.items():
            for value in sorted({key(one) for one, _ in own}):
                print(
                    f"  {name}, {label} {value:<15}{_share([seen for one, seen in own if key(one) == value])}"
                )


def print_curve(sentences: Sequence[Sentence], scores: ArrayLike) -> None:
    """Print the AUROC, and how many lies are shown where so many of the true ones are."""
    values, true = np.array(scores), np.array([one.true for one in sentences])
    print(f"AUROC {roc_auc_score(true, values):.3f}")
    for kept in KEPT:
        least = np.quantile(values[true], 1 - kept)
        lies = (values[~true] >= least).mean()
        print(f"  {kept:.2f} of the true shown from {least:.3f}: {lies:.3f} of the lies")


def _share(seen: Sequence[bool]) -> str:
    low, high = binomtest(sum(seen), len(seen)).proportion_ci(method="wilson")
    return f"{sum(seen):>4} of {len(seen):<4} {sum(seen) / len(seen):.3f}  [{low:.3f}, {high:.3f}]"
