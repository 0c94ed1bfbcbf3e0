"""Reads the published figures that the outlook's benchmarks lean on, from `../shared/data` beside the repository.

Arrays are as the engine wants them: places in the order of their numbers, women before men, single years of age.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES, SEXES

Array = NDArray[np.float64]

SHARED = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data"
NORWAY = SHARED / "projections" / "norway"
LATER = SHARED / "norway"
TELEMARK = LATER / "telemark"
CLASSES = 106
"""Ages 0 to 104, and 105 and over, as Statistics Norway publishes them."""
MAIN = "MMMM"
GROUPS = {
    "0 år": "0-5",
    "1-5 år": "0-5",
    "6-12 år": "6-15",
    "13-15 år": "6-15",
    "16-19 år": "16-66",
    "20-44 år": "16-66",
    "20-66 år": "16-66",
    "45-66 år": "16-66",
    "67-79 år": "67-79",
    "80-89 år": "80-89",
    "90 år eller eldre": "90+",
}
"""The age groups of the official projections, by the reported group that they are part of."""


def is_here() -> bool:
    """Whether the shared figures are beside the repository."""
    return (NORWAY / "population_municipality_2005_2022.csv.gz").exists()


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """`persons` (A, T, 2, 106) on 1 January of each of `years`."""

    places: tuple[str, ...]
    years: tuple[int, ...]
    persons: Array


@dataclass(frozen=True, slots=True, eq=False)
class National:
    """By year from `first`: `mortality` (T, 2, 121) a year, `deaths` and `exposed` (T, 2, 111), `fertility` (T, 121)
    births a woman-year, `births` (T,) and net migration `net` (T,) in persons."""

    first: int
    mortality: Array
    deaths: Array
    exposed: Array
    fertility: Array
    births: Array
    net: Array


def municipalities() -> Population:
    """All municipalities in the borders of 2024, 2006 to 2022 (2005 lacks two of them)."""
    rows: dict[tuple[str, int, str], list[int]] = {}
    for row in _rows(NORWAY / "population_municipality_2005_2022.csv.gz", header=False):
        if row[0].isdigit() and row[0] != "2005":
            rows[row[1], int(row[0]), row[2]] = [int(cell) for cell in row[3:]]
    places = sorted({place for place, _, _ in rows})
    years = sorted({year for _, year, _ in rows})
    persons = [[[rows[place, year, sex] for sex in SEXES] for year in years] for place in places]
    return Population(tuple(places), tuple(years), np.array(persons, dtype=np.float64))


def later(places: tuple[str, ...], *, years: tuple[int, ...] = (2023, 2024)) -> Array:
    """(A, years, 106) both sexes together, from the later extract in the borders of 2024."""
    found = np.zeros((len(places), len(years), CLASSES))
    place_at, year_at = {key: at for at, key in enumerate(places)}, {year: at for at, year in enumerate(years)}
    for place, year, age, persons in _rows(LATER / "population_age_2005_2024_borders2024.csv.gz"):
        if place in place_at and int(year) in year_at:
            found[place_at[place], year_at[int(year)], int(age)] = float(persons)
    return found


def national(*, first: int = 1970, last: int = 2021) -> National:
    """Deaths, rates, births and net migration of the whole country."""
    count = last - first + 1
    counts = np.zeros((3, count, 2, 111))
    for year, sex, age, _, population, deaths, rate in _rows(NORWAY / "hmd_mortality_1960_2021.csv.gz"):
        if first <= int(year) <= last and rate not in ("", "NA"):
            at = (int(year) - first, SEXES.index(sex), int(age))
            counts[:, *at] = float(population), float(deaths), float(rate)
    fertility = np.zeros((count, AGES))
    for year, age, rate, _ in _rows(NORWAY / "hfd_asfr_1967_2021.csv"):
        if first <= int(year) <= last:
            fertility[int(year) - first, int(age)] = float(rate)
    births = np.zeros(count)
    for year, _, number in _rows(NORWAY / "hmd_births_1900_2021.csv"):
        if first <= int(year) <= last:
            births[int(year) - first] += float(number)
    net = np.zeros(count)
    for row in _dicts(NORWAY / "wpp2022_nordic_estimates_1950_2021.csv"):
        if row["iso3"] == "NOR" and first <= int(row["year"]) <= last:
            net[int(row["year"]) - first] = 1000 * float(row["mig"])
    exposed, deaths, mortality = counts
    older = np.repeat(mortality[..., -1:], AGES - 111, axis=-1)
    return National(first, np.concatenate([mortality, older], axis=-1), deaths, exposed, fertility, births, net)


def telemark_names() -> dict[str, str]:
    """Number by name of the municipalities of Telemark."""
    rows = _rows(TELEMARK / "population_functional_age_2000_2026.csv.gz")
    return {row[1]: row[0] for row in rows if len(row[0]) == len("4016")}


def telemark() -> dict[tuple[str, int, str], float]:
    """Persons by number, year (to 2026) and reported group in the municipalities of Telemark."""
    found: dict[tuple[str, int, str], float] = {}
    for place, _, year, group, persons in _rows(TELEMARK / "population_functional_age_2000_2026.csv.gz"):
        key = (place, int(year), GROUPS[group])
        found[key] = found.get(key, 0.0) + float(persons)
    return found


def official() -> dict[tuple[int, str, int, str], float]:
    """The main alternative of every vintage: persons by vintage, number, year and reported group.

    A municipality that has been merged since is left out, unless it kept its borders under another number.
    """
    names, found = telemark_names(), dict[tuple[int, str, int, str], float]()
    for vintage, _, region, alternative, year, group, persons in _rows(TELEMARK / "projections_all_vintages.csv.gz"):
        place = names.get(region.split(" (")[0])
        if place is not None and MAIN in alternative and persons not in ("", "."):
            key = (int(vintage), place, int(year), GROUPS[group])
            found[key] = found.get(key, 0.0) + float(persons)
    return found


def _rows(path: Path, *, header: bool = True) -> Iterator[list[str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if header:
            next(reader)
        yield from reader


def _dicts(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
