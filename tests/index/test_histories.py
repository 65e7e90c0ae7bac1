"""However a library came to hold its documents, it answers as one that was made of them from nothing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.types import Document
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.library import open_library
from sstc_chat.index.ragged import Ragged
from sstc_chat.index.store import Store, open_store

if TYPE_CHECKING:
    from tests.index.conftest import Make

SETTINGS = {"chunk_size": 120}
# Texts share sentences and whole paragraphs, so that scores are tied and vectors known.
TEXTS = [
    "Care work is informal. The fund has 5 million. It pays for study tours in Kenya.",
    "The fund has 5 million.\n\nA forum met in Geneva, and ministers from many lands spoke. It went well.",
    "A forum met in Geneva, and ministers from many lands spoke. It went well.",
    "# Care\n\nCare work is informal.\n\n# Money\n\nThe FUND has 7 million in Kenya. Le fonds aussi.",
]
QUESTIONS = ["the fund in Kenya", "care", "Which forum met?", "5 million"]
NAMES = ["a", "b", "c", "d", "e"]


class BrokenOffError(Exception):
    """What a change is broken off with."""


def document(name: str, text: int) -> Document:
    return Document(name, f"Report {text}", TEXTS[text], "en")


puts = st.tuples(st.just("put"), st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3), max_size=3))
removals = st.tuples(st.just("remove"), st.lists(st.sampled_from(NAMES), max_size=2))
others = st.tuples(st.sampled_from(["bring back", "anew", "break off"]), st.none())
Step = tuple[str, dict[str, int] | list[str] | None]


def apply(home: Path, encoders: Mapping[str, Encoder], step: Step) -> None:
    what, value = step
    try:
        with open_library(home) as library:
            if what == "put" and isinstance(value, dict):
                library.add(document(name, text) for name, text in value.items())
            for name in value if what == "remove" and value else ():
                library.remove(name)
            if what == "bring back":
                library.bring_back()
            if what == "break off":
                library.remove("a")
                library.add([document("b", 0)])
                raise BrokenOffError
            build_index(home, library, encoders, SETTINGS, lambda *_: None, anew=what == "anew")
    except BrokenOffError:
        pass


def lists(ragged: Ragged) -> list[list[int]]:
    """Return lists of words, whose order says nothing."""
    return [sorted(ragged[place].tolist()) for place in range(len(ragged))]


def answers(store: Store, encoders: Mapping[str, Encoder]) -> list[object]:
    """Return all that the engine can read of an index, for some questions."""
    said: list[object] = [store.vocabulary.words, store.vocabulary.chunks.tolist(), store.chunks]
    documents = sorted((one.id, one.sha256) for one in store.sources())
    every = sorted(store.chunks_of(name for name, _ in documents))
    said += [documents, list(store.passages(every).values()), lists(store.chunk_words(every))]
    lines = [line for name, _ in documents for line in store.document_lines(name)]
    said.append(lines)
    for question in QUESTIONS:
        vectors = {role: one.encode_question(question) for role, one in encoders.items()}
        for top in (1, 3, 50):
            said += [store.nearest(role, vector, top) for role, vector in vectors.items()]
            said.append(store.matching(question.lower().split(), top))
        evidence = store.evidence([line.number for line in lines], vectors)
        said += [evidence.numbers.tolist(), evidence.following.tolist(), evidence.traits.tolist()]
        said += [lists(one) for one in (evidence.words, evidence.counted, evidence.context)]
        said += [(one.whole.tolist(), one.best.tolist()) for one in evidence.likeness.values()]
    return said


@given(steps=st.lists(st.one_of(puts, removals, others), max_size=8))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_gives_the_answers_of_a_library_made_from_nothing(steps: list[Step], make: Make) -> None:
    encoders = make.encoders()
    with TemporaryDirectory() as folder:
        lived, new = Path(folder, "lived"), Path(folder, "new")
        for step in [("put", {}), *steps]:
            apply(lived, encoders, step)
        with closing(open_store(lived, encoders, SETTINGS)) as store:
            said = answers(store, encoders)
            names = [one.id for one in store.sources()]
        with open_library(lived) as library:
            kept = {one.id: one for one in library}
        with open_library(new) as library:
            library.add(kept[name] for name in sorted(names, reverse=True))
            build_index(new, library, encoders, SETTINGS, lambda *_: None)
        with closing(open_store(new, encoders, SETTINGS)) as store:
            assert answers(store, encoders) == said
