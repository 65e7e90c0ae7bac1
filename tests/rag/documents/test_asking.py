"""An answer from some documents says of which, wherever it goes; a refusal says that it was not of all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import LimitsError, RecordError
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag.documents.asking import ask_within, limits_of
from sstc_chat.rag.documents.limits import ALL, Limits
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.feedback.gold import keep_question
from sstc_chat.rag.feedback.keeping import send
from sstc_chat.rag.feedback.opinions import Opinion
from sstc_chat.rag.output import answer_object, answer_text
from sstc_chat.rag.records.export.formats import format_of
from sstc_chat.rag.records.record import answer_of, record_of
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.wording import WORDINGS

TEA = "The teapot of Ruritania holds nine cups."
ASKED = "How many cups does the teapot of Ruritania hold?"


@pytest.fixture(scope="module")
def two(
    tmp_path_factory: pytest.TempPathFactory,
    encoders: Mapping[str, Encoder],
    settings: Settings,
    report: Document,
    no_progress: Progress,
) -> Iterator[Engine]:
    """Return an engine on the report, and on what is known of a teapot."""
    home: Path = tmp_path_factory.mktemp("two")
    tea = Document("tea", "Tea", TEA, "en", {"year": "2023"})
    with open_library(home) as library:
        library.add([report, tea])
        build_index(home, library, encoders, settings.index_settings(), no_progress)
    store = open_store(home, encoders, settings.index_settings())
    yield Engine(store, encoders)
    store.close()


def test_what_all_documents_are_asked_is_not_limited(two: Engine) -> None:
    for limits in (ALL, Limits(languages=("en",)), Limits(("tea", *two.documents))):
        answer = ask_within(two, ASKED, (), limits)
        assert answer.limits is None
        assert [one.document_id for one in answer.citations] == ["tea"]
        assert "limits" not in record_of(answer)
        assert answer_object(answer)["limits"] is None


def test_an_answer_from_some_says_from_which(two: Engine) -> None:
    answer = ask_within(two, ASKED, (), Limits(("tea",), (), ("2023",)))
    assert [one.quote for one in answer.citations] == [TEA]
    assert answer.limits
    assert answer.limits.names == ("Tea", "2023")
    assert (answer.limits.asked, answer.limits.of) == (1, 2)
    assert answer.text == ask_within(two, ASKED, (), ALL).text
    assert answer_text(answer).endswith("Documents asked: 1 of 2 (Tea; 2023)")
    assert answer_object(answer)["limits"]["documents"] == {"tea": "Tea"}


@pytest.mark.parametrize("language", WORDINGS)
def test_a_refusal_of_some_is_none_of_the_others(two: Engine, report: Document, language: str) -> None:
    asked = {
        "en": ASKED,
        "fr": "Combien de tasses contient la théière de Ruritanie ?",
        "es": "¿Cuántas tazas contiene la tetera de Ruritania?",
        "pt": "Quantas xícaras contém o bule de chá da Ruritânia?",
        "ar": "كم كوبا يسع إبريق الشاي في روريتانيا؟",
        "zh": "鲁里坦尼亚的茶壶能装几杯茶？",
        "ru": "Сколько чашек вмещает чайник Руритании?",
    }[language]
    refused = ask_within(two, asked, (), Limits((report.id,)))
    assert refused.refused
    assert refused.question.language == language
    assert refused.text.endswith(WORDINGS[language].limited.format(asked=1, of=2))
    assert {one.document_id for one in refused.nearest} <= {report.id}


def test_the_limits_go_with_the_record_and_can_be_asked_again(two: Engine) -> None:
    answer = ask_within(two, ASKED, (), Limits(("tea",), ("en",)))
    record = json.loads(json.dumps(record_of(answer)))
    kept = answer_of(record)
    assert kept == answer
    assert limits_of(kept.limits) == Limits(("tea",), ("en",))
    assert limits_of(None) == ALL
    with pytest.raises(RecordError, match=r"limits\.asked"):
        answer_of({**record, "limits": {**record["limits"], "asked": "one"}})


def test_an_export_says_what_was_asked(two: Engine) -> None:
    record = record_of(ask_within(two, ASKED, (), Limits(("tea",), ("en",))))
    markdown = format_of(".md").make([record], "en").decode()
    assert "\n\nDocuments asked: 1 of 2 (Tea; en)\n\n" in markdown


def test_what_is_not_there_is_told(two: Engine) -> None:
    with pytest.raises(LimitsError, match="no document 'coffee'"):
        ask_within(two, ASKED, (), Limits(("coffee",)))


def test_of_a_refusal_under_limits_no_refusal_is_made_that_all_must_give(
    two: Engine, report: Document, tmp_path: Path
) -> None:
    record = record_of(ask_within(two, "Tell a tale of pirates.", (), Limits((report.id,))))
    send(tmp_path, Opinion(good=True, record=record, history=()))
    with pytest.raises(RecordError, match="some documents only"):
        keep_question(tmp_path, 1)
