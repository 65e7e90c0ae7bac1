"""The figures for operators, as Prometheus reads them; nothing that somebody asked is in them."""

from __future__ import annotations

import socket
import urllib.request
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.types import AnswerSentence, Withheld
from sstc_chat.ui.operating.metrics import Metrics, serve_metrics

if TYPE_CHECKING:
    from tests.ui.conftest import Make


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def read(metrics: Metrics) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Return what Prometheus would read over HTTP."""
    port = free_port()
    stop = serve_metrics(metrics, "127.0.0.1", port)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as page:
            text = page.read().decode()
    finally:
        stop()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_questions_are_counted_by_language_and_outcome() -> None:
    metrics = Metrics()
    for language, outcome in (("en", "answered"), ("en", "answered"), ("ar", "refused"), ("en", "busy")):
        metrics.question(language, outcome, 0.04)
    found = read(metrics)
    assert found["sstc_chat_questions_total", (("language", "en"), ("outcome", "answered"))] == 2
    assert found["sstc_chat_questions_total", (("language", "ar"), ("outcome", "refused"))] == 1
    assert found["sstc_chat_answer_seconds_count", ()] == 3  # who was not answered took no time
    assert found["sstc_chat_answer_seconds_bucket", (("le", "0.05"),)] == 3
    assert found["sstc_chat_answer_seconds_bucket", (("le", "0.025"),)] == 0


def test_sentences_that_were_withheld_are_counted(make: Make) -> None:
    metrics = Metrics()
    withheld = (Withheld("No.", (1,), "unsupported"), Withheld("Never.", (), "uncited"))
    sentences = (AnswerSentence("It began.", (1,), "supported"), AnswerSentence("x", (1,), "quoted"))
    metrics.prose(replace(make.answer("When?"), sentences=sentences, withheld=withheld, note="slow"))
    found = read(metrics)
    assert found["sstc_chat_prose_sentences_total", (("verdict", "shown"),)] == 1
    assert found["sstc_chat_prose_sentences_total", (("verdict", "withheld"),)] == 2
    assert found["sstc_chat_language_model_notes_total", (("note", "slow"),)] == 1


def test_a_figure_is_read_when_somebody_looks() -> None:
    metrics, waiting = Metrics(), [3]
    metrics.read("waiting", "Questions that wait", lambda: waiting[0])
    assert read(metrics)["sstc_chat_waiting", ()] == 3
    waiting[0] = 5
    assert read(metrics)["sstc_chat_waiting", ()] == 5


def test_a_port_in_use_is_named_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port}.*metrics_port"):
            serve_metrics(Metrics(), "127.0.0.1", port)
