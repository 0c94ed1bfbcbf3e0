"""How far two groupings of the same people agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import comb


def grouping_agreement(one: Mapping[str, str], other: Mapping[str, str]) -> float | None:
    """Adjusted Rand index over the people who are in both (Hubert and Arabie 1985): 1 the same, about 0 by chance.

    None where fewer than two people are in both. Two groupings of one group each agree fully.
    """
    both = one.keys() & other.keys()
    if len(both) < 2:
        return None
    together = _pairs((one[key], other[key]) for key in both)
    left, right = _pairs(one[key] for key in both), _pairs(other[key] for key in both)
    expected, highest = left * right / comb(len(both), 2), (left + right) / 2
    return 1.0 if highest == expected else (together - expected) / (highest - expected)


def _pairs(names: Iterable[object]) -> int:
    return sum(comb(size, 2) for size in Counter(names).values())
