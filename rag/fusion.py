"""Reciprocal rank fusion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# Cormack et al. found 60 best over runs of a thousand documents. Here lists are short and their first places
# tell most, so a smaller constant, which sets first places further apart, measured better.
CONSTANT = 20


def reciprocal_rank_fusion(
    rankings: Iterable[tuple[Sequence[int], float]], constant: int = CONSTANT
) -> list[tuple[int, float]]:
    """Fuse rankings into one: score(d) = sum of weight / (constant + rank(d)).

    Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
    methods", SIGIR 2009 (https://doi.org/10.1145/1571941.1572114).

    Parameters
    ----------
    rankings
        Each a list of numbers, best first, and its weight.

    Returns
    -------
    list
        (number, score), best first; equal scores in order of number.
    """
    scores: dict[int, float] = {}
    for ranking, weight in rankings:
        for rank, number in enumerate(ranking, start=1):
            scores[number] = scores.get(number, 0.0) + weight / (constant + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
