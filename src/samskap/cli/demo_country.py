"""An invented country and a small rural municipality in it, grown by the engine from published national schedules.

Births a woman follow the rounded Norwegian path since 1880, mortality the national schedules taken back in time, and
immigration a rounded path; the municipality loses young people and gets fewer back. From 2006 on people are whole and
chance is drawn from a fixed seed, so the figures are always the same. They belong to no real place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook import AGES, NORWAY, survivorship
from samskap.engines.outlook.component import Gross, Rates, Step, drawn_step, stepped

__all__ = ["FIRST_YEAR", "LAST_YEAR", "Grown", "Projection", "grown", "projections"]

Array = NDArray[np.float64]

FIRST_YEAR: Final = 2006
LAST_YEAR: Final = 2026
SEED: Final = 20171114

_BEGIN, _SETTLED, _OPEN = 1880, 1950, 1970  # the country begins, the municipality begins, the border opens
_COUNTRY_1880: Final = 940_000.0
_TOWN_1950: Final = 4_450.0
_CHILDREN: Final = {
    1880: 4.5, 1900: 4.4, 1915: 3.5, 1925: 2.8, 1935: 1.8, 1946: 2.7, 1955: 2.7, 1965: 2.95, 1977: 1.75, 1984: 1.66,
    1990: 1.93, 2002: 1.75, 2009: 1.98, 2018: 1.56, 2022: 1.41, 2026: 1.44,
}  # fmt: skip
_IMMIGRANTS: Final = {1970: 18_000.0, 1990: 26_000.0, 2004: 36_000.0, 2009: 66_000.0, 2015: 62_000.0, 2026: 48_000.0}
_BOOM, _BOOM_SIZE = (23, 50), 2.3  # ages in 1950 of those whom the sawmill drew here, against the rest of the country
_BUST, _BUST_SIZE = (0, 22), 0.35  # and of those born when it stood still
_LEAVE: Final = 1.05  # moves out of the municipality, times the national rates
_RETURN: Final = 0.955  # movers who come, times the municipality's part of the people; fewer at these ages:
_YOUNG, _YOUNG_COME = (17, 30), 0.79
_FOREIGN: Final = 0.7  # immigrants who come, times the same part


@dataclass(frozen=True, slots=True, eq=False)
class Grown:
    """`country` and `town` (years, 2, 121) whole people on 1 January of each of `years`, and the `steps` between."""

    years: tuple[int, ...]
    country: Array
    town: Array
    country_steps: tuple[Step, ...]
    town_steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """What an office of the invented country would have foretold for the town: `people` (years, 2, 121)."""

    made: int
    years: tuple[int, ...]
    people: Array


def grown() -> Grown:
    """The last twenty years of both; always the same."""
    country, town = _long_ago()
    random = np.random.default_rng(SEED)
    countries, towns = [np.rint(country)], [np.rint(town)]
    country_steps, town_steps = [], []
    for year in range(FIRST_YEAR, LAST_YEAR):
        at_home = drawn_step(countries[-1], _country_rates(year), random=random)
        here = drawn_step(towns[-1], _town_rates(year, countries[-1], towns[-1]), random=random)
        country_steps.append(at_home)
        town_steps.append(here)
        countries.append(at_home.end)
        towns.append(here.end)
    years = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
    return Grown(years, np.stack(countries), np.stack(towns), tuple(country_steps), tuple(town_steps))


def projections(history: Grown, *, made: tuple[int, ...], until: int) -> tuple[Projection, ...]:
    """One projection from each of the years `made`, as wrong as such were: too many children, too few who leave."""
    return tuple(_projected(history, start=year, until=until) for year in made)


def _projected(history: Grown, *, start: int, until: int) -> Projection:
    at = history.years.index(start)
    country, people = history.country[at], [history.town[at]]
    children = 1.06 * _path(_CHILDREN, start)
    for year in range(start, until):
        rates = _town_rates(min(year, LAST_YEAR), country, people[-1])
        hoped = NORWAY.fertility * (children / NORWAY.fertility.sum())
        # What an office cannot know: births fell after 2009, and mortality it lets fall a little too slowly.
        slow = survivorship(_mortality(start + round(0.85 * (year - start))))
        people.append(stepped(people[-1], replace(rates, fertility=hoped, survivorship=slow)).end)
    return Projection(start, tuple(range(start, until + 1)), np.stack(people))


def _long_ago() -> tuple[Array, Array]:
    """Both in `FIRST_YEAR`, in expectation."""
    table = np.cumprod(np.concatenate([np.ones((2, 1)), survivorship(_mortality(_BEGIN))[:, 1:]], axis=1), axis=1)
    shape = table * np.exp(-0.011 * np.arange(AGES))
    country = shape / shape.sum() * _COUNTRY_1880
    town = country
    for year in range(_BEGIN, FIRST_YEAR):
        if year == _SETTLED:
            town = country * _cohorts_1950()
            town *= _TOWN_1950 / town.sum()
        if year >= _SETTLED:
            town = stepped(town, _town_rates(year, country, town)).end
        country = stepped(country, _country_rates(year)).end
    return country, town


def _cohorts_1950() -> Array:
    """(121,) how large each age is in the municipality against the country."""
    size = np.ones(AGES)
    size[_BOOM[0] : _BOOM[1] + 1] = _BOOM_SIZE
    size[_BUST[0] : _BUST[1] + 1] = _BUST_SIZE
    return size


def _country_rates(year: int) -> Rates:
    is_open = year >= _OPEN
    out = NORWAY.out_moves * NORWAY.abroad if is_open else np.zeros((2, AGES))
    return _rates(year, Gross(out=out, arrivals=NORWAY.arrivals * _immigrants(year)))


def _town_rates(year: int, country: Array, town: Array) -> Rates:
    part = town.sum() / country.sum()
    ages = np.arange(AGES)
    come = np.where((ages >= _YOUNG[0]) & (ages <= _YOUNG[1]), _YOUNG_COME, 1.0) * _RETURN
    movers = country * NORWAY.out_moves * (1 - NORWAY.abroad)
    arrivals = come * part * movers + _FOREIGN * part * NORWAY.arrivals * _immigrants(year)
    return _rates(year, Gross(out=_LEAVE * NORWAY.out_moves, arrivals=arrivals))


def _rates(year: int, moves: Gross) -> Rates:
    fertility = NORWAY.fertility * (_path(_CHILDREN, year) / NORWAY.fertility.sum())
    return Rates(survivorship(_mortality(year)), fertility, moves, boys_per_girl=NORWAY.boys_per_girl)


def _mortality(year: int) -> Array:
    return np.asarray(NORWAY.mortality * np.exp(-NORWAY.decline * (year - NORWAY.year)), dtype=np.float64)


def _immigrants(year: int) -> float:
    return _path(_IMMIGRANTS, year) if year >= _OPEN else 0.0


def _path(points: Mapping[int, float], year: int) -> float:
    return float(np.interp(year, list(points), list(points.values())))
