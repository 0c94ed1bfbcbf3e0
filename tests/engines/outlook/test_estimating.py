"""Worlds with known rates: the assumptions say what made them, and small places lean on the nation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.estimating import estimate
from samskap.engines.outlook.estimation import Estimation
from samskap.engines.outlook.history import pooled
from samskap.engines.outlook.inputs import Assumptions, History, Vital
from samskap.engines.outlook.life_tables import life_table, survivorship
from samskap.engines.outlook.norway import NORWAY
from samskap.engines.outlook.residual import cohort_survival

YEARS = tuple(range(2010, 2021))
STEADY = replace(NORWAY, decline=np.zeros((2, AGES)), year=2015)
"""Schedules of a country where mortality does not fall."""
SURVIVAL = cohort_survival(survivorship(STEADY.mortality))
OLD = np.arange(AGES) >= 75


def balanced() -> Vital:
    """Schedules whose immigration is as large as emigration in `world`'s country."""
    people = world((1_000_000.0,), births=(1.0,)).persons[0, -1]
    return replace(STEADY, immigration=float((people * STEADY.out_moves * STEADY.abroad).sum()))


def world(
    sizes: tuple[float, ...],
    *,
    births: tuple[float, ...] | None = None,
    dying: tuple[float, ...] | None = None,
    net: tuple[np.ndarray | float, ...] | None = None,
) -> History:
    """Places of so many people, born at a level of `births`, dying at `dying` times the standard from 75 on, gaining
    `net` of those below 85 each year."""
    lived = life_table(STEADY.mortality).years_lived
    shape = lived / lived.sum()
    places = []
    for at, size in enumerate(sizes):
        mortality = STEADY.mortality * np.where(OLD, 1.0 if dying is None else dying[at], 1.0)
        survival, into = cohort_survival(survivorship(mortality)), survivorship(mortality)[:, 0]
        gain = np.broadcast_to(0.0 if net is None else net[at], (2, AGES)) * (np.arange(AGES) < 85)
        people, known = size * shape, []
        for _ in YEARS:
            known.append(people)
            older = people * (survival + gain)
            ahead = np.concatenate([np.zeros((2, 1)), older[:, :-1]], axis=1)
            ahead[:, -1] += older[:, -1]
            level = 1.0 if births is None else births[at]
            women = (people[0] + ahead[0]) / 2
            born = level * float(women @ STEADY.fertility)
            ahead[:, 0] = born * into * np.array([1 / 2.06, 1.06 / 2.06])
            people = ahead
        places.append(np.stack(known))
    return History(tuple(f"{at:04d}" for at in range(len(sizes))), YEARS, np.stack(places))


def row(found: Assumptions, place: str, parameter: str) -> Any:
    return next(it for it in found.estimates if (it.place, it.parameter) == (place, parameter))


def a_year_on(found: Assumptions) -> np.ndarray:
    """(A, 2, 121) survivors and arrivals of the first year by age at its start, written out from the model's text."""
    hazard = -np.log(cohort_survival(survivorship(found.mortality)))
    gone = 1 - np.exp(-hazard - found.out_moves)
    leavers = found.population * gone * found.out_moves / (hazard + found.out_moves)
    pool = (leavers * (1 - found.abroad)).sum(axis=0)
    arrivals = found.share * pool + found.immigration
    return found.population * (1 - gone) + arrivals * np.exp(-hazard / 2)


def test_a_country_at_rest_stays_at_rest() -> None:
    vital = balanced()
    found = estimate(world((600_000.0, 400_000.0)), vital)
    assert found.mortality == pytest.approx(np.stack([vital.mortality] * 2), rel=1e-6)
    assert found.fertility == pytest.approx(np.stack([vital.fertility] * 2), rel=1e-6)
    stay = a_year_on(found)[:, :, :85].sum(axis=(1, 2))
    assert stay == pytest.approx((found.population * SURVIVAL)[:, :, :85].sum(axis=(1, 2)), rel=2e-3)


def test_births_of_a_large_place_are_its_own_and_of_a_small_one_the_nations() -> None:
    found = estimate(world((3_000_000.0, 300_000.0, 300.0), births=(1.0, 1.2, 1.2)), STEADY)
    nation = row(found, "0000", "fertility").standard
    large, small = row(found, "0001", "fertility"), row(found, "0002", "fertility")
    assert large.own / row(found, "0000", "fertility").own == pytest.approx(1.2, rel=1e-9)
    assert large.used == pytest.approx(large.own, rel=0.01)
    assert small.used == pytest.approx(nation, rel=0.04)
    assert large.weight > 0.98
    assert small.weight < 0.15
    assert found.fertility.sum(axis=1) == pytest.approx([row(found, it, "fertility").used for it in found.places])


