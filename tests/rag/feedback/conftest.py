"""Records of one answer and one refusal, as the engine gives them."""

from __future__ import annotations

from typing import Any

import pytest

from sstc_chat.rag.engine import Engine
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.records.selectors import annotated

Record = dict[str, Any]


@pytest.fixture(scope="session")
def answered(engine: Engine) -> Record:
    return annotated(record_of(engine.ask("What is Ejo Heza?")), engine.store)


@pytest.fixture(scope="session")
def followed(engine: Engine) -> Record:
    """Return the record of an answer to a follow-up."""
    answer = engine.ask("And in Rwanda?", ["What was done in Kenya?"])
    assert answer.question.standalone != answer.question.text
    return annotated(record_of(answer), engine.store)


@pytest.fixture(scope="session")
def refused(engine: Engine) -> Record:
    record = annotated(record_of(engine.ask("Write me a poem about the sea.")), engine.store)
    assert record["refusal"]
    return record
