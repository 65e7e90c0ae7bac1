"""The names of a sentence that its quotes do not have, by how the languages of both would spell them.

In one language a name is spelled alike. In another it may be spelled a little otherwise (Augsbourg), be
translated (États), or be written in another script (Белград). Arabic and Chinese mark no names, so there only
what is written in Latin letters is one; countries are known in all languages (`places.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from sstc_chat.index.vocabulary import folded
from sstc_chat.rag.prose.checking.alignment import Alignment, same_stem
from sstc_chat.rag.prose.checking.places import english_names
from sstc_chat.rag.prose.checking.reading import Reading, Word

# In other scripts than the Latin; a name in Latin letters there is copied.
OWN_SCRIPT = ("ar", "zh", "ru")
# Of 890 true sentences in other languages than their quotes these withhold 11; of 1,115 lies, 33 more.
SPELLED_ALIKE, TRANSLATED = 0.75, 0.5


def missing_names(alignment: Alignment) -> Iterator[str]:
    """Yield the names and acronyms that the quote does not have."""
    sentence, quote = alignment.sentence, alignment.quote
    known = [folded(word.text) for word in quote.words]
    known += [
        folded(part)
        for code in {code for code, *_ in quote.places}
        for name in english_names(code)
        for part in name.split()
    ]
    initials = "".join(word.text[0] for word in quote.words).lower()
    taken = {place for _, start, end in sentence.places for place in sentence.within(start, end)}
    for place, word in enumerate(sentence.words):
        spelled = folded(word.text)
        if place in taken or not _is_name(word, sentence) or (word.acronym and spelled in initials):
            continue
        if any(same_stem(spelled, other) for other in known):
            continue
        if sentence.language == quote.language or not _elsewhere(alignment, place, known):
            yield word.text


def _elsewhere(alignment: Alignment, place: int, known: list[str]) -> bool:
    """Whether a name of the sentence may be one of the quote as another language has it."""
    word, language = alignment.sentence.words[place], alignment.sentence.language
    copied = language in OWN_SCRIPT and _is_latin(word.text)
    if not copied and float(alignment.forward[place]) >= TRANSLATED:
        return True
    spelled = _in_latin(word.text)
    matcher = SequenceMatcher(b=spelled, autojunk=False)
    for other in known:
        matcher.set_seq1(_in_latin(other))
        if matcher.quick_ratio() >= SPELLED_ALIKE and matcher.ratio() >= SPELLED_ALIKE:
            return True
    return False


def _in_latin(text: str) -> str:
    from anyascii import anyascii

    return anyascii(text).lower()


def _is_latin(text: str) -> bool:
    return any("a" <= one <= "z" for one in folded(text))


def _is_name(word: Word, sentence: Reading) -> bool:
    """Whether a word has a capital that is not from where it stands."""
    before = sentence.text[: word.start].rstrip(" \"'“‘(«")
    begins = not before or before[-1] in ".!?:;"
    foreign = sentence.language in OWN_SCRIPT and _is_latin(word.text)
    return word.acronym or (word.named and (foreign or not begins))
