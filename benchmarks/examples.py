"""Questions with known answers, asked as the engine asks them, and what it knew of each candidate."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from near_misses import Fields, NearMisses

from sstc_chat.corpus.language import LANGUAGES
from sstc_chat.corpus.readers import read_file
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.index.builder import build_index
from sstc_chat.index.library import open_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Line
from sstc_chat.rag.choosing.features import candidates_of, features_of
from sstc_chat.rag.choosing.lines import window_of
from sstc_chat.rag.choosing.ranking import choose, rank_sentences
from sstc_chat.rag.choosing.signals import signals_of
from sstc_chat.rag.engine import PASSAGES, Engine
from sstc_chat.rag.models import load_encoders
from sstc_chat.rag.progress import ProgressBar
from sstc_chat.rag.question import understand
from sstc_chat.rag.retrieval import DEPTH, Query, passage_pool, query_for, retrieve
from sstc_chat.rag.settings import load_settings


@dataclass(frozen=True)
class Example:
    """What was known of each candidate, or of an answer, and which are right.

    `group` is the text that the question is on: texts are kept apart in cross-validation. One that was `made`
    teaches and is not measured on.
    """

    set: str
    role: str
    group: str
    features: np.ndarray
    right: np.ndarray
    made: bool = False


@dataclass(frozen=True)
class QuestionSet:
    """Questions on one corpus, whose name is that of its folder."""

    name: str
    engine: Engine
    questions: Sequence[Fields]


def open_set(folder: Path | None, questions: Path, homes: Path) -> QuestionSet:
    """Return the questions of a file on the corpus of `folder`, or on the shipped report."""
    name = folder.name if folder else "report"
    settings = load_settings({"home": homes / name}, environment={})
    encoders = load_encoders(settings)
    with open_library(settings.home) as library:
        if not len(library):
            library.add(read_file(folder / "corpus.jsonl") if folder else [shipped_report()])
        progress = ProgressBar()
        build_index(settings.home, library, encoders, settings.index_settings(), progress)
        progress.close()
    rows = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    engine = Engine(open_store(settings.home, encoders, settings.index_settings()), encoders)
    asked = [row for row in rows if row.get("split", "train") == "train" and row["lang"] in LANGUAGES]
    return QuestionSet(name, engine, asked)


def passage_examples(asked: QuestionSet) -> Iterator[Example]:
    """Yield for each answerable question the passages of its pool; those of its documents are right."""
    for row in asked.questions:
        if not row["answerable"] or "gold_doc_ids" not in row:
            continue
        query = _query(asked, row)
        pool = passage_pool(query, asked.engine.store, DEPTH)
        passages = asked.engine.store.passages(pool.numbers)
        right = np.array([passages[one].document_id in row["gold_doc_ids"] for one in pool.numbers])
        yield Example(asked.name, query.role, _group(row), pool.features, right)


def sentence_examples(asked: QuestionSet) -> Iterator[Example]:
    """Yield for each answerable question its candidate sentences; those that hold its answer are right."""
    for row in asked.questions:
        if not row["answerable"]:
            continue
        query = _query(asked, row)
        found = retrieve(query, asked.engine.store, PASSAGES, _page(row))
        candidates = candidates_of(query, found, asked.engine.store)
        right = _right(asked, row, candidates.evidence.numbers.tolist())
        yield Example(asked.name, query.role, _group(row), features_of(query, found, candidates), right)


def line_examples(asked: QuestionSet) -> Iterator[Example]:
    """Yield for each question whose lines are known the lines of its page, each with those around it."""
    for row in asked.questions:
        if not row["answerable"] or "answer_lines" not in row:
            continue
        query = _query(asked, row)
        ranking = rank_sentences(
            query, retrieve(query, asked.engine.store, PASSAGES, _page(row)), asked.engine.store
        )
        evidence = ranking.candidates.evidence
        right = _right(asked, row, evidence.numbers.tolist())
        window = window_of(ranking.scores, evidence)
        yield Example(asked.name, query.role, _group(row), window[evidence.lines], right[evidence.lines])


def answer_examples(asked: QuestionSet, near_misses: NearMisses) -> Iterator[Example]:
    """Yield the signals of each answer.

    A question with a short answer is asked without its documents, too; and near misses are made of it.
    """
    for row in asked.questions:
        others = [one for one in asked.engine.documents if one not in row.get("gold_doc_ids", ())]
        yield from _answer(asked, row, _page(row))
        if "answers" in row:
            yield from _answer(asked, {**row, "answerable": False}, others)
        if row["answerable"] and "answer_lines" not in row and not row.get("history"):
            for made in near_misses.of(row):
                yield from _answer(asked, made, (), made=True)


def _answer(
    asked: QuestionSet, row: Fields, documents: Collection[str], *, made: bool = False
) -> Iterator[Example]:
    query = _query(asked, row)
    found = retrieve(query, asked.engine.store, PASSAGES, documents)
    ranking = rank_sentences(query, found, asked.engine.store)
    chosen = choose(ranking)
    if chosen and query.terms.words:
        right = row["answerable"] and _right(asked, row, ranking.numbers(chosen)).any()
        signals = signals_of(query, found, ranking, chosen)
        yield Example(asked.name, query.role, _group(row), signals, np.array(right), made)


def _query(asked: QuestionSet, row: Fields) -> Query:
    question = understand(row["question"], row.get("history", ()))
    return query_for(question, asked.engine.encoders, asked.engine.matcher)


def _page(row: Fields) -> Collection[str]:
    """Return what a question is limited to: its page, where the lines that answer are known."""
    return row["gold_doc_ids"] if "answer_lines" in row else ()


def _group(row: Fields) -> str:
    return str(row["gold_doc_ids"][0]).split("-")[0] if "gold_doc_ids" in row else row["question"]


def _right(asked: QuestionSet, row: Fields, numbers: Sequence[int]) -> np.ndarray:
    """Return which of the sentences `numbers` hold (a piece of) the answer."""
    lines = asked.engine.store.lines(numbers)
    return np.array([_holds(asked, row, lines[number]) for number in numbers], dtype=bool)


def _holds(asked: QuestionSet, row: Fields, line: Line) -> bool:
    if "evidence" in row:
        pieces = [text for one in row["evidence"] for text in ([one] if isinstance(one, str) else one)]
        return any(piece in line.text for piece in pieces)
    if line.document_id not in row["gold_doc_ids"]:
        return False
    if "answers" in row:
        return any(text in line.text for text in row["answers"])
    source = asked.engine.store.characters(line.document_id, ((0, line.spans[-1][1]),))
    first = source.count("\n", 0, line.spans[0][0])
    return any(first <= one <= source.count("\n") for one in row["answer_lines"])
