"""Assumptions and levers as the arrays that a year of a simulation is made of.

`Rates` holds what every draw shares: single precision, places in the order of their names.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.inputs import Assumptions
from samskap.engines.outlook.levers import Levers
from samskap.engines.outlook.life_tables import life_table, survivorship
from samskap.engines.outlook.pulling import Additions, additions, age_factor, phased

__all__ = ["Rates", "cohort_hazard", "longer_life", "rates_of"]

Array = NDArray[np.float64]
Single = NDArray[np.float32]

HARDEST: Final = 6.0
"""Hazards above this are set to it: one in four hundred lives on."""
LEAVING, COMING = (18, 34), (20, 44)
"""Ages that the levers `stay` and `come` act on."""


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """A simulation's given: P places, Y years, R - 1 of the places with levers pulled.

    `persons` (P, 2, 121) at the start; `hazard` (P, Y, 2, 121) of death by age on 1 January and `infant` (P, Y, 2) of
    those born; `fertility` (P, 121) and its factor `births` (P, Y); `out`, `share`, `immigration` (P, 2, 121) with the
    factors `stay` and `come` (2, Y, 121: unpulled, pulled); `abroad` (2, 121); `pulled` (P,) the row of `additions`
    (0: none); `girls` share of those born. Place layer: `yearly` and `level` (P,) spread of the net-migration rate,
    `even` share of it that falls on all ages alike, `felt` (P,) what the rest does to arrivals, as a factor; `bearing`
    and `dying` (P,) spread of ln fertility and ln mortality.
    """

    places: tuple[str, ...]
    persons: Single
    hazard: Single
    infant: Single
    fertility: Single
    births: Single
    out: Single
    share: Single
    immigration: Single
    abroad: Single
    stay: Single
    come: Single
    pulled: NDArray[np.int64]
    additions: Additions
    girls: float
    yearly: Single
    level: Single
    even: float
    felt: Single
    bearing: Single
    dying: Single

    @property
    def years(self) -> int:
        """Years ahead."""
        return int(self.hazard.shape[1])


def rates_of(
    assumptions: Assumptions, *, places: tuple[str, ...], pulled: Collection[str], years: int, levers: Levers
) -> Rates:
    """The rates of some places of a system, with levers in those `pulled`."""
    at = [assumptions.places.index(place) for place in places]
    rows = np.cumsum([place in pulled for place in places]) * [place in pulled for place in places]
    mortality = assumptions.mortality[at]
    phase = phased(levers, years=years)
    longer = longer_life(mortality, assumptions.decline, years=years, gain=levers.life, rows=rows)
    hazard, infant = np.empty((len(at), years, 2, AGES), np.float32), np.empty((len(at), years, 2), np.float32)
    for some in np.array_split(np.arange(years), min(years, len(at))):
        ahead = some[:, None, None]
        lower = np.exp(-assumptions.decline * ahead) * longer[:, None] ** ((ahead + 1) / years)
        hazard[:, some], infant[:, some] = cohort_hazard(mortality[:, None] * lower)
    movers = national_movers(assumptions)
    coming = assumptions.share[at] * movers
    yearly, level, felt = _straying(assumptions, at, coming=coming)
    local = 1 - _weight(assumptions, at)
    return Rates(
        places=places,
        persons=_single(assumptions.population[at]),
        hazard=hazard,
        infant=infant,
        fertility=_single(assumptions.fertility[at]),
        births=_single(1 + (rows > 0)[:, None] * levers.births / 100 * phase),
        out=_single(assumptions.out_moves[at]),
        share=_single(assumptions.share[at]),
        immigration=_single(assumptions.immigration[at]),
        abroad=_single(assumptions.abroad),
        stay=age_factor(-levers.stay, phase, ages=LEAVING),
        come=age_factor(levers.come, phase, ages=COMING),
        pulled=rows.astype(np.int64),
        additions=additions(levers, phase, coming=coming[rows > 0]),
        girls=1 / (1 + assumptions.boys_per_girl),
        yearly=_single(yearly),
        level=_single(level),
        even=assumptions.variation.area_even,
        felt=_single(felt),
        bearing=_single(local * assumptions.variation.place_fertility_sd),
        dying=_single(local * assumptions.variation.place_mortality_sd),
    )


def cohort_hazard(mortality: Array) -> tuple[Array, Array]:
    """Hazard over a year of those of each age on 1 January (..., 121), and of those born in it (...,), from central
    death rates (..., 121): minus ln of the survivorship ratio into the next age. The open class is with the one below.
    """
    into = -np.log(np.maximum(survivorship(mortality), np.exp(-HARDEST)))
    return np.concatenate([into[..., 1:], into[..., -1:]], axis=-1), into[..., 0]


def longer_life(mortality: Array, decline: Array, *, years: int, gain: float, rows: NDArray[np.int64]) -> Array:
    """(P, 2, 1) factors on the death rates of the last year that make life expectancy at birth `gain` years longer in
    the places whose row is not 0, and 1 elsewhere. Solved by the secant method on ln of the factor."""
    factors = np.ones((len(mortality), 2, 1))
    if gain == 0 or not rows.any():
        return factors
    last = mortality[rows > 0] * np.exp(-decline * (years - 1))
    found = life_table(last).at_birth[..., None]
    target, before, now = found + gain, np.zeros(found.shape), np.full(found.shape, -gain / 10)
    for _ in range(8):
        missed, earlier = life_table(last * np.exp(now)).at_birth[..., None] - target, found - target
        found = missed + target
        slope = (missed - earlier) / np.where(now == before, 1.0, now - before)
        before, now = now, np.where((slope == 0) | (missed == 0), now, now - missed / np.where(slope == 0, 1.0, slope))
    factors[rows > 0] = np.exp(now)
    return factors


def national_movers(assumptions: Assumptions) -> Array:
    """(2, 121) people who move within the country in the base year, without chance."""
    leaving = assumptions.population * (1 - np.exp(-assumptions.out_moves))
    return np.asarray(leaving.sum(axis=0) * (1 - assumptions.abroad))


def _straying(assumptions: Assumptions, at: list[int], *, coming: Array) -> tuple[Array, Array, Array]:
    """Spread of the yearly and the lasting net-migration rate, and the arrivals' factor a unit of rate.

    What was observed to stray holds the chance of each move, which the people layer draws: it is taken off here.
    """
    variation, local = assumptions.variation, 1 - _weight(assumptions, at)
    people = np.maximum(assumptions.population[at].sum(axis=(1, 2)), 1.0)
    arrivals = coming.sum(axis=(1, 2))
    leaving = (assumptions.population[at] * assumptions.out_moves[at]).sum(axis=(1, 2))
    moves = (arrivals + assumptions.immigration[at].sum(axis=(1, 2)) + leaving) / people
    yearly = np.sqrt(variation.area_sd**2 + np.maximum(variation.area_people - moves, 0.0) / people)
    felt = (1 - variation.area_even) * np.divide(people, arrivals, out=np.zeros(len(at)), where=arrivals > 0)
    return local * yearly, local * assumptions.level_sd[at], felt


def _weight(assumptions: Assumptions, at: list[int]) -> Array:
    """Each place's part of the system: what strays in a place strays against the rest of the country."""
    people = assumptions.population.sum(axis=(1, 2))
    return np.asarray(people[at] / max(people.sum(), 1.0)) if len(people) > 1 else np.zeros(len(at))


def _single(values: Array) -> Single:
    return np.ascontiguousarray(values, dtype=np.float32)
