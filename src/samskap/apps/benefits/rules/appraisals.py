"""Appraisals as plain values: the price index that is needed, the bins of a histogram, and what is the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from samskap.apps.benefits.rules.effects import EffectProblem, read_years

__all__ = [
    "HIGHEST_SEED",
    "LONGEST_LIFE",
    "LONGEST_PERIOD",
    "MOST_APPRAISALS",
    "bins_of",
    "index_problem",
    "is_same",
    "read_index",
    "spans_of",
]

LONGEST_PERIOD, LONGEST_LIFE = 150, 200
MOST_APPRAISALS = 100
HIGHEST_SEED = 2**32 - 1

SAME_NOK = 0.5  # two answers that differ by less than half a krone are the same


def read_index(text: str) -> dict[int, Decimal]:
    """A price index from lines such as `2024: 133,9`; every value above 0."""
    found = read_years(text)
    for year, value in found.items():
        if value <= 0:
            raise EffectProblem("index_not_above_nothing", "index_values", year=year)
    return found


def index_problem(price_years: Iterable[int], *, base: int, index: Mapping[int, float]) -> EffectProblem | None:
    """What stands between these prices and kroner of the base year; None where nothing does."""
    others = sorted({year for year in price_years if year != base})
    if not others:
        return None
    if not index:
        return EffectProblem("index_needed", "index", year=others[0], base=base)
    missing = [year for year in (*others, base) if year not in index]
    if missing:
        return EffectProblem("index_lacks", "index", year=missing[0], years=spans_of(index))
    return None


def spans_of(years: Iterable[int]) -> str:
    """Years in short: `2015–2019, 2021`."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}\u2013{last}" for first, last in spans)


def bins_of(curve: Sequence[tuple[float, float]], *, count: int) -> list[tuple[float, float, float]]:
    """About `count` spans of equal width (low, high, share) from a curve of (value, share at most that).

    0 is an end of a span where it lies inside, so that what is gained and what is lost are told apart. What the curve
    leaves out at its ends is not in any span.
    """
    low, high = curve[0][0], curve[-1][0]
    if high <= low:
        return []
    width = (high - low) / count
    edges = [low + place * width for place in range(count)] + [high]
    if low < 0 < high:
        edges = sorted([0.0, *(edge for edge in edges if abs(edge) > width / 4 or edge in {low, high})])
    shares = [_share_at(curve, edge) for edge in edges]
    return [
        (start, end, max(0.0, after - before))
        for start, end, before, after in zip(edges, edges[1:], shares, shares[1:], strict=False)
        if end > start
    ]


def _share_at(curve: Sequence[tuple[float, float]], value: float) -> float:
    """The share at most this value, straight between the points of the curve."""
    place = bisect_right([point[0] for point in curve], value)
    if place == 0:
        return curve[0][1]
    if place == len(curve):
        return curve[-1][1]
    (low, before), (high, after) = curve[place - 1], curve[place]
    return before + (after - before) * (value - low) / (high - low)


def is_same(one: float | None, other: float | None) -> bool:
    """Whether two amounts are the same to the krone."""
    if one is None or other is None:
        return one is other
    return abs(one - other) < SAME_NOK
