"""What is counted and timed for Prometheus; nothing of it says what anybody asked."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.types import Answer

# Where the buckets of answers and requests end, in seconds.
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The figures of one server. Names and units follow https://prometheus.io/docs/practices/naming/."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._questions = Counter(
            "sstc_chat_questions",
            "Questions, by language and outcome",
            ["language", "outcome"],
            registry=self.registry,
        )
        self._answering = Histogram(
            "sstc_chat_answer_seconds",
            "From a question to its quotes",
            buckets=SECONDS,
            registry=self.registry,
        )
        self._sentences = Counter(
            "sstc_chat_prose_sentences", "Sentences of a language model", ["verdict"], registry=self.registry
        )
        self._notes = Counter(
            "sstc_chat_language_model_notes", "Why prose was not the answer", ["note"], registry=self.registry
        )
        self._requests = Histogram(
            "sstc_chat_request_seconds",
            "Requests over HTTP",
            ["kind", "status"],
            buckets=SECONDS,
            registry=self.registry,
        )

    def question(self, language: str, outcome: str, seconds: float) -> None:
        """Count a question; `outcome` is answered, refused, failed, busy or limited."""
        self._questions.labels(language, outcome).inc()
        if outcome in {"answered", "refused"}:
            self._answering.observe(seconds)

    def prose(self, answer: Answer) -> None:
        """Count what became of the sentences of a language model, once they are whole."""
        self._sentences.labels("shown").inc(sum(one.verdict == "supported" for one in answer.sentences))
        self._sentences.labels("withheld").inc(len(answer.withheld))
        if answer.note:
            self._notes.labels(answer.note).inc()

    def request(self, kind: str, status: int, seconds: float) -> None:
        """Time a request, from its head to its last byte."""
        self._requests.labels(kind, str(status)).observe(seconds)

    def read(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """Have a figure read whenever somebody looks."""
        Gauge(f"sstc_chat_{name}", meaning, registry=self.registry).set_function(value)


def serve_metrics(metrics: Metrics, host: str, port: int) -> Callable[[], None]:
    """Serve the figures at a port of their own, which readers do not reach; return what stops that.

    Raises
    ------
    SettingsError
        If the port is in use, or the host is none of this machine.
    """
    try:
        server, thread = start_http_server(port, host, metrics.registry)
    except OSError as error:
        raise SettingsError(
            f"Metrics cannot be served at {host} port {port}: {error}. "
            "Choose another metrics_port, or 0 for none."
        ) from error

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return stop
