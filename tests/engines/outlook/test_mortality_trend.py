"""Death rates fall as they have fallen."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.mortality_trend import decline_from_deaths, fit_lee_carter, usual_decline

AGE_COUNT, YEAR_COUNT = 101, 20


def world(*, exposed: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Level, response (sum 1), index (sum 0), and deaths expected of `exposed` people at each age and year."""
    ages = np.arange(AGE_COUNT)
    level = -9.5 + 0.085 * ages
    response = np.interp(ages, [0, 60, 100], [2.0, 1.0, 0.2])
    response /= response.sum()
    index = np.linspace(19.0, -19.0, YEAR_COUNT)
    return level, response, index, exposed * np.exp(level + np.outer(index, response))


def test_a_world_made_by_the_model_is_found_again() -> None:
    level, response, index, deaths = world(exposed=1e5)
    fitted = fit_lee_carter(deaths, exposed=np.full(deaths.shape, 1e5), smoothing=0.0)
    assert fitted.level == pytest.approx(level, abs=1e-5)
    assert fitted.response == pytest.approx(response, abs=1e-6)
    assert fitted.index == pytest.approx(index, abs=1e-3)
    assert fitted.drift == pytest.approx(-2.0, abs=1e-4)
    assert fitted.rates == pytest.approx(deaths / 1e5, rel=1e-4)


def test_smoothing_finds_the_fall_through_the_chance_of_small_counts() -> None:
    _, response, _, deaths = world(exposed=2e4)
    drawn = np.random.default_rng(3).poisson(deaths).astype(float)
    true = 2.0 * response
    rough = fit_lee_carter(drawn, exposed=np.full(deaths.shape, 2e4), smoothing=0.0).decline
    smooth = fit_lee_carter(drawn, exposed=np.full(deaths.shape, 2e4)).decline
    assert np.abs(smooth - true).mean() < np.abs(rough - true).mean() / 2


def test_the_rule_is_what_norway_saw() -> None:
    fall = usual_decline()
    assert fall.shape == (2, 121)
    assert fall[:, [0, 30]].tolist() == [[0.02, 0.02], [0.02, 0.02]]
    assert fall[:, 67] == pytest.approx([0.0175, 0.0297])
    assert fall[:, 105:].tolist() == np.zeros((2, 16)).tolist()


def test_oldest_ages_fall_ever_less_and_nothing_rises() -> None:
    _, _, _, deaths = world(exposed=1e5)
    both = np.stack([deaths, deaths[::-1]], axis=1)
    fall = decline_from_deaths(both, exposed=np.full(both.shape, 1e5))
    assert (np.diff(fall[0, 100:106]) < 0).all()
    assert fall[0, 105:].max() == 0.0
    assert fall[1].max() == 0.0


def test_norway_1990_to_2019_is_the_published_fall(shared_data: Path) -> None:
    counts = np.zeros((2, 30, 2, 111))
    path = shared_data / "projections" / "norway" / "hmd_mortality_1960_2021.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if 1990 <= int(row["year"]) <= 2019:
                at = (int(row["year"]) - 1990, int(row["sex"] == "male"), int(row["age"]))
                counts[:, *at] = float(row["deaths"]), float(row["population"])
    fall = decline_from_deaths(counts[0], exposed=counts[1])
    bands = [(60, 74), (75, 84), (85, 94)]
    found = [[100 * fall[sex, first : last + 1].mean() for first, last in bands] for sex in range(2)]
    assert found[0] == pytest.approx([1.75, 1.84, 1.31], abs=0.25)
    assert found[1] == pytest.approx([2.97, 2.47, 1.33], abs=0.25)


@pytest.mark.parametrize(
    ("deaths", "exposed", "message"),
    [
        (np.ones((2, 5)), np.ones((2, 5)), "2 years of deaths"),
        (np.full((4, 5), -1.0), np.ones((4, 5)), "deaths hold the value -1"),
        (np.ones((4, 5)), np.zeros((4, 5)), "where nobody lived"),
    ],
)
def test_deaths_that_cannot_be_are_refused(deaths: np.ndarray, exposed: np.ndarray, message: str) -> None:
    with pytest.raises(OutlookError, match=message):
        fit_lee_carter(deaths, exposed=exposed)
