"""A cross-encoder as a setting, tried with a tiny one that is made here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.corpus.errors import ModelError
from sstc_chat.index.crossencoders import load_reranker
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Hit, Passage, Vectors
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.reranking import rerank
from sstc_chat.rag.retrieval import Found

from .conftest import MakeCrossEncoder


@dataclass(frozen=True)
class ByLength:
    """The shorter, the better."""

    name: str = "by length"
    checksum: str = "1"

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:  # noqa: ARG002
        return np.array([-len(text) for text in texts], dtype=np.float32)


@pytest.fixture(scope="module")
def folder(make_cross_encoder: MakeCrossEncoder) -> Path:
    return make_cross_encoder()


def found_of(texts: Sequence[str]) -> Found:
    hits = (
        Hit(
            Passage(number, str(number), "d", (), None, 0, 1, text, ((0, 1),)), 1.0 / (1 + number), 1 + number
        )
        for number, text in enumerate(texts)
    )
    return Found(tuple(hits), np.arange(len(texts), dtype=np.float32)[np.newaxis])


@given(st.lists(st.text(min_size=1, max_size=20), max_size=12))
def test_hits_are_put_in_order_and_places_keep_their_scores(texts: list[str]) -> None:
    before = found_of(texts)
    found = rerank("?", before, ByLength())
    after = found.hits
    assert found.matches.tolist() == [[hit.passage.number for hit in after]]
    assert [len(hit.passage.text) for hit in after] == sorted(len(text) for text in texts)
    assert sorted(hit.passage.number for hit in after) == list(range(len(texts)))
    assert [(hit.score, hit.rank) for hit in after] == [(hit.score, hit.rank) for hit in before.hits]


def test_a_cross_encoder_is_loaded_from_its_folder_and_scores_pairs(folder: Path) -> None:
    reranker = load_reranker(str(folder))
    scores = reranker.scores("What is Rwanda?", ["Rwanda", "Kenya forum", "forum"])
    assert scores.shape == (3,)
    assert len(set(scores.tolist())) == 3
    assert len(reranker.checksum) == 64
    assert reranker.scores("What?", []).shape == (0,)
    assert scores[1] == pytest.approx(reranker.scores("What is Rwanda?", ["Kenya forum"])[0], abs=1e-5)


def test_the_engine_uses_it_and_says_so(engine: Engine, encoders: dict[str, Encoder], folder: Path) -> None:
    reranker = load_reranker(str(folder))
    with_it = Engine(engine.store, encoders, reranker)
    plain, ordered = engine.search("What is Ejo Heza?", 20), with_it.search("What is Ejo Heza?", 20)
    assert {hit.passage.id for hit in plain} == {hit.passage.id for hit in ordered}
    scores = reranker.scores("What is Ejo Heza?", [hit.passage.text for hit in ordered])
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)
    answer = with_it.ask("What is Ejo Heza?")
    assert answer.fingerprint["reranker"] == f"{folder} {reranker.checksum}"
    assert "reranker" not in engine.ask("What is Ejo Heza?").fingerprint


def test_one_that_is_not_there_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"The reranker .*missing.* cannot be loaded .* Give a folder"):
        load_reranker(str(tmp_path / "missing"))
