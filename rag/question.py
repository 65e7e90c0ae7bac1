"""Understand a question: whether it is one, its language, and whether it leans on the last one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.corpus.functionwords import LEANING, OPENING, is_function_word
from sstc_chat.corpus.language import language_of
from sstc_chat.index.vocabulary import surface_words
from sstc_chat.rag.types import Question

LONGEST = 2000
# Fewer words of content than this say too little to stand alone ("Who participated?").
ENOUGH_CONTENT = 2
UNSPACED = ("zh",)
SPELLED = re.compile(r"\w[\w'’-]*")
# Between "what" or "who" and what is asked about, an Arabic pronoun is a verb: "What is MIRTI?"
JOINING = re.compile(r"\b(ما|من) (?:هو|هي|هم)\b")


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
        context = _context(earlier)
        context = renamed(context, question) if opens(question, language) else context
        return Question(text, f"{context} {question}", language)
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
    words = surface_words(JOINING.sub(r"\1", question.lower()))
    if not words or opens(question, language):
        return True
    if any(word in LEANING.get(language, ()) for word in words):
        return True
    content = [word for word in words if not is_function_word(word, language)]
    named = any(word[0].isupper() for word in surface_words(question)[1:])
    return len(content) < ENOUGH_CONTENT and not named


def opens(question: str, language: str) -> bool:
    """Whether a question begins as one that goes on from another: "And in Africa?"."""
    opening = OPENING.get(language, ())
    lower = question.lower().lstrip("¿¡\"'“« ")
    if language in UNSPACED:
        return any(word in opening for word in surface_words(lower)[:1])
    return any(lower.startswith(one) and not lower[len(one) :][:1].isalnum() for one in opening)


def renamed(context: str, question: str) -> str:
    """Return `context` with its name in place of which `question` puts another.

    "What is done in Kenya?", then "And in Rwanda?": the first is asked again with the names exchanged.
    The name that is exchanged stands behind the same word, or is the only one.
    """
    new, old = name_runs(question), name_runs(context)
    alike = [one for one in old if new and one.before == new[0].before] or old
    if len(new) != 1 or len(alike) != 1:
        return context
    name = question[new[0].start : new[0].end]
    return context[: alike[0].start] + name + context[alike[0].end :]


@dataclass(frozen=True)
class NameRun:
    """Capitalised words that follow on one another, from `start` to `end`, and the word before them."""

    before: str
    start: int
    end: int


def name_runs(question: str) -> list[NameRun]:
    """Return the runs of capitalised words; the first word is capitalised for where it stands."""
    runs: list[NameRun] = []
    for before, word in pairwise(SPELLED.finditer(question)):
        if not word.group()[0].isupper():
            continue
        if runs and runs[-1].end == before.end() and question[before.end() : word.start()].isspace():
            runs[-1] = replace(runs[-1], end=word.end())
        else:
            runs.append(NameRun(before.group(), word.start(), word.end()))
    return runs
