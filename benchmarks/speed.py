"""How long asking and building take beside the encoding they cannot do without, as ratios in one run.

    python benchmarks/speed.py [--rounds 30] [--questions FILE]

Asking is measured warm, question by question, in turn with encoding the same question alone with the model
that its language uses; building in turn with encoding all sentences and chunks alone. Machines are noisy, so
only the medians of ratios taken side by side mean something.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from sstc_chat.corpus.reading import read
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import views_of
from sstc_chat.index.library import open_library
from sstc_chat.rag.engine import Engine, open_engine
from sstc_chat.rag.question import understand
from sstc_chat.rag.retrieval import query_for
from sstc_chat.rag.settings import Settings, load_settings

QUESTIONS = {
    "en": "How many organizations took part in the workshop in Azerbaijan?",
    "fr": "Quand a eu lieu l'atelier de Belgrade ?",
    "es": "¿Cuántos países participan en las iniciativas?",
    "pt": "Onde aconteceu o curso de futuros líderes?",
    "ar": "كم عدد البلدان المشاركة في المبادرات؟",
    "zh": "有多少个国家参与这些倡议？",
    "ru": "Где проходил курс для будущих лидеров?",
}


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30, help="how often each thing is measured")
    parser.add_argument("--questions", type=Path, help="JSON lines of questions, measured together")
    options = parser.parse_args()
    rounds = options.rounds
    settings = load_settings({"home": tempfile.mkdtemp(prefix="sstc-chat-speed-")})
    engine = open_engine(settings, lambda _stage, _done, _total: None)
    print(f"{'':10}{'ask':>10}{'encode':>10}{'ratio':>8}   (milliseconds; medians of {rounds})")
    for language, question in QUESTIONS.items():
        report(language, *side_by_side(*asking(engine, question), rounds))
    if options.questions:
        texts = [json.loads(line)["question"] for line in options.questions.read_text("utf-8").splitlines()]
        pairs = [asking(engine, text) for text in texts]
        first, second = ([pair[side] for pair in pairs] for side in (0, 1))
        report("all", *side_by_side(lambda: run(first), lambda: run(second), max(3, rounds // 10)))
    report("build", *side_by_side(*building(settings, engine), max(3, rounds // 10)))


def asking(engine: Engine, question: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return what asks, and what encodes the same question alone."""
    role = query_for(understand(question), engine.encoders, engine.matcher).role
    return lambda: engine.ask(question), lambda: engine.encoders[role].encode_question(question)


def building(settings: Settings, engine: Engine) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return what builds the index from nothing, and what encodes all its texts alone."""
    reading = read(shipped_report(), settings.chunk_size)
    sentences = [one.text for one in reading.sentences if one.kind != "heading"]
    texts = {
        role: [view for text in sentences for view in views_of(text, encoder.window)]
        + [f"{chunk.context}. {chunk.text}" for chunk in reading.chunks]
        for role, encoder in engine.encoders.items()
    }
    texts["multilingual"] += engine.store.vocabulary.words

    def build() -> None:
        home = Path(tempfile.mkdtemp(prefix="sstc-chat-speed-"))
        with open_library(home) as library:
            library.add([shipped_report()])
            build_index(home, library, engine.encoders, settings.index_settings(), lambda *_: None)

    def encode() -> None:
        for role, encoder in engine.encoders.items():
            encoder.encode_passages(texts[role])

    return build, encode


def side_by_side(
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[float, float, float]:
    """Return the median milliseconds of each, and the median of their ratios taken in turn."""
    first(), second()
    pairs = [(milliseconds(first), milliseconds(second)) for _ in range(rounds)]
    ratio = statistics.median(one / other for one, other in pairs)
    one, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    return one, other, ratio


def run(actions: Iterable[Callable[[], object]]) -> None:
    """Do one after the other."""
    for action in actions:
        action()


def milliseconds(action: Callable[[], object]) -> float:
    """Return how long `action` takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def report(name: str, first: float, second: float, ratio: float) -> None:
    """Print one line."""
    print(f"{name:10}{first:10.1f}{second:10.1f}{ratio:8.2f}")


if __name__ == "__main__":
    main()