@pytest.mark.parametrize("known", [True, False])
def test_deaths_are_those_known_or_those_who_are_no_longer_there(known: bool) -> None:
    history = world((3_000_000.0, 300_000.0, 300.0), dying=(1.0, 1.15, 1.15))
    if known:
        middle = (history.persons[:, 1:] + history.persons[:, :-1]) / 2
        ramp = np.clip((np.arange(AGES) - 75) / 15, 0, 1)
        local = 1 + ramp * (np.array([1.0, 1.15, 1.15])[:, None, None, None] - 1)
        history = replace(history, deaths=(middle * STEADY.mortality * local).sum(axis=(2, 3)))
    found = estimate(history, STEADY)
    large, small = row(found, "0001", "mortality"), row(found, "0002", "mortality")
    assert large.own / row(found, "0000", "mortality").own == pytest.approx(1.15, rel=1e-9 if known else 0.03)
    assert large.used == pytest.approx(large.own, rel=0.01)
    assert small.weight < 0.2
    assert found.mortality[1, 0, 95] / STEADY.mortality[0, 95] == pytest.approx(large.used)
    assert found.mortality[:, :, :75].tolist() == [STEADY.mortality[:, :75].tolist()] * 3


def test_known_births_are_taken_before_infants() -> None:
    history = world((600_000.0, 400_000.0))
    women = (history.persons[:, 1:, 0] + history.persons[:, :-1, 0]) / 2
    told = 1.3 * women @ STEADY.fertility
    found = estimate(replace(history, births=told), STEADY)
    assert found.fertility.sum(axis=1) == pytest.approx(np.full(2, 1.3 * STEADY.fertility.sum()), rel=1e-6)


def test_a_falling_fertility_falls_by_what_its_changes_usually_bring() -> None:
    history = world((600_000.0, 400_000.0))
    women = (history.persons[:, 1:, 0] + history.persons[:, :-1, 0]) / 2
    falling = 0.98 ** np.arange(10)
    found = estimate(replace(history, births=falling * (women @ STEADY.fertility)), STEADY)
    # A change of ln 0.98 a year, remembered by a half, brings as much again.
    assert found.fertility.sum(axis=1) == pytest.approx(np.full(2, 0.98**10 * STEADY.fertility.sum()), rel=1e-6)


def test_moves_in_the_country_go_from_one_place_to_another() -> None:
    found = estimate(world((600_000.0, 400_000.0, 900.0), net=(-0.004, 0.006, -0.01)), STEADY)
    assert found.share.sum(axis=0) == pytest.approx(np.ones((2, AGES)), abs=1e-12)
    assert (found.share >= 0).all()
    assert (found.immigration >= 0).all()
    assert ((found.abroad >= 0) & (found.abroad <= 1)).all()
    assert (found.out_moves >= STEADY.out_moves).all()


def test_base_net_is_the_level_that_is_told() -> None:
    found = estimate(world((600_000.0, 400_000.0, 200_000.0), net=(-0.004, 0.006, 0.0)), balanced())
    dying = cohort_survival(survivorship(found.mortality))
    net = a_year_on(found) - found.population * dying
    rate = net[:, :, :85].sum(axis=(1, 2)) / found.population[:, :, :85].sum(axis=(1, 2))
    told = np.array([row(found, place, "net_moves").used for place in found.places])
    # The nation is brought to its expected level and places closed at each age: all are moved by about the same.
    assert np.diff(rate - told) == pytest.approx([0.0, 0.0], abs=4e-4)
    own = np.array([row(found, place, "net_moves").own for place in found.places])
    assert own == pytest.approx([-0.004, 0.006, 0.0], abs=2e-4)


def test_national_net_migration_goes_from_the_recent_to_the_usual() -> None:
    options = Estimation(horizon=15)
    vital = balanced()
    found = estimate(world((600_000.0, 400_000.0), net=(0.01, 0.01)), vital, options=options)
    net = a_year_on(found) - found.population * cohort_survival(survivorship(found.mortality))
    people = found.population[:, :, :85].sum()
    emigrants = (found.population * vital.out_moves * vital.abroad).sum()
    kept = np.mean(0.9 ** np.arange(1, 16))
    usual = (vital.immigration - emigrants) / people
    assert net[:, :, :85].sum() / people == pytest.approx(kept * 0.01 + (1 - kept) * usual, rel=0.02)


