"""Find a quote again in a text that may have changed since: word for word, or what is nearest to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from sstc_chat.corpus.mapped import MappedText
from sstc_chat.corpus.markup import plain, without_markup
from sstc_chat.corpus.reading import read
from sstc_chat.corpus.spans import spans_of
from sstc_chat.corpus.types import Document, Sentence, Span, Spans
from sstc_chat.rag.records.selectors import AROUND

# Of 100, by rapidfuzz's `ratio`. No two sentences of the shipped report are nearer to each other than 55;
# with three of ten words exchanged, nineteen in twenty are above 63.
NEAR = 60.0
# A quote is compared by this many characters at most.
LONGEST_COMPARED = 5_000


@dataclass(frozen=True)
class Sought:
    """A quote as a record knows it.

    Attributes
    ----------
    quote
        As it reads, white space collapsed.
    start
        Where it stood in the source.
    pieces
        Its source characters, one text for each span; empty where the record lacks them.
    prefix, suffix
        The source characters around it.
    """

    quote: str
    start: int
    pieces: tuple[str, ...] = ()
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Place:
    """Where something stands in a document, and how it reads."""

    document: Document
    spans: Spans
    text: str
    likeness: float = 100.0


class Searched:
    """A document in which quotes are looked for. What that takes is worked out once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sha256 = document.sha256

    def says(self, spans: Spans) -> str:
        """Return how the source reads at `spans`."""
        return plain("".join(self.document.text[start:end] for start, end in spans))

    def find(self, sought: Sought) -> Place | None:
        """Return where the quote stands word for word.

        By its source characters, and where these are not found, as it reads. Of several places it is the one
        with the most of what stood around it, and of those the one nearest to where it was.
        """
        found = [*self._exact(sought)] or [*self._as_it_reads(sought)]
        return self._place(min(found, key=lambda spans: self._strangeness(spans, sought))) if found else None

    def nearest(self, sought: Sought) -> Place | None:
        """Return the sentences that are most like the quote; None where none is."""
        from rapidfuzz import fuzz, process

        runs = list(_runs(self._sentences, len(sought.quote)))
        texts = (" ".join(one.text for one in run)[:LONGEST_COMPARED] for run in runs)
        best = process.extractOne(
            sought.quote[:LONGEST_COMPARED], texts, scorer=fuzz.ratio, score_cutoff=NEAR
        )
        if best is None:
            return None
        spans = _joined([span for sentence in runs[best[2]] for span in sentence.spans], self.document.text)
        return self._place(spans, best[1])

    @cached_property
    def _plain(self) -> tuple[MappedText, dict[Span, Span]]:
        mapped, links = without_markup(self.document.text)
        return mapped.collapse(), links

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        return read(self.document).sentences

    def _exact(self, sought: Sought) -> Iterator[Spans]:
        text = self.document.text
        if not sought.pieces or plain("".join(sought.pieces)) != sought.quote:
            return
        for start in _occurrences(sought.pieces[0], text):
            spans = [(start, start + len(sought.pieces[0]))]
            for piece in sought.pieces[1:]:
                behind = text.find(piece, spans[-1][1])
                spans.append((behind, behind + len(piece)))
            if all(start >= 0 for start, _ in spans):
                yield tuple(spans)

    def _as_it_reads(self, sought: Sought) -> Iterator[Spans]:
        mapped, links = self._plain
        for start in _occurrences(sought.quote, mapped.text):
            yield spans_of(mapped.slice(start, start + len(sought.quote)), self.document.text, links)

    def _strangeness(self, spans: Spans, sought: Sought) -> tuple[int, int]:
        """Return how little of what is around is as it was, and how far it is from where it was."""
        text, start, end = self.document.text, spans[0][0], spans[-1][1]
        before = _alike(text[max(0, start - AROUND) : start][::-1], sought.prefix[::-1])
        behind = _alike(text[end : end + AROUND], sought.suffix)
        return -before - behind, abs(start - sought.start)

    def _place(self, spans: Spans, likeness: float = 100.0) -> Place:
        return Place(self.document, spans, self.says(spans), likeness)


def _occurrences(piece: str, text: str) -> Iterator[int]:
    start = text.find(piece) if piece else -1
    while start >= 0:
        yield start
        start = text.find(piece, start + 1)


def _alike(one: str, other: str) -> int:
    """Return with how many characters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _runs(sentences: Sequence[Sentence], length: int) -> Iterator[Sequence[Sentence]]:
    """Yield runs of sentences that are about as long as a quote: the last that is not, the first that is."""
    for first in range(len(sentences)):
        last, size = first, -1
        while last < len(sentences) and size < length:
            size += len(sentences[last].text) + 1
            last += 1
        yield sentences[first:last]
        if last - first > 1:
            yield sentences[first : last - 1]


def _joined(spans: Sequence[Span], text: str) -> Spans:
    """Join neighbours with nothing but white space between them."""
    joined = list(spans[:1])
    for start, end in spans[1:]:
        if joined[-1][1] <= start and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
