"""How wrong an official projection may be: what its own past editions missed by, at the same distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.result import Official

__all__ = ["FEWEST_ERRORS", "PastErrors", "Vintage", "official_band", "past_errors"]

Array = NDArray[np.float64]

# Below so many past errors near a distance nothing is said about it.
FEWEST_ERRORS: Final = 10
# Errors this many years to each side of a distance count for it.
NEAR: Final = 1
LEVELS: Final = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Vintage:
    """One past edition of a projection for one place and one group of ages: persons by year, and the year it starts."""

    edition: str
    place: str
    group: str
    start: int
    persons: Mapping[int, float]


@dataclass(frozen=True, slots=True, eq=False)
class PastErrors:
    """Errors of one group of ages: `distance` (n,) years ahead, and `ratio` (n,) what came over what was projected."""

    group: str
    distance: Array
    ratio: Array

    def quantiles(self, distance: int) -> tuple[float, float]:
        """10 and 90 % of what came over what was projected, near a distance; NaN where too few errors are known."""
        near = self.ratio[np.abs(self.distance - distance) <= NEAR]
        if len(near) < FEWEST_ERRORS:
            return (float("nan"), float("nan"))
        low, high = np.quantile(near, LEVELS)
        return (float(low), float(high))


def past_errors(vintages: Sequence[Vintage], *, actual: Mapping[tuple[str, str], Mapping[int, float]]) -> PastErrors:
    """All errors of `vintages` (of one group of ages, any places) against `actual` persons by (place, group) and year.

    Raises OutlookError where vintages of two groups are mixed, for a five-year-old is missed by other than an old one.
    """
    groups = {vintage.group for vintage in vintages}
    if len(groups) != 1:
        raise OutlookError(
            f"Past projections of {len(groups)} groups of ages are put together.", cure="Take one group at a time."
        )
    pairs = [
        (year - vintage.start, came / persons)
        for vintage in vintages
        for year, persons in vintage.persons.items()
        if year > vintage.start
        and persons > 0
        and (came := actual.get((vintage.place, vintage.group), {}).get(year)) is not None
    ]
    known = np.array(sorted(pairs), dtype=np.float64).reshape(-1, 2)
    return PastErrors(groups.pop(), known[:, 0], known[:, 1])


def official_band(projection: Vintage, errors: PastErrors) -> Official:
    """The newest projection with the band that 80 % of past errors at the same distance suggest.

    A band does not become narrower with distance only because fewer errors are known there: each side keeps the widest
    that a shorter distance had.
    """
    years = sorted(year for year in projection.persons if year >= projection.start)
    persons = [projection.persons[year] for year in years]
    low, high, lowest, highest = [], [], 1.0, 1.0
    for year, value in zip(years, persons, strict=True):
        down, up = (1.0, 1.0) if year == projection.start else errors.quantiles(year - projection.start)
        lowest, highest = (min(lowest, down), max(highest, up)) if not np.isnan(down) else (lowest, highest)
        low.append(float("nan") if np.isnan(down) else value * lowest)
        high.append(float("nan") if np.isnan(up) else value * highest)
    return Official(projection.edition, tuple(years), projection.group, tuple(persons), tuple(low), tuple(high))
