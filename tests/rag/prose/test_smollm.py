"""A real language model behind a real server: small, and inventing freely."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.prose.checking.support import Support
from sstc_chat.rag.prose.model import open_model
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.rag.types import Answer

SERVER = Path(__file__).parents[3] / "benchmarks" / "smollm.py"
QUESTIONS = [
    "When was the workshop in Baku?",
    "How many countries are engaged by these initiatives?",
    "Which countries does the social protection project assist?",
    "What is REMPE?",
    "What is the aim of the Summer University?",
    "¿Qué es la iniciativa regional contra el trabajo infantil?",
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    pytest.importorskip("xllamacpp", reason="llama.cpp's server is not installed")
    started = subprocess.Popen(
        [sys.executable, str(SERVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert started.stdout
    yield started.stdout.readline().strip()
    started.communicate(timeout=30)


@pytest.fixture(scope="module")
def writer(address: str, encoders: dict[str, Encoder]) -> Writer:
    return Writer(open_model(address, "smollm2", "", seconds=120), Support(encoders))


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_figure_and_no_name_is_shown_that_the_quotes_do_not_have(
    question: str, writer: Writer, engine: Engine
) -> None:
    quoted = engine.ask(question)
    answers = list(writer.write(quoted, engine.documents))
    assert answers[-1].note in {"", "unsupported", "endless"}
    for answer in answers:
        _check(answer, quoted)


def _check(answer: Answer, quoted: Answer) -> None:
    """Check by a rule of its own: what has digits or a capital stands in a quote that is cited."""
    assert answer.citations == quoted.citations
    quotes = {one.number: one.quote for one in quoted.citations}
    for sentence in answer.sentences:
        said = " ".join(quotes[number] for number in sentence.citations)
        assert set(re.findall(r"\d+", sentence.text)) <= set(re.findall(r"\d+", said))
        if answer.question.language == "en":
            names = re.findall(r"(?<=[a-z,;] )[A-Z]\w+", sentence.text)
            assert [name for name in names if name.lower() not in said.lower()] == []
