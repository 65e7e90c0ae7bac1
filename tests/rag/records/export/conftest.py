"""A conversation with all there is to set: quotes, prose, a refusal, several languages, markup as text."""

from __future__ import annotations

from typing import Any

import pytest

from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, Question

HOSTILE = "# <b>*No*</b> [link](javascript:x) `code` & | $x$ ]]> _end_ \x07\x1b[31m"
TEA, CAFE = "a" * 64, "b" * 64


def cited(number: int, quote: str, title: str = "On tea", **changes: Any) -> Citation:  # noqa: ANN401
    fields = {"section": ("Prices", "Cups"), "page": 7, "spans": ((10, 20), (25, 30)), "sum": TEA, **changes}
    return Citation(
        number=number,
        quote=quote,
        document_id=title.lower(),
        document_title=title,
        document_sha256=fields["sum"],
        section=fields["section"],
        page=fields["page"],
        spans=fields["spans"],
    )


def answer(question: Question, text: str, *said: AnswerSentence, **changes: Any) -> Answer:  # noqa: ANN401
    fields: dict[str, Any] = {"refusal": None, "citations": (), "nearest": (), **changes}
    refusal, citations, nearest = (fields[name] for name in ("refusal", "citations", "nearest"))
    return Answer(question, refusal, text, 0.9, said, citations, nearest, {}, {})


@pytest.fixture(scope="session")
def conversation() -> list[dict[str, Any]]:
    tea = "A cup of green tea costs five dollars in most of the towns of the country [3]."
    cafe = "Le café est servi avec du lait et du sucre dans la plupart des villes du pays."
    quoted = answer(
        Question("How much is tea?", "How much is tea?", "en"),
        f"It says: “{tea}” [1] “{cafe}” [2]",
        AnswerSentence(tea, (1,), "quoted"),
        AnswerSentence(cafe, (2,), "quoted"),
        citations=(cited(1, tea), cited(2, cafe, "Du café", sum=CAFE, page=None, section=())),
    )
    prose = answer(
        Question("وماذا عن القهوة؟", "ما هو سعر القهوة؟", "ar"),
        "سعر الشاي خمسة دولارات. [1] [2]",
        AnswerSentence("سعر الشاي خمسة دولارات.", (1, 2), "supported"),
        citations=(cited(1, tea), cited(2, HOSTILE)),
    )
    hostile = Question(HOSTILE, HOSTILE, "en")
    refused = answer(hostile, "The reports do not say this.", refusal="unsaid", nearest=(cited(1, tea),))
    return [record_of(one) for one in (quoted, prose, refused)]
