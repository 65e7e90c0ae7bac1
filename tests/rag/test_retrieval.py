from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.fusion import reciprocal_rank_fusion
from sstc_chat.rag.question import understand
from sstc_chat.rag.retrieval import names_of, query_for, retrieve


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quand a eu lieu l'atelier de Belgrade ?", ["belgrade"]),
        ("¿A qué mercado quieren llegar?", []),
        ("ILO im Jahr 2024", ["ilo", "jahr", "2024"]),
        ("贝尔格莱德研讨会何时举行", []),
        ("", []),
    ],
)
def test_names_have_a_capital_or_a_digit(text: str, names: list[str]) -> None:
    assert names_of(text) == names


def test_english_asks_with_words_and_the_english_encoder(encoders: Mapping[str, Encoder]) -> None:
    query = query_for(understand("Which countries are in the project?"), encoders)
    assert query.words == ("countries", "project")
    assert query.role == "english"
    expected = encoders["english"].encode_question("Which countries are in the project?")
    np.testing.assert_allclose(query.vector, expected, atol=1e-6)


def test_other_languages_ask_with_names_and_the_multilingual_encoder(
    encoders: Mapping[str, Encoder],
) -> None:
    query = query_for(understand("Quels pays travaillent avec le Kenya ?"), encoders)
    assert query.words == ("kenya",)
    assert query.role == "multilingual"


def test_hits_are_the_fusion_of_both_searches(engine: Engine) -> None:
    query = query_for(understand("What is Ejo Heza?"), engine.encoders)
    dense = [number for number, _ in engine.store.nearest(query.role, query.vector, 50)]
    lexical = [number for number, _ in engine.store.matching(query.words, 50)]
    expected = reciprocal_rank_fusion([(dense, 1.0), (lexical, 1.0)])[:5]
    found = retrieve(query, engine.store, 5)
    assert [(hit.passage.number, hit.score) for hit in found.hits] == expected
    assert [hit.rank for hit in found.hits] == [1, 2, 3, 4, 5]
    assert "Ejo Heza" in found.hits[0].passage.text


def test_every_hit_has_its_cosine(engine: Engine) -> None:
    query = query_for(understand("What is Ejo Heza?"), engine.encoders)
    found = retrieve(query, engine.store, 20)
    vectors = engine.encoders["english"].encode_passages([hit.passage.text for hit in found.hits])
    expected = dict(zip(found.cosines, (vectors @ query.vector).tolist(), strict=True))
    assert dict(found.cosines) == pytest.approx(expected, abs=1e-4)
