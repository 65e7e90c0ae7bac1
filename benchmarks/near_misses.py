"""Near misses, made from questions that are answered: a name, or what is asked for, is another question's.

"How many people live in Jacksonville?" becomes "How many people live in Melfi?" and "How many exhibits live
in Jacksonville?". Nobody would ask the second; that every word but one is matched is what it teaches.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.choosing.asked import Asked, asked_by
from sstc_chat.rag.choosing.matching import ASKED_FOR_LAST
from sstc_chat.rag.choosing.terms import is_name, subject_words

Fields = dict[str, Any]
# A language with fewer names than this takes those of English.
ENOUGH = 50


@dataclass(frozen=True)
class NearMisses:
    """Words of other questions, to be put in place of a question's own.

    Attributes
    ----------
    names
        By language.
    asked_for
        By language and by what kind of answer is asked for.
    """

    encoder: Encoder
    names: Mapping[str, Sequence[str]]
    asked_for: Mapping[tuple[str, Asked], Sequence[str]]
    random: random.Random

    def of(self, row: Fields) -> Iterator[Fields]:
        """Yield `row` with a name, and with what is asked for, exchanged; nothing answers either."""
        question, language = row["question"], row["lang"]
        words = subject_words(question, language, self.encoder)
        names = [word for word in words if is_name(word, question)]
        others = self.names.get(language, ())
        others = others if len(others) > ENOUGH else self.names["en"]
        kinds = self.asked_for.get((language, asked_by(question)), ())
        last = language in ASKED_FOR_LAST
        exchanges = [(self.random.choice(names), others)] if names else []
        exchanges += [(words[-1 if last else 0], kinds)] if len(words) > 1 else []
        for word, choices in exchanges:
            new = [one for one in choices if one.lower() not in question.lower()]
            if new:
                made = question.replace(word, self.random.choice(new), 1)
                yield {**row, "question": made, "answerable": False}


def near_misses_from(questions: Sequence[Fields], encoder: Encoder) -> NearMisses:
    """Return what makes near misses with words of `questions`."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    asked_for: defaultdict[tuple[str, Asked], list[str]] = defaultdict(list)
    for row in questions:
        question, language = row["question"], row["lang"]
        words = subject_words(question, language, encoder)
        names[language] += [word for word in words if word.isalpha() and is_name(word, question)]
        if words:
            word = words[-1 if language in ASKED_FOR_LAST else 0]
            asked_for[language, asked_by(question)].append(word)
    return NearMisses(encoder, names, asked_for, random.Random(0))  # noqa: S311 - nothing secret
