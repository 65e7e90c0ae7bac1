"""Cut the text of an answer into what is said, what it rests on, and the words in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sstc_chat.rag.types import Answer, AnswerSentence

OPENING = '“"«„「『'
CLOSING = '”"»“」』'
MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Segment:
    """A stretch of an answer.

    Attributes
    ----------
    text
        The words, without the markers that follow them.
    citations
        The numbers of the markers that follow; empty for words in between.
    quoted
        Whether the words are those of a document.
    """

    text: str
    citations: tuple[int, ...] = ()
    quoted: bool = False


def segments_of(answer: Answer) -> list[Segment]:
    """Return the whole text of `answer`, cut at its sentences.

    Only a marker that follows a sentence and has a citation is taken for one. A `[1]` that stands
    within a quote is part of the quote.
    """
    return [segment for segment in _segments(answer) if segment.text.strip()]


def _segments(answer: Answer) -> Iterator[Segment]:
    known = {citation.number for citation in answer.citations}
    end = 0
    for sentence in answer.sentences:
        match = _pattern(sentence).search(answer.text, end)
        if match is None:
            continue
        yield Segment(answer.text[end : match.start()])
        yield _said(match, sentence, known)
        end = match.end()
    yield Segment(answer.text[end:])


def _pattern(sentence: AnswerSentence) -> re.Pattern[str]:
    """Match a sentence with the quotation marks around it and the markers behind it."""
    words = MARKER.sub("", sentence.text) if sentence.verdict != "quoted" else sentence.text
    return re.compile(
        rf"(?P<words>[{OPENING}]?\s?{re.escape(words.strip())}\s?[{CLOSING}]?)"
        r"(?P<markers>(?:\s*\[\d+\])*)"
    )


def _said(match: re.Match[str], sentence: AnswerSentence, known: set[int]) -> Segment:
    numbers = [int(number) for number in MARKER.findall(match["markers"])]
    return Segment(
        match["words"].strip(),
        tuple(number for number in numbers if number in known and number in sentence.citations),
        sentence.verdict == "quoted",
    )
