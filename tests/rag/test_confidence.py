from __future__ import annotations

import math

import pytest

from sstc_chat.rag.choosing import choose, rank_sentences
from sstc_chat.rag.confidence import Calibration, calibrations, judge
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.question import understand
from sstc_chat.rag.retrieval import Found, query_for, retrieve
from sstc_chat.rag.signals import Signals, signals_of


def test_confidence_is_the_logistic_of_the_weighted_sum() -> None:
    calibration = Calibration(-1.0, (2.0, 0.0, 0.0, 1.0, 0.0, -3.0), 0.5)
    signals = Signals(0.5, 9.0, 9.0, 0.25, 9.0, 1.0)
    assert calibration.confidence(signals) == pytest.approx(1 / (1 + math.exp(1 - 1 - 0.25 + 3)))


def test_there_is_a_calibration_for_each_role_with_a_weight_for_each_signal() -> None:
    assert set(calibrations()) == {"english", "multilingual"}
    for calibration in calibrations().values():
        assert len(calibration.weights) == len(Signals.__dataclass_fields__)
        assert 0 < calibration.threshold < 1


def test_nothing_found_is_refused_without_confidence(engine: Engine) -> None:
    query = query_for(understand("anything"), engine.encoders)
    assert judge(query, Found((), {}, {}), [], [], engine.store) == (0.0, True)


def test_signals_against_a_naive_count(engine: Engine) -> None:
    query = query_for(understand("Which tool identifies risk in 1931?"), engine.encoders)
    found = retrieve(query, engine.store, 20)
    candidates = rank_sentences(query, found, engine.store)
    chosen = choose(candidates)
    signals = signals_of(query, found, candidates, chosen, engine.store)
    assert signals.cosine == max(one.cosine for one in candidates)
    assert signals.passage_cosine == max(found.cosines.values())
    assert signals.number_missing == 1.0
    texts = " ".join(" ".join((*one.line.section, one.line.text)) for one in chosen).lower()
    stems = {"tool": "tool", "identifies": "identif", "risk": "risk", "1931": "1931"}
    assert set(query.words) == set(stems)
    rarity = {word: _rarity(engine, stem) for word, stem in stems.items()}
    covered = sum(rarity[word] for word, stem in stems.items() if stem in texts)
    assert signals.sentence_coverage == pytest.approx(covered / sum(rarity.values()))


def _rarity(engine: Engine, stem: str) -> float:
    chunks = engine.store.passages(range(engine.store.chunks)).values()
    rows = sum(stem in " ".join((*one.section, one.text)).lower() for one in chunks)
    return math.log(1 + (len(chunks) - rows + 0.5) / (rows + 0.5))
