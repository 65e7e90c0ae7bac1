"""Questions to start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sstc_chat.index.types import Source
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.answerer import Answerer

MOST = 6


def starter_questions(
    engine: Answerer, words: Words, most: int = MOST, documents: Sequence[Source] | None = None
) -> list[str]:
    """Return at most `most` questions: those that come with the `documents`, or their headings'."""
    sources = engine.sources() if documents is None else documents
    given = [question for source in sources for question in _given(source, words.language)]
    return list(dict.fromkeys(given or islice(_from_headings(engine, sources, words), most)))[:most]


def _given(source: Source, language: str) -> list[str]:
    """Return the questions that come with a document: a list, or a list for each language."""
    questions: object = source.metadata.get("questions")
    if isinstance(questions, dict):
        questions = questions.get(language)
    if not isinstance(questions, list):
        return []
    return [question for question in questions if isinstance(question, str) and question.strip()]


def _from_headings(engine: Answerer, sources: Iterable[Source], words: Words) -> Iterator[str]:
    for source in sources:
        for line in engine.lines(source.id):
            if line.kind == "heading" and line.text.casefold() != source.title.casefold():
                yield words("chat.about", subject=line.text)
