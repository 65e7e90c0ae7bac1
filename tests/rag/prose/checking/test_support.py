"""The check of sentences, with the packaged encoders."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.prose.checking.learned import learned
from sstc_chat.rag.prose.checking.support import REASONS, Finding, Quoted, Support

QUOTE = Quoted(
    "The second project supports agricultural sectors in Madagascar and Kenya. It has a budget of 5 million "
    "$ and was launched in July 2024 with over 100 participants from the ILO.",
    "en",
)


@pytest.fixture(scope="module")
def support(encoders: dict[str, Encoder]) -> Support:
    return Support(encoders)


def check(support: Support, text: str, language: str = "en") -> Finding:
    return support.check(text, language, [QUOTE])


@pytest.mark.parametrize(
    ("text", "language", "reason", "missing"),
    [
        ("The project has a budget of 6 million $.", "en", "figure", "6 million"),
        ("Le projet a un budget de six millions de dollars.", "fr", "figure", "six millions"),
        ("El proyecto tiene un presupuesto de 5.000 millones.", "es", "figure", "5.000 millones"),
        ("The project was launched in June 2024.", "en", "date", "month 6"),
        ("Проект был начат в июне 2024 года.", "ru", "date", "month 6"),
        ("The project has a budget of 5 million euros.", "en", "currency", "EUR"),
        ("The project supports farms in Madagascar and Tanzania.", "en", "place", "Tanzania"),
        ("该项目支持坦桑尼亚的农业部门。", "zh", "place", "坦桑尼亚"),
        ("يدعم المشروع القطاعات الزراعية في تنزانيا.", "ar", "place", "تنزانيا"),
        ("The project was launched with UNICEF.", "en", "name", "UNICEF"),
        ("Write to help@example.org about the project.", "en", "address", "help@example.org"),
    ],
)
def test_what_the_quotes_do_not_have_is_named(
    support: Support, text: str, language: str, reason: str, missing: str
) -> None:
    found = check(support, text, language)
    assert (found.supported, found.reason, found.probability) == (False, reason, 0)
    assert missing in found.missing


@pytest.mark.parametrize(
    "text",
    [
        "The second project supports agricultural sectors in Madagascar and Kenya.",
        "It was launched in July 2024 with over 100 participants from the ILO.",
    ],
)
def test_what_is_said_again_is_shown(support: Support, text: str) -> None:
    found = check(support, text)
    assert found.supported
    assert (found.reason, found.missing) == ("", ())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The second project does not support agricultural sectors in Kenya.", "en"),
        ("Weather in the mountains is bad for tourists.", "en"),
        ("La météo est mauvaise pour les touristes.", "fr"),
    ],
)
def test_another_sense_is_withheld_with_a_reason(support: Support, text: str, language: str) -> None:
    found = check(support, text, language)
    assert not found.supported
    assert found.reason in REASONS
    assert found.missing


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(2, 10**6))
def test_no_other_figure_is_ever_shown(support: Support, number: int) -> None:
    found = check(support, f"It was launched with over {number} participants from the ILO.")
    assert not found.supported or number in {5, 100, 2024}


@pytest.mark.parametrize("text", ["", " ", "…", "()", "٪", "第", "\u200d", "a" * 600])
def test_nothing_breaks_the_check(support: Support, text: str) -> None:
    assert not check(support, text).supported


def test_readers_at_once_get_what_each_gets_alone(support: Support) -> None:
    texts = [f"The project has {number} participants from Kenya." for number in range(98, 104)]
    alone = [check(support, text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: check(support, text), texts)) == alone


def test_what_was_learned_is_whole() -> None:
    known = learned()
    forest = known.forest
    assert set(known.thresholds) == {"english", "multilingual"}
    assert forest.signal.max() < len(known.signals)
    assert max(forest.left.max(), forest.right.max()) < len(forest.signal)
    assert 0 <= float(forest.vote.min()) <= float(forest.vote.max()) <= 1
