"""Groups of ages, first and last age, and the people in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

__all__ = ["AgeGroup", "people_between"]

AgeGroup: TypeAlias = tuple[int, int]


def people_between(groups: Mapping[AgeGroup, Mapping[int, float]], first: int, last: int) -> dict[int, float]:
    """The people of these ages in each year that all of them have; empty where no groups add up to the ages."""
    inside = sorted(group for group in groups if first <= group[0] and group[1] <= last)
    starts, ends = [start for start, _ in inside], [end for _, end in inside]
    if [first, *(end + 1 for end in ends)] != [*starts, last + 1]:
        return {}
    years = set.intersection(*(set(groups[group]) for group in inside))
    return {year: sum(groups[group][year] for group in inside) for year in sorted(years)}
