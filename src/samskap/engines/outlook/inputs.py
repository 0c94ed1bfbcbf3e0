"""What the engine is given and what it assumes: plain frozen values of arrays.

Letters in shapes: A places, T years of history, Y years ahead, 2 sexes, 121 ages.
The places of one system are a partition of the country (357 municipalities, or one and the rest of the country), so
that whoever moves out of one place within the country moves into another.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Assumptions", "Estimate", "History", "Noise", "Variation", "Vital"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What is known of the past: `persons` (A, T, 2, 121) on 1 January of each of `years` (T, rising by one).

    `births` and `deaths` (A, T - 1) are events during each year where they are known; None where they are not.
    """

    places: tuple[str, ...]
    years: tuple[int, ...]
    persons: Array
    births: Array | None = None
    deaths: Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Vital:
    """National schedules of one edition.

    `mortality` (2, 121) central death rates a year around `year`; `decline` (2, 121) the share they fall by each year;
    `fertility` (121,) births a woman-year by age of the mother; `boys_per_girl`; `out_moves` (2, 121) moves out of a
    municipality a person-year, to another municipality or abroad; `abroad` (2, 121) the share of those that leave the
    country; `arrivals` (2, 121) shape of immigration by sex and age, sums to 1; `immigration` persons a year.
    """

    year: int
    mortality: Array
    decline: Array
    fertility: Array
    out_moves: Array
    abroad: Array
    arrivals: Array
    immigration: float
    boys_per_girl: float = 1.06
    source: str = ""


@dataclass(frozen=True, slots=True)
class Variation:
    """How far things stray, by layer. All are standard deviations; each has its source in `docs/methods/outlook.md`.

    Nation: `fertility_sd` innovation of the yearly change of ln TFR, whose changes have autocorrelation
    `fertility_memory`; `mortality_sd` (women, men) of the yearly change of ln mortality, correlated by
    `mortality_together`; yearly immigration strays by the share `immigration_sd` in the long run (not its innovation)
    as AR(1) with `immigration_memory`, starting from no deviation.
    Place: the yearly net-migration rate strays with variance `area_sd`² + `area_people`/N, its lasting level, drawn
    once a draw, with variance `level_sd`² min(1, `level_large`/N) + `level_people`/N (`Assumptions.level_sd` holds the
    root for each place).
    Of both, the share `area_even` falls on all ages alike (rate times persons) and the rest on ages as arrivals do.
    `place_fertility_sd` and `place_mortality_sd` are the spread of ln fertility and ln mortality of a place round its
    own level, drawn once a draw and place. People: binomial and Poisson, no parameter.
    """

    fertility_sd: float = 0.028
    fertility_memory: float = 0.5
    mortality_sd: tuple[float, float] = (0.018, 0.021)
    mortality_together: float = 0.7
    immigration_sd: float = 0.25
    immigration_memory: float = 0.9
    area_sd: float = 0.0025
    area_people: float = 0.197
    area_even: float = 0.4
    level_sd: float = 0.0044
    level_people: float = 0.005
    level_large: float = 80_000.0
    place_fertility_sd: float = 0.06
    place_mortality_sd: float = 0.06


@dataclass(frozen=True, slots=True)
class Estimate:
    """How one parameter of one place came about: own figures and the standard, and the weight of the own figures."""

    place: str
    parameter: str
    own: float
    standard: float
    weight: float
    used: float


@dataclass(frozen=True, slots=True, eq=False)
class Assumptions:
    """Everything a simulation needs, for A places that partition a country. Point values; `variation` is round them.

    `population` (A, 2, 121) on 1 January of `base_year`; `mortality` (A, 2, 121) central death rates m_x in the base
    year, of which `life_tables.survivorship` makes the survival of a year; they fall by `decline` (2, 121) a year;
    `fertility` (A, 121) births a woman-year. Of movers, age is that on 1 January of the year: `out_moves` (A, 2, 121)
    hazard a year of leaving the place; `abroad` (2, 121) share of those who leave the country; `share` (A, 2, 121)
    share of the national pool of domestic movers who come here, sums to 1 over places; `immigration` (A, 2, 121)
    persons a year; `level_sd` (A,) spread of the lasting net-migration rate of each place.
    """

    places: tuple[str, ...]
    base_year: int
    population: Array
    mortality: Array
    decline: Array
    fertility: Array
    out_moves: Array
    abroad: Array
    share: Array
    immigration: Array
    level_sd: Array
    boys_per_girl: float = 1.06
    variation: Variation = field(default_factory=Variation)
    estimates: tuple[Estimate, ...] = ()


@dataclass(frozen=True, slots=True)
class Noise:
    """Which layers of chance are drawn. All on is an honest outlook; all off with one draw is the middle path."""

    nation: bool = True
    place: bool = True
    people: bool = True
