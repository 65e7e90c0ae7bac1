from __future__ import annotations

import json

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.output import answer_object, answer_text, hits_object, hits_text

CITATION = {
    *("number", "quote", "document_id", "document_title", "document_sha256"),
    *("section", "page", "spans"),
}


def test_an_answer_has_the_fields_that_others_script_against(engine: Engine) -> None:
    answer = json.loads(json.dumps(answer_object(engine.ask("What is Ejo Heza?"), "q1")))
    assert list(answer) == [
        *("id", "question", "standalone_question", "language", "refused", "refusal", "text", "confidence"),
        *("sentences", "citations", "nearest", "fingerprint", "milliseconds", "limits"),
        *("withheld", "note"),
    ]
    assert (answer["id"], answer["language"]) == ("q1", "en")
    assert (answer["refused"], answer["refusal"]) == (False, None)
    assert set(answer["citations"][0]) == CITATION
    assert answer["citations"][0]["section"] == ["Africa"]
    assert answer["citations"][0]["page"] is None
    assert answer["citations"][0]["spans"] == [[6990, 7272]]
    assert answer["sentences"][0]["citations"] == [1]
    assert answer["sentences"][0]["verdict"] == "quoted"
    assert answer["milliseconds"]["total"] > 0


def test_a_refusal_has_the_nearest_passages(engine: Engine) -> None:
    answer = answer_object(engine.ask("Write me a poem about the sea."))
    assert (answer["refused"], answer["refusal"]) == (True, "outside")
    assert (answer["citations"], answer["sentences"]) == ([], [])
    assert [set(one) for one in answer["nearest"]] == [CITATION] * 3


def test_what_is_no_question_is_told_from_what_is_not_answered(engine: Engine) -> None:
    nothing = json.loads(json.dumps(answer_object(engine.ask("Qui est-ce ?"))))
    assert (nothing["refused"], nothing["refusal"], nothing["confidence"]) == (True, "no question", 0)
    assert (nothing["citations"], nothing["nearest"], nothing["sentences"]) == ([], [], [])
    assert answer_object(engine.ask("What is Ejo Heza in 2031?"))["refusal"] == "unsaid"


def test_hits_have_the_fields_that_others_script_against(engine: Engine) -> None:
    found = json.loads(json.dumps(hits_object(engine.search("Ejo Heza", 2), 7)))
    assert found["id"] == 7
    assert [set(hit) for hit in found["hits"]] == [
        {"document_id", "chunk_id", "section", "page", "score", "text", "spans"}
    ] * 2


def test_text_names_the_place_of_every_quote(engine: Engine) -> None:
    answer = engine.ask("What is Ejo Heza?")
    text = answer_text(answer)
    assert answer.text in text
    assert "[1] South-South Cooperation" in text
    assert "Africa; characters 6990–7272" in text
    refusal = answer_text(engine.ask("Write me a poem about the sea."))
    assert refusal.count("characters") == 3
    assert hits_text(engine.search("Ejo Heza", 1)).startswith("1. Africa (ilo-south-south")
