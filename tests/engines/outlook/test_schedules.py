"""Schedules: numbers computed apart from this code, and what holds for any parameters."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.schedules import (
    KNOTS,
    brass,
    gamma,
    hadwiger,
    linear_splines,
    peristera_kostaki,
    rescaled,
    rogers_castro,
    topals,
)

FERTILE = np.arange(15, 50)
FUNDAMENTAL = {"childhood": (0.02, 0.1), "working": (0.06, 0.1, 20.0, 0.4), "level": 0.003}


def spec(folder: Path) -> dict[str, dict]:
    return json.loads((folder / "projections/worked/schedules_and_indicators.json").read_text())


def test_the_fundamental_schedule_of_moves() -> None:
    told = {0: 0.023, 10: 0.01035758882, 18: 0.01422132556, 22: 0.03655983551, 40: 0.01148370623, 100: 0.003021035756}
    np.testing.assert_allclose(rogers_castro(list(told), **FUNDAMENTAL), list(told.values()), rtol=1e-9)


def test_retirement_and_old_age_are_added_to_the_schedule() -> None:
    ages = np.array([0.0, 65.0, 67.0, 90.0])
    whole = rogers_castro(ages, **FUNDAMENTAL, retirement=(0.001, 1.0, 67.0, 0.6), old=(0.0002, 0.05))
    more = whole - rogers_castro(ages, **FUNDAMENTAL)
    hump = [0.0, 0.001 * np.exp(2 - np.exp(1.2)), 0.001 * np.exp(-1), 0.001 * np.exp(-23 - np.exp(-13.8))]
    np.testing.assert_allclose(more, hump + 0.0002 * np.exp(0.05 * ages), rtol=1e-9)


def test_births_by_three_curves() -> None:
    by_gamma = gamma(FERTILE, shape=6.2, scale=2.55, total=1.6)
    by_hadwiger = hadwiger(FERTILE, b=3.6, c=30, total=1.6)
    by_bell = peristera_kostaki(FERTILE, mode=30.5, before=6.0, after=8.0, total=1.6)
    np.testing.assert_allclose(by_gamma[[0, 12, 34]], [0.0001310901228, 0.1086156188, 0.002968176806], rtol=1e-9)
    np.testing.assert_allclose(by_hadwiger[[0, 12, 34]], [0.0008345051664, 0.1122528407, 0.001856531942], rtol=1e-9)
    np.testing.assert_allclose(by_bell[[9, 23]] / by_bell[15], [np.exp(-1), np.exp(-1)], rtol=1e-12)
    for curve in (by_gamma, by_hadwiger, by_bell):
        assert abs(curve.sum() - 1.6) < 1e-12


def test_nobody_is_born_before_the_gamma_curve_starts() -> None:
    np.testing.assert_array_equal(gamma([10, 13], shape=6.2, scale=2.55), [0.0, 0.0])


def test_curves_and_logits_of_the_notes_are_met(shared_data: Path) -> None:
    told = spec(shared_data)
    moves = {int(age): rate for age, rate in told["rogers_castro"].items()}
    np.testing.assert_allclose(rogers_castro(list(moves), **FUNDAMENTAL), list(moves.values()), rtol=1e-9)
    np.testing.assert_allclose(gamma(FERTILE, shape=6.2, scale=2.55, total=1.6), told["gamma"]["values"], rtol=1e-9)
    np.testing.assert_allclose(hadwiger(FERTILE, b=3.6, c=30, total=1.6), told["hadwiger"]["values"], rtol=1e-9)
    logit = told["brass_logit"]
    found = brass(logit["l_standard"], alpha=logit["alpha"], beta=logit["beta"])
    np.testing.assert_allclose(found, logit["expected_l"], rtol=0, atol=1e-9)


@given(st.floats(0.1, 3), st.floats(0.2, 3), st.floats(0.001, 0.999))
def test_a_changed_table_has_the_changed_logit_and_can_be_changed_back(alpha: float, beta: float, share: float) -> None:
    found = brass([share], alpha=alpha, beta=beta)
    logits = 0.5 * np.log((1 - np.array([share, found[0]])) / np.array([share, found[0]]))
    assert logits[1] == pytest.approx(alpha + beta * logits[0], abs=1e-6)
    np.testing.assert_allclose(brass(found, alpha=-alpha / beta, beta=1 / beta), [share], rtol=1e-6)


def test_all_and_none_survive_a_change_of_logits_as_they_are() -> None:
    np.testing.assert_array_equal(brass([1.0, 0.0], alpha=-0.15, beta=1.08), [1.0, 0.0])


def test_tents_sum_to_one_and_meet_at_the_knots() -> None:
    tents = linear_splines(np.arange(121))
    np.testing.assert_allclose(tents.sum(axis=1), 1, rtol=1e-12)
    np.testing.assert_array_equal(tents[[0, 1, 10, 20, 40, 70, 100]], np.eye(7))
    np.testing.assert_array_equal(tents[120], np.eye(7)[-1])
    np.testing.assert_allclose(tents[25, 3:5], [0.75, 0.25])


def test_the_local_rates_of_the_notes_are_met(shared_data: Path) -> None:
    told = spec(shared_data)["topals"]
    ages = np.arange(100)
    standard = 3e-4 + 8e-6 * np.exp(0.105 * (ages + 0.5))
    found = topals(told["deaths"], np.full(100, float(told["exposure"])), standard)
    assert found.knots == KNOTS == tuple(told["knots"])
    # The deaths are stored to four decimals.
    np.testing.assert_allclose(found.offsets, told["expected_theta"], rtol=0, atol=1e-6)
    np.testing.assert_allclose(found.mortality, standard * np.exp(linear_splines(ages) @ found.offsets), rtol=1e-12)


@given(st.integers(0, 10_000), st.floats(0.1, 10), st.sampled_from([0.0, 0.5, 4.0]))
@settings(deadline=None, max_examples=20)
def test_no_other_offsets_are_likelier(seed: int, level: float, anchor: float) -> None:
    random = np.random.default_rng(seed)
    standard = 1e-4 * np.exp(0.09 * np.arange(101))
    exposure = random.uniform(5, 400, 101)
    deaths = random.poisson(exposure * standard * level).astype(float)
    deaths[80] += 1
    basis = linear_splines(np.arange(101))

    def loss(theta: np.ndarray) -> float:
        mu = exposure * standard * np.exp(basis @ theta)
        penalty = 0.7 * (np.diff(theta) ** 2).sum() + anchor * (theta**2).sum()
        return float(mu.sum() - (deaths * np.log(mu)).sum() + penalty)

    found = topals(deaths, exposure, standard, smooth=0.7, anchor=anchor)
    slow = minimize(loss, np.zeros(7), method="BFGS")
    assert loss(found.offsets) <= slow.fun + 1e-9
    np.testing.assert_allclose(found.offsets, slow.x, atol=2e-3)


def test_local_rates_equal_the_standard_where_deaths_are_those_expected() -> None:
    standard = 1e-4 * np.exp(0.09 * np.arange(101))
    found = topals(50 * standard, np.full(101, 50.0), standard)
    np.testing.assert_allclose(found.offsets, 0, atol=1e-9)


def test_a_place_where_nobody_died_is_pulled_to_the_standard_by_an_anchor() -> None:
    standard, exposure = np.full(101, 0.01), np.full(101, 10.0)
    loose, firm = (topals(np.zeros(101), exposure, standard, anchor=anchor).offsets for anchor in (0.5, 50.0))
    assert (loose < firm).all()
    assert (firm < 0).all()


def test_thousand_times_the_standard_is_found_too() -> None:
    standard = np.full(101, 1e-5)
    found = topals(np.full(101, 10.0), np.full(101, 1000.0), standard)
    np.testing.assert_allclose(found.mortality, 0.01, rtol=1e-6)


@pytest.mark.parametrize(
    ("deaths", "exposure", "message"),
    [
        (np.zeros(3), np.ones(3), "Nobody died, so there is nothing to fit. Give an anchor above zero."),
        (np.ones(3), np.array([1.0, 0, 1]), "There are deaths at an age where nobody lives. Give person-years for"),
        (np.ones(2), np.ones(3), r"Deaths, person-years and standard have the shapes \(2,\), \(3,\) and \(3,\)"),
        (np.array([1, -1.0, 1]), np.ones(3), r"The deaths hold the value -1 at position \(1,\)"),
    ],
)
def test_deaths_that_cannot_be_are_refused(deaths: np.ndarray, exposure: np.ndarray, message: str) -> None:
    with pytest.raises(OutlookError, match=message):
        topals(deaths, exposure, np.full(3, 0.01))


def test_rates_are_scaled_to_a_total_by_the_width_of_their_ages() -> None:
    np.testing.assert_allclose(rescaled([[0.1, 0.3], [0.2, 0.2]], total=2.0, width=5.0), [[0.1, 0.3], [0.2, 0.2]])
    np.testing.assert_array_equal(rescaled([0.1, 0.3], total=None), [0.1, 0.3])
    with pytest.raises(OutlookError, match="A schedule of zeros cannot be scaled"):
        rescaled([0.0, 0.0], total=1.0)
