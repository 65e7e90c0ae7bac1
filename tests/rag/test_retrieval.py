from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import numpy as np
import pytest

from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag import retrieval
from sstc_chat.rag.choosing.learned import learned
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.question import understand
from sstc_chat.rag.retrieval import PASSAGE_FEATURES, Query, passage_pool, query_for, retrieve
from sstc_chat.rag.settings import load_settings


@pytest.fixture(scope="module")
def two(
    tmp_path_factory: pytest.TempPathFactory,
    encoders: dict[str, Encoder],
    report: Document,
    no_progress: Progress,
) -> Iterator[Engine]:
    """Index the report and a second document with a word of its own."""
    settings = load_settings({"home": tmp_path_factory.mktemp("two")}, environment={})
    other = Document("other", "Baking", "Bread is baked in ovens. The oven in Rwanda is hot.", "en")
    with open_library(settings.home) as library:
        library.add([report, other])
        build_index(settings.home, library, encoders, settings.index_settings(), no_progress)
    with closing(open_store(settings.home, encoders, settings.index_settings())) as store:
        yield Engine(store, encoders)


def asked(engine: Engine, question: str) -> Query:
    return query_for(understand(question), engine.encoders, engine.matcher)


def test_english_asks_with_its_words_and_both_encoders(
    engine: Engine, encoders: Mapping[str, Encoder]
) -> None:
    query = asked(engine, "Which countries are in the project?")
    assert query.words == ("countries", "project")
    assert query.role == "english"
    assert query.translations == ()
    for role in ("english", "multilingual"):
        expected = encoders[role].encode_question("Which countries are in the project?")
        np.testing.assert_allclose(query.vectors[role], expected, atol=1e-6)


def test_what_is_matched_beside_the_encoder_is_what_is_matched_alone(engine: Engine) -> None:
    questions = [f"Which countries began {word}?" for word in ("this", "in Kenya", "zebra", "2024", "x" * 40)]
    with ThreadPoolExecutor(4) as pool:
        beside = list(pool.map(lambda question: asked(engine, question).terms, questions))
    for question, terms in zip(questions, beside, strict=True):
        alone = engine.matcher.terms(question, "en")
        assert terms.words == alone.words
        # What was encoded together changes its last digits.
        np.testing.assert_allclose(terms.matches, alone.matches, atol=1e-5)
        np.testing.assert_allclose(terms.question, alone.question, atol=1e-5)


def test_other_languages_ask_with_names_and_with_what_their_words_mean(engine: Engine) -> None:
    query = asked(engine, "Quels pays travaillent avec le Kenya ?")
    assert query.words == ("kenya",)
    assert query.role == "multilingual"
    assert set(query.vectors) == {"multilingual"}
    assert {"countries", "kenya"} <= set(query.translations)
    assert not {"the", "with", "of"} & set(query.translations)


@pytest.mark.parametrize("question", ["What is Ejo Heza?", "Quel marché français veut-on atteindre ?"])
def test_hits_are_the_pool_in_the_order_of_the_weighted_sum(engine: Engine, question: str) -> None:
    query = asked(engine, question)
    pool = passage_pool(query, engine.store, 50)
    weights = learned()[query.role].passage.weights
    scores = [
        sum(weights[n] * v for n, v in zip(PASSAGE_FEATURES, row, strict=True)) for row in pool.features
    ]
    best = sorted(zip(scores, pool.numbers, strict=True), key=lambda pair: -pair[0])[:5]
    hits = retrieve(query, engine.store, 5).hits
    assert [hit.passage.number for hit in hits] == [number for _, number in best]
    assert [hit.score for hit in hits] == pytest.approx([score for score, _ in best], rel=1e-4)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]


def test_what_is_known_of_a_passage_equals_what_the_searches_say(engine: Engine) -> None:
    query = asked(engine, "What is Ejo Heza?")
    pool = passage_pool(query, engine.store, 50)
    dense = dict(engine.store.nearest("english", query.vectors["english"], engine.store.chunks))
    lexical = dict(engine.store.matching(query.words, engine.store.chunks))
    assert pool.features[:, 0].tolist() == pytest.approx([dense[one] for one in pool.numbers], abs=1e-5)
    assert pool.features[:, 1].tolist() == pytest.approx([lexical.get(one, 0) for one in pool.numbers])
    assert set(pool.features[:, 2].tolist()) == {0}
    assert ((pool.features[:, 3] >= 0) & (pool.features[:, 3] <= 1 + 1e-6)).all()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is Ejo Heza?", "Ejo Heza"),
        ("Quand a eu lieu l'atelier de Belgrade ?", "Belgrade, Serbia"),
        ("贝尔格莱德研讨会是什么时候举行的？", "Belgrade, Serbia"),
        ("ما هي الدول العربية المشاركة؟", "Bahrain"),
        ("Сколько денег выделила Бразилия?", "million"),
    ],
)
def test_the_passage_is_found_in_any_language(engine: Engine, question: str, text: str) -> None:
    assert any(text in hit.passage.text for hit in retrieve(asked(engine, question), engine.store, 3).hits)


def test_a_question_can_be_limited_to_documents(two: Engine, report: Document) -> None:
    hits = two.search("What is in Rwanda?", 50, documents=["other"])
    assert {hit.passage.document_id for hit in hits} == {"other"}
    assert {hit.passage.document_id for hit in two.search("ovens", 50)} == {"other", report.id}
    answer = two.ask("What is in Rwanda?", documents=[report.id])
    assert {one.document_id for one in (*answer.citations, *answer.nearest)} == {report.id}
    assert two.ask("Where is the hot oven?").citations[0].document_id == "other"


def test_a_limit_leaves_the_others_out_and_changes_nothing_else(two: Engine) -> None:
    query, every = asked(two, "Who bakes bread in Rwanda?"), two.store.chunks
    hits = [(hit.passage, hit.score) for hit in retrieve(query, two.store, every).hits]
    for document in two.documents:
        limited = retrieve(query, two.store, every, [document]).hits
        assert [hit.passage for hit in limited] == [one for one, _ in hits if one.document_id == document]
        expected = [score for one, score in hits if one.document_id == document]
        assert [hit.score for hit in limited] == pytest.approx(expected, rel=1e-5)


def test_among_many_passages_the_nearest_of_those_within_are_scored(
    two: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = asked(two, "Who bakes bread in Rwanda?")
    for documents in ([], ["other"], list(two.documents)):
        expected = retrieve(query, two.store, 3, documents).hits
        with monkeypatch.context() as patched:
            patched.setattr(retrieval, "FEW", 0)
            assert retrieve(query, two.store, 3, documents).hits == expected


def test_in_documents_that_are_not_there_nothing_is_found(two: Engine) -> None:
    assert two.search("What is in Rwanda?", 5, documents=["nowhere"]) == ()
    answer = two.ask("What is in Rwanda?", documents=["nowhere"])
    assert (answer.refusal, answer.citations, answer.nearest) == ("outside", (), ())
