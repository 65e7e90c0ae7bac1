"""The gate: a sentence that a model wrote is shown if its quotes bear it out, and else withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sstc_chat.corpus.language import language_of
from sstc_chat.rag.prose.checking.support import Finding, Quoted, Support
from sstc_chat.rag.prose.types import Draft
from sstc_chat.rag.types import AnswerSentence, Withheld

# Fewer words say too little of their language.
ENOUGH_WORDS = 5
ENOUGH_CHARACTERS = 12
LONGEST = 600


class Gate:
    """Checks the sentences of one answer.

    Parameters
    ----------
    support
        Says whether quotes bear out a sentence.
    offered
        The quotes that the model was given, by their numbers.
    language
        That of the answer.

    Attributes
    ----------
    more
        Whether quotes list more than sentences that are shown name.
    """

    def __init__(
        self,
        support: Support,
        offered: Mapping[int, Quoted],
        language: str,
    ) -> None:
        self._support = support
        self._language = language
        self.offered = offered
        self.more = False

    def check(self, draft: Draft) -> AnswerSentence | Withheld:
        """Return the sentence with the quotes that bear it out, or why it is withheld."""
        if len(draft.text) > LONGEST:
            return Withheld(draft.text[:LONGEST], draft.citations, "long")
        if not self._in_language(draft.text):
            return Withheld(draft.text, draft.citations, "language")
        word_for_word = self._quoted(draft)
        if word_for_word:
            return word_for_word
        named = tuple(number for number in draft.citations if number in self.offered)
        first = self._found(draft.text, named) if named else None
        if first and first.supported:
            self.more |= first.more
            return AnswerSentence(draft.text, named, "supported")
        return self._repaired(draft, named) or self._withheld(draft, named, first)

    def _quoted(self, draft: Draft) -> AnswerSentence | None:
        """Return the sentence where it is a whole quote, word for word."""
        for number, quote in self.offered.items():
            if " ".join(quote.text.split()) == draft.text.strip('“”"«»'):
                return AnswerSentence(quote.text, (number,), "quoted")
        return None

    def _repaired(self, draft: Draft, named: tuple[int, ...]) -> AnswerSentence | None:
        """Return the sentence on another quote that bears it out, if one does."""
        others = [number for number in self.offered if (number,) != named]
        found = [(self._found(draft.text, (number,)), number) for number in others]
        good = [(one.probability, number, one.more) for one, number in found if one.supported]
        if not good:
            return None
        _, number, more = max(good)
        self.more |= more
        return AnswerSentence(draft.text, (number,), "supported")

    def _withheld(self, draft: Draft, named: tuple[int, ...], finding: Finding | None) -> Withheld:
        if finding is None:
            return Withheld(draft.text, draft.citations, "uncited" if not draft.citations else "unoffered")
        return Withheld(draft.text, named, finding.reason, finding.missing)

    def _found(self, text: str, numbers: Sequence[int]) -> Finding:
        return self._support.check(text, self._language, [self.offered[number] for number in numbers])

    def _in_language(self, text: str) -> bool:
        if len(text.split()) < ENOUGH_WORDS and len(text) < ENOUGH_CHARACTERS:
            return True
        return language_of(text) == self._language
