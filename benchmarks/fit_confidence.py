"""Learn the numbers of `rag/confidence.json` from questions on other texts.

    python benchmarks/fit_confidence.py FOLDER

FOLDER holds a `corpus.jsonl` and a `questions.jsonl` as XQuAD's are laid out: a question's `gold_doc_ids`
and `answers`. Each question is asked twice: with every document there, and with its own taken away, so that
what comes nearest is on the subject and does not answer. An answer is right when a chosen sentence of the
question's document holds one of its answers.

The threshold of a role is set so that the share of right answers in KEPT is not refused. Figures are
cross-validated over documents: no text is in two folds.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from sstc_chat.corpus.readers import read_file
from sstc_chat.index.builder import build_index
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.rag.choosing import choose, rank_sentences
from sstc_chat.rag.engine import PASSAGES, Engine, load_encoders
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.question import understand
from sstc_chat.rag.retrieval import Found, query_for, retrieve
from sstc_chat.rag.settings import load_settings
from sstc_chat.rag.signals import Signals, signals_of

OUTPUT = Path(__file__).parent.parent / "rag" / "confidence.json"
# The multilingual encoder is surer of an encyclopedia, which it was trained on, than of a report.
KEPT = {"english": 0.96, "multilingual": 0.995}
FOLDS = 5


@dataclass(frozen=True)
class Example:
    """The signals of one answer, whether it was right, and the document the question is on."""

    role: str
    signals: Signals
    right: bool
    document: str


def main(folder: Path) -> None:
    """Fit, report, and write the calibrations."""
    engine = open_on(folder / "corpus.jsonl")
    with (folder / "questions.jsonl").open(encoding="utf-8") as file:
        questions = [json.loads(line) for line in file]
    found = [answered(engine, question, hidden) for question in questions for hidden in (False, True)]
    examples = [example for example in found if example]
    fitted = {role: fit([one for one in examples if one.role == role], KEPT[role]) for role in KEPT}
    data = {"made_by": "benchmarks/fit_confidence.py", "from": folder.name, "calibrations": fitted}
    OUTPUT.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def open_on(corpus: Path) -> Engine:
    """Return an engine on `corpus` alone, in a home that is thrown away."""
    settings = load_settings({"home": tempfile.mkdtemp(prefix="sstc-chat-fit-")})
    progress = ProgressBar()
    encoders = load_encoders(settings)
    with open_library(settings.home) as library:
        library.add(read_file(corpus))
        build_index(settings.home, library, encoders, settings.index_settings(), progress)
    progress.close()
    return Engine(open_store(settings.home, encoders, settings.index_settings()), encoders)


def answered(engine: Engine, question: dict[str, Any], hidden: bool) -> Example | None:
    """Ask one question, with its documents hidden or not; None if nothing at all was found."""
    gold = question["gold_doc_ids"]
    query = query_for(understand(question["question"]), engine.encoders)
    found = retrieve(query, engine.store, PASSAGES * 2)
    hits = [hit for hit in found.hits if not (hidden and hit.passage.document_id in gold)][:PASSAGES]
    kept = {hit.passage.number for hit in hits}
    found = Found(
        tuple(hits),
        {number: value for number, value in found.cosines.items() if number in kept},
        {number: value for number, value in found.lexical.items() if number in kept},
    )
    candidates = rank_sentences(query, found, engine.store)
    chosen = choose(candidates)
    if not chosen:
        return None
    right = any(
        one.line.document_id in gold and any(text in one.line.text for text in question["answers"])
        for one in chosen
    )
    signals = signals_of(query, found, candidates, chosen, engine.store)
    return Example(query.role, signals, right and not hidden, gold[0])


def fit(examples: list[Example], kept: float) -> dict[str, Any]:
    """Return the calibration of one role, with its cross-validated figures."""
    signals = np.array([example.signals.values() for example in examples])
    right = np.array([example.right for example in examples])
    groups = [example.document for example in examples]
    model = LogisticRegression(C=10, max_iter=5000)
    held_out = cross_val_predict(
        model, signals, right, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    model.fit(signals, right)
    threshold = float(np.quantile(held_out[right], 1 - kept))
    names = Signals.__dataclass_fields__
    return {
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": dict(zip(names, np.round(model.coef_[0], 4).tolist(), strict=True)),
        "threshold": round(threshold, 4),
        "cross_validated": {
            "examples": len(examples),
            "right": int(right.sum()),
            "auroc": round(float(roc_auc_score(right, held_out)), 4),
            "right_refused": round(float((held_out[right] < threshold).mean()), 4),
            "wrong_shown": round(float((held_out[~right] >= threshold).mean()), 4),
        },
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
