"""Which kind of index for how many passages.

Measured on one core with vectors of real texts, mixed and perturbed, a million of them in 2,048 lists: 32
lists take .6 to .8 ms and hold .990 to .993 of the ten nearest, 64 twice as long and .997, 16 half and .975;
a search through all takes 50 to 75 ms. Numbers of 8 bits take as long as 16, but their range is learned, and
what comes later may lie outside of it. HNSW takes no vector out, and a library's documents come and go.
"""

from __future__ import annotations

import math
import re

CHOICES = ("auto", "flat", "ivf")
FLAT = "Flat"
# Up to here a search through all takes less than encoding the question; below the second it is flat again.
MOST_FLAT, FLAT_AGAIN = 50_000, 25_000
# How many lists are searched, and how many vectors are drawn for each when they are made.
PROBES, DRAWN = 32, 40


def design_for(count: int, choice: str, before: str = FLAT) -> str:
    """Return which kind of index to make for `count` passages, in the words of FAISS's index factory.

    Parameters
    ----------
    choice
        One of `CHOICES`.
    before
        The kind that is there. It stays until it has far too many lists, or too few.
    """
    lists = lists_of(before)
    if not count or choice == "flat" or (choice == "auto" and count <= (FLAT_AGAIN if lists else MOST_FLAT)):
        return FLAT
    # Search time is that of the centroids and of what is in the lists: both grow with the root.
    wanted = 1 << round(math.log2(2 * math.sqrt(count)))
    return before if lists and lists / 4 < wanted <= lists else kind_of(wanted)


def kind_of(lists: int) -> str:
    """Return what FAISS's index factory calls an index of so many lists; none make it flat."""
    return f"IVF{lists},SQfp16" if lists else FLAT


def lists_of(kind: str) -> int:
    """Return how many lists an index of this kind has; none where it is flat."""
    found = re.fullmatch(r"IVF(\d+),SQfp16", kind)
    return int(found[1]) if found else 0
