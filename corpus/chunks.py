"""Pack sentences into chunks with langchain-text-splitters.

The splitter is given the numbers of the sentences, not their text, and measures a number by the length of
its sentence. So a chunk is a range of sentences by construction: it cannot cut one, and nothing has to
be found again by searching for its text (the splitter's own `add_start_index` does that, and can find
another place where the same words stand).
"""

from __future__ import annotations

from collections.abc import Sequence


def chunk_ranges(lengths: Sequence[int], size: int, overlap: int = 0) -> list[tuple[int, int]]:
    """Return ranges of sentence numbers, each of at most `size` characters where that can be.

    Parameters
    ----------
    lengths
        The number of characters of each sentence. A sentence longer than `size` is a chunk alone.
    size, overlap
        The most characters in a chunk, and the most that it shares with the one before.
    """
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    if not lengths:
        return []
    splitter = RecursiveCharacterTextSplitter(
        separators=[" "],
        chunk_size=size,
        chunk_overlap=overlap,
        length_function=lambda numbers: sum(lengths[int(number)] for number in numbers.split()),
        keep_separator=False,
    )
    chunks = splitter.split_text(" ".join(map(str, range(len(lengths)))))
    numbers = [list(map(int, chunk.split())) for chunk in chunks]
    return [(chunk[0], chunk[-1] + 1) for chunk in numbers]


def recursive_ranges(text: str, size: int, overlap: int) -> list[tuple[int, int]]:
    """Return the windows that the splitter cuts `text` into when left to itself: the naive way.

    Parameters
    ----------
    text
        A source text, with whatever markup and broken lines it has.
    size, overlap
        The most characters in a window, and the most that it shares with the one before.

    Returns
    -------
    The start and the end of each window in `text`.
    """
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=overlap, strip_whitespace=False)
    ranges: list[tuple[int, int]] = []
    start = -1
    for window in splitter.split_text(text):
        # With its white space each begins behind the one before it, so the next place where it stands is
        # its own or earlier.
        start = text.index(window, start + 1)
        first = start + len(window) - len(window.lstrip())
        ranges += [(first, start + len(window.rstrip()))] if window.strip() else []
    return ranges
