"""The Norwegian curves against published figures: a few of them written here, the rest where the data are at hand."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.component import Gross, Rates, project
from samskap.engines.outlook.life_tables import extended, life_table, survivorship
from samskap.engines.outlook.norway import NORWAY

SEXES = ("female", "male")

# Births of 100 by five-year age of the mother from 15 on, 2015-2020 (United Nations, World Population Prospects 2022).
BIRTHS_2015_2020 = np.array([1.0, 11.0, 31.4, 35.4, 17.6, 3.5, 0.2])

# Moves between municipalities, of 1,000 people of five-year ages from 0 on (Statistics Norway, 2011).
MOVES_2011 = {"female": [62, 29, 21, 64, 157, 129, 71, 39], "male": [62, 29, 21, 46, 127, 128, 86, 54]}

# The same in 2004 from 40 to 69, which had risen by about 8 % when the younger ones were counted.
MOVES_2004 = {"female": [27, 22, 18, 14, 13, 11], "male": [33, 25, 20, 16, 15, 11]}

# Moves from abroad by five-year ages from 0 to 64, and 65 and over (Statistics Norway, 2006).
FROM_ABROAD_2006 = [3567, 2422, 1992, 2814, 7224, 9038, 6306, 4344, 2966, 1943, 1277, 682, 492, 709]
TO_OTHER_COUNTRIES_2006 = [1359, 1162, 809, 1191, 3888, 3796, 2815, 1923, 1435, 977, 747, 645, 573, 733]


def fives(rates: np.ndarray, *, last: int) -> np.ndarray:
    """Means of five-year ages below `last`."""
    return rates[..., :last].reshape(*rates.shape[:-1], -1, 5).mean(axis=-1)


def test_the_schedules_can_be_what_they_say() -> None:
    for array in (NORWAY.mortality, NORWAY.decline, NORWAY.out_moves, NORWAY.abroad, NORWAY.arrivals):
        assert array.shape == (2, AGES)
        assert np.isfinite(array).all()
        assert (array >= 0).all()
    assert NORWAY.fertility.shape == (AGES,)
    assert (NORWAY.abroad < 0.3).all()
    assert NORWAY.arrivals.sum() == pytest.approx(1, abs=1e-12)
    assert NORWAY.fertility.sum() == pytest.approx(1.44, abs=1e-12)
    assert not NORWAY.fertility[:15].any()
    assert not NORWAY.fertility[50:].any()
    # Old people die faster the older they are, and slower than anything that breaks a life table.
    assert (np.diff(NORWAY.mortality[:, 35:]) > 0).all()
    assert (NORWAY.mortality < 1).all()


def test_life_expectancy_is_that_of_2015_to_2019() -> None:
    table = life_table(NORWAY.mortality)
    np.testing.assert_allclose(table.at_birth, [84.3, 80.7], atol=0.1)
    np.testing.assert_allclose(table.expectation[:, 67], [19.9, 17.5], atol=0.1)


def test_life_expectancy_rises_as_it_has_risen() -> None:
    later = life_table(NORWAY.mortality * np.exp(-10 * NORWAY.decline)).at_birth
    # 0.14 year a year for women and 0.23 for men since 1990.
    np.testing.assert_allclose((later - life_table(NORWAY.mortality).at_birth) / 10, [0.14, 0.21], atol=0.015)


def test_births_by_age_are_those_published_moved_up_by_what_mothers_have_aged() -> None:
    ages = np.arange(15, 50) + 0.5
    curve = NORWAY.fertility[15:50] / NORWAY.fertility.sum()
    groups = np.arange(17.5, 50, 5)
    before = groups @ BIRTHS_2015_2020 / BIRTHS_2015_2020.sum()
    assert ages @ curve - before == pytest.approx(0.8, abs=0.1)
    # The same curve 0.8 years down, by group.
    fine = np.arange(150, 500) / 10 + 0.05
    down = np.interp(fine + 0.8, ages, curve)
    shares = 100 * down.reshape(7, -1).sum(axis=1) / down.sum()
    np.testing.assert_allclose(shares, BIRTHS_2015_2020, atol=0.6)


@pytest.mark.parametrize("sex", SEXES)
def test_moves_between_municipalities_are_those_published(sex: str) -> None:
    domestic = (NORWAY.out_moves * (1 - NORWAY.abroad))[SEXES.index(sex)]
    np.testing.assert_allclose(1000 * fives(domestic, last=40), MOVES_2011[sex], rtol=0.17, atol=1)
    older = 1000 * fives(domestic, last=70)[8:]
    np.testing.assert_allclose(older, 1.08 * np.array(MOVES_2004[sex]), rtol=0.25)


def test_immigrants_have_the_ages_of_those_who_came() -> None:
    shares = NORWAY.arrivals.sum(axis=0)
    found = np.append(5 * fives(shares, last=65), shares[65:].sum())
    told = np.array(FROM_ABROAD_2006) / sum(FROM_ABROAD_2006)
    np.testing.assert_allclose(found, told, atol=0.01)


def mortality(folder: Path, *, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
    """Deaths and person-years (years, 2, 111)."""
    with gzip.open(folder / "hmd_mortality_1960_2021.csv.gz", "rt") as file:
        rows = [row for row in csv.DictReader(file) if first <= int(row["year"]) <= last]
    deaths, exposure = np.zeros((2, last - first + 1, 2, 111))
    for row in rows:
        place = int(row["year"]) - first, SEXES.index(row["sex"]), int(row["age"])
        deaths[place], exposure[place] = float(row["deaths"]), float(row["population"])
    return deaths, exposure


def population(folder: Path, year: int) -> np.ndarray:
    with (folder / "population_nation_1986_2022.csv").open() as file:
        rows = {row["sex"]: row for row in csv.DictReader(file) if int(row["year"]) == year}
    return np.array([[float(rows[sex][f"a{age}"]) for age in range(106)] for sex in SEXES])


def test_mortality_fits_the_deaths_of_2015_to_2019(shared_data: Path) -> None:
    yearly = mortality(shared_data / "projections/norway", first=2015, last=2019)
    deaths, exposure = (part.sum(axis=0) for part in yearly)
    observed = deaths / np.maximum(exposure, 1)
    known = np.where((exposure > 0) & (deaths > 0), observed, NORWAY.mortality[:, :111])
    ours, theirs = life_table(NORWAY.mortality), life_table(known)
    np.testing.assert_allclose(ours.at_birth, theirs.at_birth, atol=0.05)
    np.testing.assert_allclose(ours.expectation[:, 67], theirs.expectation[:, 67], atol=0.1)
    error = np.abs(NORWAY.mortality[:, :111] / known - 1)
    assert error[:, 40:101].max() < 0.20
    assert error[:, 55:96].max() < 0.12
    assert error[:, 40:101].mean() < 0.04
    expected = exposure * NORWAY.mortality[:, :111]
    for first, last in ((0, 66), (67, 79), (80, 89), (90, 110)):
        ages = slice(first, last + 1)
        np.testing.assert_allclose(expected[:, ages].sum(axis=1), deaths[:, ages].sum(axis=1), rtol=0.02)


def test_decline_is_that_of_thirty_years(shared_data: Path) -> None:
    deaths, exposure = mortality(shared_data / "projections/norway", first=1990, last=2019)
    rates, people = deaths / np.maximum(exposure, 1), exposure.sum(axis=0)
    for first, last in ((60, 74), (75, 84), (85, 94), (95, 104)):
        ages = slice(first, last + 1)
        weight = people[:, ages] / people[:, ages].sum(axis=1, keepdims=True)
        level = np.log((rates[:, :, ages] * weight).sum(axis=2))
        seen = -np.polyfit(np.arange(30), level, 1)[0]
        np.testing.assert_allclose((NORWAY.decline[:, ages] * weight).sum(axis=1), seen, atol=0.005)


def test_mothers_have_the_age_of_those_of_2021(shared_data: Path) -> None:
    with (shared_data / "projections/norway/hfd_asfr_1967_2021.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == "2021"]
    ages, rates = np.array([[float(row["age"]) + 0.5, float(row["fertility"])] for row in rows]).T
    ours = (np.arange(AGES) + 0.5) @ NORWAY.fertility / NORWAY.fertility.sum()
    assert 0 < ours - ages @ rates / rates.sum() < 0.5


def test_moves_abroad_fit_those_of_2006(shared_data: Path) -> None:
    folder = shared_data / "projections/norway"
    people = (population(folder, 2006) + population(folder, 2007)).sum(axis=0) / 2
    rate = (NORWAY.out_moves * NORWAY.abroad)[0, :106]
    moves = rate * people
    found = np.append(5 * fives(moves, last=65), moves[65:].sum())
    assert np.abs(found - TO_OTHER_COUNTRIES_2006).sum() < 0.07 * sum(TO_OTHER_COUNTRIES_2006)


def test_as_many_move_as_is_said(shared_data: Path) -> None:
    people = population(shared_data / "projections/norway", 2022)
    moves = NORWAY.out_moves[:, :106] * people
    abroad = (moves * NORWAY.abroad[:, :106]).sum()
    assert 24_500 < abroad < 27_000
    assert (moves.sum() - abroad) / people.sum() == pytest.approx(0.044, abs=0.001)


def test_the_nation_grows_as_official_projections_have_it(shared_data: Path) -> None:
    """From 2022 on, with one municipality for all: domestic moves come back, so only those abroad count."""
    folder = shared_data / "projections/norway"
    persons = extended(population(folder, 2022), NORWAY.mortality)
    steps = []
    for year in range(2022, 2047):
        survival = survivorship(NORWAY.mortality * np.exp(-(year - NORWAY.year) * NORWAY.decline))
        moves = Gross(NORWAY.out_moves * NORWAY.abroad, NORWAY.arrivals * NORWAY.immigration)
        steps.append(Rates(survival, NORWAY.fertility, moves, NORWAY.boys_per_girl))
    made = project(persons, steps)
    assert 49_000 < made[0].births.sum() < 55_000
    assert 40_000 < made[0].deaths.sum() < 46_000
    with (folder / "wpp2022_nordic_projections_2022_2060.csv").open() as file:
        told = {int(row["year"]): row for row in csv.DictReader(file) if row["iso3"] == "NOR"}[2047]
    assert float(told["pop_95l"]) < made[-1].end.sum() / 1000 < float(told["pop_95u"])
