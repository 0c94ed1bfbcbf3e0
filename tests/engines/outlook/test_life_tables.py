"""Life tables: identities that hold for any rates, cases solved by hand, and the tables of Norwegian women."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.life_tables import (
    LIFE_TABLE,
    ONE_MINUS_Q,
    andreev_kingkade,
    extended,
    life_table,
    survivorship,
)

rates = st.lists(st.floats(0.0, 4.0), min_size=2, max_size=40).map(lambda found: np.array([*found, 0.5]))


def test_three_classes_worked_by_hand() -> None:
    found = life_table([0.1, 0.2, 0.5], infant=0.25)
    q0, q1 = 0.1 / 1.075, 0.2 / 1.1
    survivors = [1, 1 - q0, (1 - q0) * (1 - q1)]
    lived = [1 - 0.75 * q0, (1 - q0) * (1 - q1 / 2), survivors[2] / 0.5]
    np.testing.assert_allclose(found.probability, [q0, q1, 1], rtol=1e-14)
    np.testing.assert_allclose(found.survivors, survivors, rtol=1e-14)
    np.testing.assert_allclose(found.deaths, [q0, survivors[1] * q1, survivors[2]], rtol=1e-14)
    np.testing.assert_allclose(found.years_lived, lived, rtol=1e-14)
    np.testing.assert_allclose(found.years_left, [sum(lived), sum(lived[1:]), lived[2]], rtol=1e-14)
    np.testing.assert_allclose(found.expectation, [sum(lived), sum(lived[1:]) / survivors[1], 2], rtol=1e-14)
    np.testing.assert_allclose(found.at_birth, sum(lived), rtol=1e-14)


def test_ratios_of_three_classes_worked_by_hand() -> None:
    found = life_table([0.1, 0.2, 0.5], infant=0.25)
    lived, q = found.years_lived, found.probability
    open_class = lived[2] / (lived[1] + lived[2])
    by_rule = {
        LIFE_TABLE: [lived[0], lived[1] / lived[0], open_class],
        ONE_MINUS_Q: [1, 1 - q[0], open_class],
    }
    for rule, expected in by_rule.items():
        np.testing.assert_allclose(survivorship([0.1, 0.2, 0.5], rule=rule, infant=0.25), expected, rtol=1e-14)


@given(rates, st.sampled_from([1.0, 5.0]))
@settings(deadline=None)
def test_a_table_keeps_its_identities(mortality: np.ndarray, width: float) -> None:
    found = life_table(mortality, width=width)
    np.testing.assert_allclose(found.deaths.sum(), 1, rtol=1e-12)
    # The rates of the table are those it was made of, wherever somebody lives.
    alive = found.survivors > 1e-12
    np.testing.assert_allclose(found.deaths[alive], (mortality * found.years_lived)[alive], rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(found.years_left[0], found.years_lived.sum(), rtol=1e-12)
    assert (np.diff(found.survivors) <= 0).all()
    assert (found.probability <= 1).all()
    ratios = survivorship(mortality, width=width)
    assert ((ratios >= 0) & (ratios[0] <= 1)).all()


@given(rates)
@settings(deadline=None)
def test_the_people_of_the_table_renew_themselves(mortality: np.ndarray) -> None:
    lived, ratios = life_table(mortality).years_lived, survivorship(mortality)
    again = np.concatenate([[ratios[0]], ratios[1:-1] * lived[:-2], [ratios[-1] * (lived[-2] + lived[-1])]])
    np.testing.assert_allclose(again, lived, rtol=1e-9, atol=1e-15)


def test_places_and_sexes_in_front_change_nothing() -> None:
    mortality = np.random.default_rng(1).uniform(0.01, 0.5, (3, 2, 20))
    whole = survivorship(mortality)
    for place, sex in np.ndindex(3, 2):
        np.testing.assert_array_equal(whole[place, sex], survivorship(mortality[place, sex]))


def test_life_tables_of_norwegian_women_are_met(shared_data: Path) -> None:
    path = shared_data / "projections/norway/hmd_life_table_female_1990_2019.csv.gz"
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    years = sorted({row["Year"] for row in rows})
    assert len(years) == 30
    for year in years:
        told = {
            name: np.array([float(row[name]) for row in rows if row["Year"] == year]) for name in ("mx", "qx", "ex")
        }
        found = life_table(told["mx"])
        # Rates are stored to five decimals, life expectancy to two.
        np.testing.assert_allclose(found.probability[:100], told["qx"][:100], rtol=0, atol=2e-5)
        np.testing.assert_allclose(found.expectation[:90], told["ex"][:90], rtol=0, atol=0.02)


def test_separation_of_infants() -> None:
    # On each side of each bend, from the published formulas.
    girls = andreev_kingkade([0.002, 0.01724, 0.05, 0.1], sex="female")
    np.testing.assert_allclose(girls, [0.14491946, 0.1135765436, 0.2407145, 0.31411], rtol=1e-9)
    boys = andreev_kingkade([0.002, 0.023, 0.05, 0.1], sex="male")
    np.testing.assert_allclose(boys, [0.1453, 0.10330503, 0.1913305, 0.29915], rtol=1e-4)


def test_the_open_class_is_spread_as_in_a_stationary_population() -> None:
    mortality = np.full((2, 121), 0.5)
    persons = np.arange(2 * 106, dtype=float).reshape(2, 106)
    found = extended(persons, mortality)
    assert found.shape == (2, 121)
    np.testing.assert_array_equal(found[:, :105], persons[:, :105])
    np.testing.assert_allclose(found[:, 105:].sum(axis=1), persons[:, 105], rtol=1e-14)
    # q = 0.4 at this rate; the open class holds twice the survivors, and a class L = 0.8 l.
    np.testing.assert_allclose(found[:, 106:120], 0.6 * found[:, 105:119], rtol=1e-12)
    np.testing.assert_allclose(found[:, 120], found[:, 119] * 0.6 * 2 / 0.8, rtol=1e-12)


def test_people_of_all_ages_stay_as_they_are() -> None:
    persons = np.arange(242, dtype=float).reshape(2, 121)
    np.testing.assert_array_equal(extended(persons, np.full((2, 121), 0.1)), persons)


@pytest.mark.parametrize(
    ("mortality", "message"),
    [
        ([0.1, -0.2, 0.5], "The death rates hold the value -0.2 at position (1,). No value may be below 0."),
        (
            [0.1, np.nan, 0.5],
            "The death rates hold the value nan at position (1,). Give a finite number in every cell.",
        ),
        ([0.1, 0.2, 0.0], "Nobody dies in the open last age class. Give a last death rate above zero."),
        ([0.1], "A life table needs two ages or more. Give one death rate for each age."),
        (0.1, "A life table needs two ages or more. Give one death rate for each age."),
    ],
)
def test_rates_that_cannot_be_are_refused_with_a_sentence(mortality: object, message: str) -> None:
    with pytest.raises(OutlookError) as error:
        life_table(mortality)  # type: ignore[arg-type]
    assert str(error.value) == message


@pytest.mark.parametrize("classes", [1, 122])
def test_too_few_or_too_many_ages_cannot_be_spread(classes: int) -> None:
    with pytest.raises(OutlookError, match=f"There are {classes} age classes"):
        extended(np.ones((2, classes)), np.full((2, 121), 0.1))
