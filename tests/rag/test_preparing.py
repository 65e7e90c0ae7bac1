"""Questions that are prepared together: answered as alone, encoded in one go; a bad one spoils nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pytest

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.index import remembering
from sstc_chat.index.exported.encoder import ExportedEncoder
from sstc_chat.index.remembering import Remembering
from sstc_chat.index.types import Vectors
from sstc_chat.index.universal import UniversalEncoder
from sstc_chat.rag.choosing import matching
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.question import LONGEST
from sstc_chat.rag.types import Asking

ENGLISH: list[Asking] = [
    ("What is Ejo Heza?", ()),
    ("Who gathered key figures at the Annual Review of the Brazil-ILO South-South?", ()),
    ("And in Rwanda?", ("What is done about social protection in Kenya?",)),
    ("How much does a litre of zebra milk cost?", ()),
]
OTHERS: list[Asking] = [
    ("Combien de pays participent aux initiatives ?", ()),
    ("كم عدد البلدان المشاركة في المبادرات؟", ()),
    ("¿Y en Brasil?", ("¿Qué se hace por los trabajadores domésticos en Kenia?",)),
    ("哪些国家参与了南南合作？", ()),
    ("Какие страны участвуют в проектах?", ()),
]
BAD: list[Asking] = [("", ()), ("a" * (LONGEST + 1), ()), ("?!", ("What is Ejo Heza?",))]
Fresh = Callable[[], Engine]


@pytest.fixture
def fresh(engine: Engine) -> Fresh:
    """Return what opens an engine that has met no question."""

    def opened() -> Engine:
        models = {
            role: Remembering(one.encoder)
            for role, one in engine.encoders.items()
            if isinstance(one, Remembering)
        }
        return Engine(engine.store, models)

    return opened


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return which model is run from now on, and with how many texts at a time."""
    noted: list[tuple[str, int]] = []
    english, multilingual = ExportedEncoder._vectors, UniversalEncoder.encode_passages

    def run(encoder: ExportedEncoder, tokens: Sequence[Sequence[int]]) -> Vectors:
        noted.append(("english", len(tokens)))
        return english(encoder, tokens)

    def encode(encoder: UniversalEncoder, texts: Sequence[str]) -> Vectors:
        if texts:
            noted.append(("multilingual", len(texts)))
        return multilingual(encoder, texts)

    monkeypatch.setattr(ExportedEncoder, "_vectors", run)
    monkeypatch.setattr(UniversalEncoder, "encode_passages", encode)
    return noted


def ask_all(engine: Engine, asked: Iterable[Asking]) -> None:
    for text, history in asked:
        engine.ask(text, history)


def test_what_is_prepared_together_is_answered_as_alone(fresh: Fresh) -> None:
    together = fresh()
    together.prepare([*ENGLISH, *BAD, *OTHERS])
    for text, history in [*OTHERS, *ENGLISH]:
        answer, expected = together.ask(text, history), fresh().ask(text, history)
        # How many texts share a product changes its last digits.
        assert answer.confidence == pytest.approx(expected.confidence, abs=1e-5)
        same = replace(answer, milliseconds={}, confidence=expected.confidence)
        assert same == replace(expected, milliseconds={})


@pytest.mark.parametrize("bad", BAD)
def test_what_is_wrong_with_a_question_is_told_when_it_is_asked(fresh: Fresh, bad: Asking) -> None:
    engine = fresh()
    engine.prepare([bad, ENGLISH[0]])
    with pytest.raises(QuestionError):
        engine.ask(*bad)


def test_several_questions_are_one_run_of_each_model(fresh: Fresh, runs: list[tuple[str, int]]) -> None:
    engine = fresh()
    runs.clear()
    engine.prepare([*ENGLISH, *BAD, *OTHERS])
    assert ("english", len(ENGLISH)) in runs
    assert sorted(model for model, _ in runs) == ["english", "multilingual"]
    runs.clear()
    ask_all(engine, [*OTHERS, *ENGLISH])
    assert runs == []


def test_more_than_is_remembered_is_kept_until_it_is_asked(
    fresh: Fresh, runs: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "REMEMBERED", 2)
    monkeypatch.setattr(matching, "REMEMBERED", 2)
    engine = fresh()
    for asked in (ENGLISH, OTHERS):
        engine.prepare(asked)
        runs.clear()
        ask_all(engine, asked)
        assert runs == []
