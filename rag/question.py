"""Understand a question: whether it is one, its language, and whether it leans on the last one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.corpus.language import language_of
from sstc_chat.index.lexical import words_of
from sstc_chat.rag.functionwords import LEANING, OPENING, is_function_word
from sstc_chat.rag.types import Question

LONGEST = 2000
# Fewer words of content than this say too little to stand alone ("Who participated?").
ENOUGH_CONTENT = 2


def understand(text: str, history: Sequence[str] = ()) -> Question:
    """Return `text` as a question that stands alone.

    Parameters
    ----------
    text
        As the reader typed it.
    history
        The reader's earlier questions, the latest last.

    Raises
    ------
    QuestionError
        If there is nothing in it to look for, or too much.
    """
    question = clean(text)
    if not any(character.isalnum() for character in question):
        raise QuestionError("The question is empty. Ask something about the reports in words.")
    if len(question) > LONGEST:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most {LONGEST:,} can be answered. "
            "Ask for one thing at a time."
        )
    language = language_of(question)
    earlier = [clean(one)[:LONGEST] for one in history if clean(one)]
    if earlier and leans_on_history(question, language):
        return Question(text, f"{_context(earlier)} {question}", language)
    return Question(text, question, language)


def _context(earlier: Sequence[str]) -> str:
    """Return the latest question that stands alone, or the first one if none does."""
    alone = (one for one in reversed(earlier) if not leans_on_history(one, language_of(one)))
    return next(alone, earlier[0])


def clean(text: str) -> str:
    """Return `text` on one line, without control, format and half characters."""
    kept = (" " if unicodedata.category(character) in {"Cc", "Cs"} else character for character in text)
    return " ".join("".join(kept).split())


def leans_on_history(question: str, language: str) -> bool:
    """Whether a question is only understood from the one before it."""
    words = words_of(question)
    if not words or words[0] in OPENING.get(language, ()):
        return True
    if any(word in LEANING.get(language, ()) for word in words):
        return True
    content = [word for word in words if not is_function_word(word, language)]
    return language in LEANING and len(content) < ENOUGH_CONTENT
