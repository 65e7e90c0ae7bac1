"""What holds of quotes from any ranking, not only those of the shipped report."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.evidence import Evidence
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.traits import TRAITS
from sstc_chat.rag.choosing.features import Candidates
from sstc_chat.rag.choosing.ranking import (
    CLOSE,
    LONGEST,
    MOST_QUOTES,
    NEAREST,
    SAME,
    Ranking,
    choose,
    distinct,
    nearest,
    runs,
)

FLAGS = ("leaning", "fragment", "contact")
SENTENCE = st.fixed_dictionaries(
    {
        "score": st.floats(-4, 4, width=32),
        "words": st.sets(st.integers(0, 7), min_size=1, max_size=6),
        "follows": st.booleans(),
        "length": st.integers(1, 400),
        **{flag: st.booleans() for flag in FLAGS},
    }
)


def ranking_of(sentences: list[dict[str, object]]) -> Ranking:
    def column(name: str) -> list[float]:
        return [float(str(int(str(one[name]) == "True"))) for one in sentences]

    lists = [np.array(sorted(one["words"]), np.int32) for one in sentences]  # type: ignore[call-overload]
    words = Ragged.of([one.tobytes() for one in lists])
    traits = np.zeros((len(sentences), len(TRAITS)), np.float32)
    for flag in FLAGS:
        traits[:, TRAITS.index(flag)] = column(flag)
    traits[:, TRAITS.index("length")] = [one["length"] for one in sentences]
    follows = np.array([bool(place and one["follows"]) for place, one in enumerate(sentences)])
    numbers = np.arange(len(sentences), dtype=np.int32)
    evidence = Evidence(numbers, follows, words, words, words, traits, {})
    none = np.zeros((0, len(sentences)), np.float32)
    candidates = Candidates(evidence, numbers.astype(np.intp), none, none, none, none, none)
    scores = np.array([one["score"] for one in sentences], np.float32)
    return Ranking(candidates, scores, np.argsort(-scores, kind="stable"))
