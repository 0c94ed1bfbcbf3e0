from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.engines.outlook.small_world import assumptions

from samskap.engines.outlook import (
    FOLDS,
    NORWAY,
    PARAMETERS,
    OutlookError,
    equalised_tax,
    national_standard,
    need_grants,
    simulate,
)
from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.equalisation import country_of, need_index
from samskap.engines.outlook.need import need_of, standard_need, sums_of

MORTALITY, DECLINE = NORWAY.mortality.mean(axis=0), NORWAY.decline.mean(axis=0)
COUNTRY = 60_000.0 * np.exp(-((np.arange(AGES) / 85.0) ** 6))

PEOPLE = arrays(np.float64, 9, elements=st.floats(150, 700_000))
A_HEAD = arrays(np.float64, 9, elements=st.floats(0.2, 3.0))


@given(people=PEOPLE, need=A_HEAD)
def test_need_grants_add_up_to_nothing(people: np.ndarray, need: np.ndarray) -> None:
    grants = need_grants(need * people, people=people, need_a_head=62_000.0)
    assert abs(grants.sum()) < 1e-9 * np.abs(grants).sum() + 1e-3
    richer = need > (need * people).sum() / people.sum()
    assert (grants[richer] >= -1e-3).all()
    assert (grants[~richer] <= 1e-3).all()


@given(people=PEOPLE, tax=A_HEAD)
def test_tax_grants_add_up_to_nothing_and_never_turn_the_order(people: np.ndarray, tax: np.ndarray) -> None:
    paid = tax * 38_000.0 * people
    grants = equalised_tax(paid, people=people, parameters=PARAMETERS)
    assert abs(grants.sum()) < 1e-6 * paid.sum()
    after = (paid + grants) / people
    order = np.argsort(tax, kind="stable")
    assert (np.diff(after[order]) >= -1e-6).all()
    assert np.ptp(after) <= np.ptp(paid / people) + 1e-6


def test_need_grants_by_hand() -> None:
    """Two equal places that need 3 and 1 units a head: the index is 1.5 and 0.5 of a country's 2."""
    people = np.array([1000.0, 1000.0])
    assert need_grants(people * [3.0, 1.0], people=people, need_a_head=60_000.0).tolist() == [30e6, -30e6]


def test_tax_grants_by_hand() -> None:
    """Taxes of 20,000 and 40,000 a head, mean 30,000: 60 % of 10,000, and 35 % of what lacks to 27,000."""
    people = np.array([1000.0, 1000.0])
    grants = equalised_tax(np.array([20e6, 40e6]), people=people, parameters=PARAMETERS)
    supplement = 0.35 * 7_000.0
    assert grants.tolist() == pytest.approx(
        [1000 * (6_000 + supplement - supplement / 2), 1000 * (-6_000 - supplement / 2)]
    )


def test_a_place_without_people_is_named() -> None:
    with pytest.raises(OutlookError, match="Place number 1 has no people"):
        need_grants(np.array([1.0, 1.0]), people=np.array([100.0, 0.0]), need_a_head=1.0)


def test_the_country_by_folds_needs_one_unit_a_head() -> None:
    rules = standard_need(PARAMETERS, people=COUNTRY, mortality=MORTALITY, decline=DECLINE, years=1)
    by_fold = np.array([COUNTRY[first : last + 1].sum() for first, last in FOLDS])
    national = np.stack([by_fold, by_fold * 1.1])[:, :, None].repeat(2, axis=2).astype(np.float32)
    country = country_of(national, rules, PARAMETERS)
    assert country.people[0] == pytest.approx([COUNTRY.sum()] * 2, rel=1e-6)
    assert country.need[0] == pytest.approx([COUNTRY.sum()] * 2, rel=1e-5)
    assert country.need[1, 0] / country.need[0, 0] < 1.1
    assert need_index(country.need, people=country.people, country=country) == pytest.approx(np.ones((2, 2)))


def test_need_grants_of_a_simulated_country_add_up_to_nothing_in_every_draw() -> None:
    """The sums of the country that come with the pool are those of its places."""
    world = assumptions(people=800_000.0)
    run = simulate(world, years=6, draws=40, seed=3, classes=FOLDS)
    rules = national_standard(world, PARAMETERS, years=6)
    country = country_of(run.pool.national, rules, PARAMETERS)
    grants = np.zeros((7, 40))
    for people in run.persons:
        sums = sums_of(people, rules, PARAMETERS)
        need = need_of(sums.whole, rules, people_now=float(sums.people[0, 0]))
        units = np.tensordot(rules.weights, need, axes=(0, 0)).astype(np.float32)
        grants += (need_index(units, people=sums.people, country=country) - 1.0) * sums.people
    assert np.abs(grants).max() < 1e-4 * float(country.people_now)
