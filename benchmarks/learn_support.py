"""Learn the trees of `rag/prose/checking/learned.json` from sentences written by hand, true ones and lies.

    python benchmarks/learn_support.py

`sentences/report*.jsonl` and `sentences/pages*.jsonl` hold them. Sentences that claim a figure, date, place
or name which their quotes do not have are left out: the check needs no trees for those. The trees are
cross-validated with the sentences of a fact kept together, and the curves are printed; on the same folds the
threshold of each role is the lowest that shows no more than `LIES` of the lies.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from labelled import FOLDER, Sentence, print_curve, print_shown, sentences_of
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.model_selection import GroupKFold

from sstc_chat.rag.models import load_encoders
from sstc_chat.rag.prose.checking.claims import missing_claims
from sstc_chat.rag.prose.checking.learned import LEAF
from sstc_chat.rag.prose.checking.signals import Measure
from sstc_chat.rag.prose.checking.support import Support
from sstc_chat.rag.settings import load_settings

OUTPUT = Path(__file__).parent.parent / "rag" / "prose" / "checking" / "learned.json"
FILES = (*sorted(FOLDER.glob("report*.jsonl")), *sorted(FOLDER.glob("pages*.jsonl")))
ROLES = ("english", "multilingual")
FOLDS, ROUNDS = 8, 3
# The share of lies that may be shown here, so that it stays below .05 on sentences of another hand.
LIES = 0.03
SHARED = {"n_estimators": 200, "min_samples_leaf": 5, "max_features": 0.4, "n_jobs": 1}


def main() -> None:
    """Learn, measure and write."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    sentences = sentences_of(FILES)
    support = Support(load_encoders(load_settings({})))
    besides = [support.beside(one.text, one.language, one.quotes) for one in sentences]
    measure = Measure(support.reader)
    measured = [measure.signals(one) for one in besides]
    names = list(measured[0])
    signals = np.array([[one[name] for name in names] for one in measured], dtype=np.float32)
    claims = np.array([any(missing_claims(one.alignment)) for one in besides])
    scores = cross_validated(sentences, signals, claims)
    thresholds = {role: threshold(sentences, scores, role) for role in ROLES}
    report(sentences, scores, thresholds)
    true = np.array([one.true for one in sentences])
    forest = ExtraTreesClassifier(**SHARED, random_state=0).fit(signals[~claims], true[~claims])
    data = {"signals": names, "thresholds": thresholds, "forest": flat(forest)}
    OUTPUT.write_text(json.dumps(data, separators=(",", ":")) + "\n", "utf-8")


def cross_validated(sentences: list[Sentence], signals: np.ndarray, claims: np.ndarray) -> np.ndarray:
    """Return the probability of each sentence, from trees that did not see its fact; 0 for missing claims."""
    true = np.array([one.true for one in sentences])
    facts = [one.fact for one in sentences]
    total = np.zeros(len(sentences))
    for seed in range(ROUNDS):
        for known, new in GroupKFold(FOLDS, shuffle=True, random_state=seed).split(signals, true, facts):
            used = known[~claims[known]]
            forest = ExtraTreesClassifier(**SHARED, random_state=seed).fit(signals[used], true[used])
            total[new] += forest.predict_proba(signals[new])[:, 1] / ROUNDS
    return np.where(claims, 0, total)


def threshold(sentences: list[Sentence], scores: np.ndarray, role: str) -> float:
    """Return the lowest probability that shows no more than `LIES` of the lies of `role`."""
    lies = np.array([one.role == role and not one.true for one in sentences])
    return round(float(np.quantile(scores[lies], 1 - LIES, method="higher")) + 1e-3, 3)


def report(sentences: list[Sentence], scores: np.ndarray, thresholds: dict[str, float]) -> None:
    """Print the curves and what is shown."""
    for role in ROLES:
        own = [place for place, one in enumerate(sentences) if one.role == role]
        print(f"{role}, cross-validated; threshold {thresholds[role]}")
        print_curve([sentences[place] for place in own], scores[own])
    print("all, cross-validated")
    print_curve(sentences, scores)
    shown = [bool(score >= thresholds[one.role]) for one, score in zip(sentences, scores, strict=True)]
    print_shown(sentences, shown)


def flat(forest: ExtraTreesClassifier) -> dict[str, list[Any]]:
    """Return the nodes of all trees one behind the other."""
    nodes: dict[str, list[Any]] = {name: [] for name in ("signal", "least", "left", "right", "vote", "roots")}
    for tree in (one.tree_ for one in forest.estimators_):
        start, leaf = len(nodes["signal"]), tree.children_left == -1
        votes = tree.value[:, 0, 1] / tree.value[:, 0].sum(axis=1)
        nodes["roots"].append(start)
        nodes["signal"] += np.where(leaf, LEAF, tree.feature).tolist()
        nodes["least"] += np.where(leaf, 0, tree.threshold).round(4).tolist()
        nodes["left"] += np.where(leaf, 0, tree.children_left + start).tolist()
        nodes["right"] += np.where(leaf, 0, tree.children_right + start).tolist()
        nodes["vote"] += np.where(leaf, votes, 0).round(3).tolist()
    return nodes


if __name__ == "__main__":
    main()
