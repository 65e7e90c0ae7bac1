"""Questions to go on with: made from what stands near an answer, and tried before they are offered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, product, zip_longest

from sstc_chat.corpus.errors import LimitsError
from sstc_chat.index.traits import MONTH
from sstc_chat.index.types import Line
from sstc_chat.rag.documents.asking import ask_within
from sstc_chat.rag.documents.limits import ALL, Limits, known_within
from sstc_chat.rag.types import Answer, Citation
from sstc_chat.ui.chat.render import LIKELY
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.answerer import Answerer

MOST = 3
# Each is asked of the engine: so many are tried for it to be done in the blink of an eye.
MOST_TRIED = 36
# How many sentences around a quote are near it.
NEAR = 16
# A name is a run of capitalised words within a sentence, at whose start every word has a capital.
UPPER = r"[^\W\d_a-zß-öø-ÿа-я]"
PART = rf"(?:d['’])?{UPPER}\w*(?:['’](?!s\b)\w+)?(?:-{UPPER}\w*)*(?![\w-])"
NAME = re.compile(rf"(?:(?<=[\w,;:] )|(?<=\()){PART}(?: (?:(?:of|for|de|da|do|du|des|del) )?{PART})*")
SHORTEST_NAME = 4


def follow_ups(engine: Answerer, answers: Sequence[Answer], words: Words, limits: Limits = ALL) -> list[str]:
    """Return questions that the documents answer with something that was not shown yet.

    Parameters
    ----------
    engine
        What is asked each of them.
    answers
        Those of the conversation, the latest last; what is near the latest is asked about.
    words
        The words of the language to ask in.
    limits
        The documents to ask; none are left where those that were chosen have gone.
    """
    limits = known_within(limits, engine.sources())
    shown = [citation for answer in answers for citation in answer.citations]
    asked = {answer.question.text.casefold() for answer in answers}
    found: list[str] = []
    latest = [answer for answer in answers[-1:] if answer.refusal in {None, "unsaid"}]
    for question in islice(_candidates(engine, latest, words), MOST_TRIED):
        try:
            answer = ask_within(engine, question, (), limits)
        except LimitsError:
            break
        if question.casefold() not in asked and _is_worth_it(answer, shown):
            found.append(question)
            shown.extend(answer.citations)
        if len(found) == MOST:
            break
    return found


def names_in(text: str) -> list[str]:
    """Return the names within a sentence: capitalised words, not the one that it begins with."""
    names = NAME.findall(text)
    return [name for name in names if len(name) >= SHORTEST_NAME and not MONTH.fullmatch(name)]


def _candidates(engine: Answerer, latest: Iterable[Answer], words: Words) -> Iterator[str]:
    """Yield questions near the latest answer: about two names, then a section, and so on."""
    titles = {source.title.casefold() for source in engine.sources()}
    places = [place for answer in latest for place in (answer.citations or answer.nearest)]
    for place in places[:1]:
        names, sections = _near(engine.lines(place.document_id), place)
        mixed = chain.from_iterable(zip_longest(names[::2], names[1::2], sections))
        subjects = dict.fromkeys(one for one in mixed if one and one.casefold() not in titles)
        yield from (words("chat.about", subject=subject) for subject in subjects)


def _near(lines: Sequence[Line], citation: Citation) -> tuple[list[str], list[str]]:
    """Return the names near a quote, those of several words first, and the sections behind it."""
    start = citation.spans[0][0]
    middle = sum(line.spans[0][0] <= start for line in lines)
    around = sorted(range(len(lines)), key=lambda place: abs(place - middle))[:NEAR]
    spoken = [lines[place].text for place in around if lines[place].kind == "paragraph"]
    names = list(dict.fromkeys(name for text in spoken for name in names_in(text)))
    sections = [line.text for line in lines[middle:] if line.kind == "heading"]
    return sorted(names, key=lambda name: " " not in name), sections


def _is_worth_it(answer: Answer, shown: Iterable[Citation]) -> bool:
    """Whether an answer is called likely right where it is shown, and quotes something that was not shown."""
    seen = list(shown)
    new = [one for one in answer.citations if not any(_overlap(one, other) for other in seen)]
    return bool(new) and answer.confidence >= LIKELY


def _overlap(one: Citation, other: Citation) -> bool:
    pairs = product(one.spans, other.spans) if one.document_id == other.document_id else ()
    return any(start < last and first < end for (start, end), (first, last) in pairs)
