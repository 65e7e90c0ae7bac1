"""How long a question takes once all is open, beside encoding it alone with the models that it is asked with.

    python benchmarks/performance/warm.py [--rounds 1]

Each question of our own set is asked once, so that none is remembered, right before or behind encoding it
alone: the English ones with both encoders, all others with the multilingual one. Then an index is built of
1,500 passages, beside what its encoders take of that time; apart, one of the two may be luckier.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from rows import Row, keep, ratio

from sstc_chat.corpus.readers import document_from
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.types import Vectors
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import open_engine
from sstc_chat.rag.question import understand
from sstc_chat.rag.settings import Settings, load_settings

QUESTIONS = Path(__file__).parents[1] / "questions" / "report.jsonl"
PASSAGES, CHARACTERS, LONGEST = 1500, 500, 750


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1, help="how often the index is built, or not at all")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"home": folder}, environment={})
        engine = open_engine(settings, lambda *_: None)
        keep("warm", asking(engine), ["Each question is asked once; the floor is encoding it alone."])
        if rounds:
            keep("building", [building(settings, engine, rounds)])


def asking(engine: Engine) -> list[Row]:
    """Return how long questions take, by language and all together."""
    measured: dict[str, list[tuple[float, float]]] = {}
    for place, line in enumerate(QUESTIONS.read_text("utf-8").splitlines()):
        said = json.loads(line)
        measured.setdefault(said["lang"], []).append(
            of_question(engine, said["question"], first=place % 2 == 0)
        )
    measured["all"] = [pair for pairs in measured.values() for pair in pairs]
    return [row(f"warm `ask`, {language} (n {len(pairs)})", pairs) for language, pairs in measured.items()]


def of_question(engine: Engine, text: str, *, first: bool) -> tuple[float, float]:
    """Return how many milliseconds asking and encoding take; `first` says which comes first."""
    roles = ["multilingual", "english"] if understand(text).language == "en" else ["multilingual"]

    def encode() -> object:
        return [engine.encoders[role].encode_passages([text]) for role in roles]

    if first:
        return milliseconds(lambda: engine.ask(text)), milliseconds(encode)
    other = milliseconds(encode)
    return milliseconds(lambda: engine.ask(text)), other


class Timed:
    """An encoder that notes how many milliseconds it takes."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.checksum = encoder.name, encoder.checksum
        self.dimension, self.window = encoder.dimension, encoder.window
        self.pieces, self.encode_question = encoder.pieces, encoder.encode_question
        self.taken = 0.0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return what the encoder returns."""
        start = time.perf_counter()
        vectors = self._encoder.encode_passages(texts)
        self.taken += (time.perf_counter() - start) * 1000
        return vectors


def building(settings: Settings, engine: Engine, rounds: int) -> Row:
    """Return how long building an index takes, beside what its encoders take meanwhile."""
    documents = list(islice(drawn(), PASSAGES))
    pairs = []
    for _ in range(rounds):
        encoders = {role: Timed(one) for role, one in engine.encoders.items()}
        home = Path(tempfile.mkdtemp(dir=settings.home))
        start = time.perf_counter()
        with open_library(home) as library:
            library.add(documents)
            build_index(home, library, encoders, settings.index_settings(), lambda *_: None)
        taken = (time.perf_counter() - start) * 1000
        pairs.append((taken, sum(one.taken for one in encoders.values())))
    return row(f"building the index of {PASSAGES:,} passages", pairs, "≤ 1.15")


def drawn() -> Iterator[Document]:
    """Yield texts of one passage each: sentences of the report, each with its words in another order."""
    sentences = [one.text for one in read(shipped_report()).sentences if one.kind == "paragraph"]
    chance = random.Random(0)  # noqa: S311 - chance, not secrets
    while True:
        said = ""
        while len(said) < CHARACTERS:
            words = chance.choice(sentences).rstrip(".").split()
            said += " ".join(chance.sample(words, len(words))).capitalize() + ". "
        yield document_from(said[:LONGEST], name="drawn")


def row(what: str, pairs: Sequence[tuple[float, float]], required: str = "≤ 1.3") -> Row:
    """Return pairs of milliseconds as a row."""
    ours, floor = zip(*pairs, strict=True)
    middle, least = (f"{statistics.median(side):.2f} ms" for side in (ours, floor))
    return Row(what, middle, least, ratio(ours, floor), required)


def milliseconds(action: Callable[[], object]) -> float:
    """Return how long `action` takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
