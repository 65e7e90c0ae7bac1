"""How many true sentences and lies the check shows, by kind, and how long it takes.

    python benchmarks/support.py [FILE …] [--checker NAME] [--checker-percent N]

Without a file, the sentences that nothing was learned from: `sentences/held_out.jsonl`. With `--checker` a
cross-encoder judges, as by the setting of that name: the curve says what `checker_percent` to give.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from labelled import FOLDER, Sentence, print_curve, print_shown, sentences_of

from sstc_chat.index.vocabulary import folded, surface_words
from sstc_chat.rag.models import load_encoders
from sstc_chat.rag.prose.checking.support import Support
from sstc_chat.rag.prose.writing import load_judge
from sstc_chat.rag.settings import load_settings


def main() -> None:
    """Check every sentence and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*", default=[FOLDER / "held_out.jsonl"])
    parser.add_argument("--checker", help="name or folder of a cross-encoder")
    parser.add_argument("--checker-percent", help="from how many per cent on a sentence is shown")
    options = parser.parse_args()
    sentences = sentences_of(options.files)
    settings = load_settings({"checker": options.checker, "checker_percent": options.checker_percent})
    support = Support(load_encoders(settings), load_judge(settings))
    for quote in {quote for one in sentences for quote in one.quotes}:
        support.prepare([quote])
    findings, spent, worked = [], [], []
    for one in sentences:
        start, begun = perf_counter(), process_time()
        findings.append(support.check(one.text, one.language, one.quotes))
        spent.append(perf_counter() - start)
        worked.append(process_time() - begun)
    print_shown(sentences, [one.supported for one in findings])
    for truth in (True, False):
        reasons = Counter(
            found.reason
            for one, found in zip(sentences, findings, strict=True)
            if one.true is truth and not found.supported
        )
        print("true" if truth else "lies", "withheld for:", dict(reasons.most_common()))
    print("the check:", end=" ")
    print_curve(sentences, [one.probability for one in findings])
    print("plain overlap of words:", end=" ")
    print_curve(sentences, [overlap(one) for one in sentences])
    for name, seconds in (("time", spent), ("processor time", worked)):
        median, late = np.quantile(seconds, (0.5, 0.95)) * 1000
        print(f"A sentence took {median:.1f} ms of {name} in the median, {late:.1f} at the 95th percentile.")


def overlap(sentence: Sentence) -> float:
    """Return the share of a sentence's words that stand in its quotes."""
    quoted = {folded(word) for quote in sentence.quotes for word in surface_words(quote.text)}
    words = [folded(word) for word in surface_words(sentence.text)]
    return sum(word in quoted for word in words) / max(1, len(words))


if __name__ == "__main__":
    main()
