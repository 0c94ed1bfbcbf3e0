"""Which places are like a place, and what is usual among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["LEAST_PLACES", "SIZE_LIMITS", "Usual", "band", "size_group"]

# A group of municipalities ends below each limit; the last has no upper end.
SIZE_LIMITS = (2_000, 5_000, 10_000, 20_000, 50_000)

# Fewer places than this say nothing about what is usual.
LEAST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Usual:
    """The median of places with a figure, and the quarters below and above it."""

    median: float
    low: float
    high: float
    places: int


def size_group(persons: int) -> tuple[int, int | None]:
    """The lowest number of people in the group of this size, and the first number beyond it (None: no upper end)."""
    low = 0
    for limit in SIZE_LIMITS:
        if persons < limit:
            return low, limit
        low = limit
    return low, None


def band(values: Sequence[float]) -> Usual | None:
    """Median and quartiles (linear interpolation between ranks); None for fewer than three places."""
    if len(values) < LEAST_PLACES:
        return None
    ranked = sorted(values)
    return Usual(_at(ranked, 0.5), _at(ranked, 0.25), _at(ranked, 0.75), len(ranked))


def _at(ranked: Sequence[float], share: float) -> float:
    place = share * (len(ranked) - 1)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (place - below) * (ranked[above] - ranked[below])