def test_a_small_place_is_taken_for_a_place_of_its_size() -> None:
    history = world((1_000_000.0, 200_000.0, 500.0), net=(0.0, 0.0, -0.03))
    small = row(estimate(history, STEADY), "0002", "net_moves")
    expected = 0.002 + 0.004 * np.log(history.persons[2, -1].sum() / 30_000)
    assert small.standard - row(estimate(history, STEADY), "0001", "net_moves").standard < -0.01
    assert small.standard == pytest.approx(expected, abs=2e-3)
    assert small.weight < 0.2
    assert small.used == pytest.approx(small.standard + small.weight * (small.own - small.standard))


def test_a_college_town_is_capped() -> None:
    students = np.where((np.arange(AGES) >= 18) & (np.arange(AGES) <= 24), 0.4, 0.0)
    history = world((1e9, 100_000.0), net=(0.0, students))
    capped, free = (estimate(history, STEADY, options=Estimation(student_cap=cap)) for cap in (0.1, 9.0))
    net = [a_year_on(it)[1, 0, 20] / it.population[1, 0, 20] - SURVIVAL[0, 20] for it in (capped, free)]
    nation = [a_year_on(it)[0, 0, 20] / it.population[0, 0, 20] - SURVIVAL[0, 20] for it in (capped, free)]
    assert net[0] - nation[0] == pytest.approx(0.1, abs=0.04)  # of the people of five ages, and these grow
    assert net[1] - nation[1] > 0.25


def test_order_of_places_changes_nothing() -> None:
    history = world((600_000.0, 400_000.0, 5_000.0), net=(-0.004, 0.006, -0.01), births=(1.0, 0.9, 1.3))
    turned = History(history.places[::-1], history.years, history.persons[::-1])
    first, second = estimate(history, STEADY), estimate(turned, STEADY)
    for name in ("population", "mortality", "fertility", "out_moves", "share", "immigration", "level_sd"):
        assert getattr(second, name)[::-1] == pytest.approx(getattr(first, name), rel=1e-9), name
    assert sorted(first.estimates, key=str)[0].place == sorted(second.estimates, key=str)[0].place


def test_a_place_and_the_rest_say_nearly_what_all_places_say() -> None:
    history = world((900_000.0, 400_000.0, 30_000.0, 5_000.0), net=(-0.001, 0.002, -0.01, -0.01))
    whole, two = estimate(history, STEADY), estimate(pooled(history, place="0003"), STEADY)
    for parameter in ("mortality", "fertility", "net_moves"):
        one, other = row(whole, "0003", parameter), row(two, "0003", parameter)
        assert (one.own, one.weight) == pytest.approx((other.own, other.weight), rel=1e-9)
        assert one.used == pytest.approx(other.used, rel=1e-6, abs=2e-4)
    assert two.level_sd[0] == whole.level_sd[3]


def test_only_the_window_is_looked_at() -> None:
    history = world((600_000.0, 400_000.0), net=(-0.004, 0.006))
    short = History(history.places, history.years[4:], history.persons[:, 4:])
    one, other = (estimate(it, STEADY, options=Estimation(window=6)) for it in (history, short))
    assert one.share.tolist() == other.share.tolist()
    assert one.estimates == other.estimates


def test_an_age_that_is_empty_today_still_receives_people() -> None:
    history = world((600_000.0, 400_000.0, 200.0))
    holes = history.persons.copy()
    holes[2, -1, :, 30] = 0.0
    found = estimate(History(history.places, history.years, holes), STEADY)
    assert (found.share[2, :, 30] > found.share[2, :, 31] / 2).all()


def test_priors_can_be_found_from_many_places() -> None:
    generator = np.random.default_rng(4)
    sizes = tuple(generator.uniform(20_000, 200_000, size=40))
    births = tuple(generator.gamma(400.0, 1 / 400.0, size=40))
    options = Estimation(fertility_prior=None, mortality_prior=None, level_by_size=None)
    found = estimate(world(sizes, births=births), STEADY, options=options)
    # Only births differ: deaths and moves of the places tell nothing of their own, births nearly all.
    assert max(it.weight for it in found.estimates if it.parameter == "mortality") < 0.2
    assert min(it.weight for it in found.estimates if it.parameter == "fertility") > 0.5


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"mortality": np.ones((2, 100))}, "mortality have the shape"),
        ({"abroad": np.full((2, AGES), 1.5)}, "shares that leave the country hold the value 1.5"),
        ({"fertility": np.full(AGES, -0.1)}, "fertility rates hold the value -0.1"),
        ({"immigration": float("nan")}, "immigration and boys per girl hold the value nan"),
    ],
)
def test_schedules_that_cannot_be_are_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(OutlookError, match=message):
        estimate(world((600_000.0, 400_000.0)), replace(STEADY, **wrong))
