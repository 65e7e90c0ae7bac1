"""How many development questions are answered right, and how many are rightly refused.

    python benchmarks/accuracy.py FILE...

Each FILE holds JSON lines of {"question", "lang", "answerable", "evidence", "history"?, "kind"?} on the
shipped report. An answer is right when it is not refused and each piece of evidence stands in its quotes (an
inner list holds alternatives); where nothing can be answered, a refusal is right. Intervals are 95%, by
bootstrap over the questions.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from sstc_chat.rag.engine import open_engine
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.settings import load_settings
from sstc_chat.rag.types import Answer

ROUNDS = 2000


def main(paths: Sequence[str]) -> None:
    """Print a line for each kind of question and each language."""
    engine = open_engine(load_settings({}), ProgressBar())
    questions = [json.loads(line) for path in paths for line in Path(path).read_text("utf-8").splitlines()]
    answers = [engine.ask(one["question"], one.get("history", [])) for one in questions]
    groups: dict[str, list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        groups[question.get("kind", "all")].append(place)
        groups[f"{question.get('kind', 'all')} {question['lang']}"].append(place)
    print(f"{'':24}{'n':>5}{'right':>8}{'95%':>14}{'refused':>9}{'quotes':>8}")
    for name, places in sorted(groups.items()):
        line(name, [questions[place] for place in places], [answers[place] for place in places])
    english = [place for place, one in enumerate(questions) if one["lang"] == "en"]
    answerable = [questions[place]["answerable"] for place in english]
    confidence = [answers[place].confidence for place in english]
    print(f"\nAUROC of the confidence, English: {roc_auc_score(answerable, confidence):.3f}")


def line(name: str, questions: Sequence[dict[str, Any]], answers: Sequence[Answer]) -> None:
    """Print the figures of one group."""
    right = np.array([is_right(*pair) for pair in zip(questions, answers, strict=True)])
    draws = np.random.default_rng(0).choice(right, (ROUNDS, len(right))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    refused = np.mean([answer.refused for answer in answers])
    shown = [len(answer.citations) for answer in answers if not answer.refused]
    quotes = np.mean(shown) if shown else 0.0
    interval = f"{low:.2f}–{high:.2f}"
    print(f"{name:24}{len(right):5}{right.mean():8.3f}{interval:>14}{refused:9.3f}{quotes:8.2f}")


def is_right(question: dict[str, Any], answer: Answer) -> bool:
    """Whether `answer` is the one that `question` asks for."""
    if answer.refused or not question["answerable"]:
        return answer.refused != question["answerable"]
    quotes = " ".join(" ".join(one.quote for one in answer.citations).split())
    wanted = [one if isinstance(one, list) else [one] for one in question["evidence"]]
    return all(any(text in quotes for text in alternatives) for alternatives in wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
