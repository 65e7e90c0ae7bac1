"""The source texts of an index: which lines a quote touches, and whether a citation is exact."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from itertools import accumulate

from sstc_chat.corpus.markup import plain
from sstc_chat.corpus.types import Spans
from sstc_chat.index.store import Store
from sstc_chat.rag.evaluation.types import Excerpt
from sstc_chat.rag.types import Citation

# More characters than any document can have.
WHOLE = ((0, 1 << 30),)


class Sources:
    """The source texts of a store, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[str, str] = {}

    def text(self, document_id: str) -> str:
        """Return the whole source text of a document."""
        if document_id not in self._texts:
            self._texts[document_id] = self._store.characters(document_id, WHOLE)
        return self._texts[document_id]

    def excerpt(self, citation: Citation) -> Excerpt:
        """Return a citation as an excerpt."""
        lines = lines_of(self.text(citation.document_id), citation.spans)
        return Excerpt(citation.document_id, " ".join(citation.quote.split()), lines)

    def is_exact(self, citation: Citation) -> bool:
        """Whether a citation's quote is what the source says at its spans, and the source is the one named.

        Asked of the whole text and not of the engine, which has checked the same in its own way.
        """
        text = self.text(citation.document_id)
        inside = all(0 <= start < end <= len(text) for start, end in citation.spans)
        said = plain("".join(text[start:end] for start, end in citation.spans))
        named = hashlib.sha256(text.encode()).hexdigest() == citation.document_sha256
        return inside and named and bool(said) and said == " ".join(citation.quote.split())


def lines_of(text: str, spans: Spans) -> frozenset[int]:
    r"""Return the numbers, from 0, of the lines of `text` in which a character of `spans` stands.

    Lines end at line feeds only, as in `text.split("\n")`. White space does not count, so that a span which
    runs on over blank lines does not touch them.
    """
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    touched = set()
    for start, end in spans:
        for line in range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)):
            if text[max(start, starts[line]) : min(end, starts[line + 1])].strip():
                touched.add(line)
    return frozenset(touched)
