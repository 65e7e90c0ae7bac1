"""Cut a block into sentences.

`sentencex` (Wikimedia, MIT) does it: it knows the abbreviations and full stops of some 300 languages by
rule, so the same text is cut the same way everywhere, needs no model, and is a megabyte. Punkt wants
trained data, spaCy and Stanza a model of their own for each language.
"""

from __future__ import annotations

from collections.abc import Iterator


def sentence_ranges(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the range of each sentence of `text`, without the white space around it.

    Nothing but white space lies outside the ranges.
    """
    from sentencex import segment

    end = 0
    for piece in segment(language, text):
        start = text.index(piece, end) if piece else end
        if text[end:start].strip():
            break
        end = start + len(piece)
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    rest = text[end:]
    if rest.strip():
        yield end + len(rest) - len(rest.lstrip()), end + len(rest.rstrip())
