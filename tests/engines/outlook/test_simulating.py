"""The fast engine against the exact step, and what must hold whatever the figures are."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.engines.outlook.country import country

from samskap.engines.outlook import exact, kernels, plain
from samskap.engines.outlook.ages import FOLDS
from samskap.engines.outlook.component import Gross, Rates, stepped
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.inputs import Assumptions, Noise, Variation
from samskap.engines.outlook.levers import Levers
from samskap.engines.outlook.life_tables import survivorship
from samskap.engines.outlook.simulating import Simulation, fastest, simulate

NONE = Noise(nation=False, place=False, people=False)
PULLED = Levers(births=10, life=2, stay=15, come=10, homes=4, jobs=3, refugees=10)
ARRAYS = ("persons", "births", "deaths", "moves_in", "moves_out")


def same(one: Simulation, other: Simulation) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS) and np.array_equal(
        one.life_gain, other.life_gain
    )


def unbalanced(run: Simulation) -> Any:
    people = run.persons.astype(np.float64).sum(axis=2)
    events = run.births.astype(np.float64) - run.deaths + run.moves_in - run.moves_out
    return np.abs(np.diff(people, axis=1) - events) / np.maximum(people[:, 1:], 100)


def by_the_exact_step(given: Assumptions, *, years: int) -> tuple[Any, Any]:
    """(years + 1, P, 121) people and (years, 4, P) births, deaths, moves in and out, in double precision."""
    people, told, flows = given.population, [given.population.sum(axis=1)], []
    for year in range(years):
        hazards = survivorship(given.mortality * np.exp(-given.decline * year))
        hazard = -np.log(np.concatenate([hazards[..., 1:], hazards[..., -1:]], axis=-1))
        both = hazard + given.out_moves
        leaving = people * -np.expm1(-both) * given.out_moves / both
        pool = (leaving * (1 - given.abroad)).sum(axis=0)
        migration = Gross(out=given.out_moves, arrivals=given.share * pool + given.immigration)
        step = stepped(people, Rates(hazards, given.fertility, migration, given.boys_per_girl))
        people = step.end
        told.append(people.sum(axis=1))
        flows.append([flow.reshape(len(people), -1).sum(axis=1) for flow in
                      (step.births, step.deaths, step.moves_in, step.moves_out)])  # fmt: skip
    return np.array(told), np.array(flows)


def test_without_chance_it_is_the_exact_step() -> None:
    given = country(147, 5_000, 700_000)
    run = simulate(given, years=12, draws=1, noise=NONE, classes=None)
    people, flows = by_the_exact_step(given, years=12)
    assert np.allclose(run.persons[..., 0].transpose(1, 0, 2), people, rtol=1e-5, atol=1e-4)
    told = np.stack([run.births, run.deaths, run.moves_in, run.moves_out])[..., 0].transpose(2, 0, 1)
    assert np.allclose(told, flows, rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize("levers", [Levers(), PULLED], ids=["base", "pulled"])
@pytest.mark.parametrize("noise", [NONE, Noise()], ids=["none", "all"])
def test_plain_numpy_is_the_same(levers: Levers, noise: Noise) -> None:
    given = country(147, 5_000, 700_000)
    asked: dict[str, Any] = {"years": 8, "draws": 70, "levers": levers, "noise": noise, "places": ("1001", "1000")}
    fast, slow = simulate(given, runner=kernels.run, **asked), simulate(given, runner=plain.run, **asked)
    for name in ARRAYS:
        one, other = getattr(fast, name), getattr(slow, name)
        # A root near zero turns rounding of 1e-7 into 3e-4, of one cell.
        assert np.allclose(one, other, rtol=1e-5, atol=3e-3), name
    assert np.allclose(fast.pool.movers, slow.pool.movers, rtol=1e-4, atol=1e-2)
    assert np.allclose(fast.pool.national, slow.pool.national, rtol=1e-5)


def test_every_draw_balances() -> None:
    run = simulate(country(147, 5_000, 60_000), years=10, draws=100, levers=PULLED)
    assert unbalanced(run).max() < 2e-5


@pytest.mark.parametrize("levers", [Levers(), Levers(homes=5, jobs=5, stay=10, come=10)], ids=["base", "pulled"])
def test_who_moves_within_the_country_comes_somewhere(levers: Levers) -> None:
    given = country(147, 5_000, 60_000, 30_000)
    given = replace(given, abroad=np.zeros((2, 121)), immigration=np.zeros_like(given.immigration))
    run = simulate(given, years=10, draws=100, levers=levers)
    gap = run.moves_in.sum(axis=0, dtype=np.float64) - run.moves_out.sum(axis=0, dtype=np.float64)
    assert np.abs(gap).max() < 1e-5 * run.moves_out.sum(axis=0).mean()


def test_the_same_bits_for_any_threads_and_blocks() -> None:
    given = country(300, 4_000, 90_000)
    whole = simulate(given, years=5, draws=200, threads=1)
    for threads, block in ((1, 64), (2, 128), (3, 64), (2, 256)):
        other = simulate(given, years=5, draws=200, threads=threads, block_draws=block)
        assert same(whole, other)
        assert np.array_equal(whole.pool.movers, other.pool.movers)
        assert np.array_equal(whole.pool.national, other.pool.national)


def test_some_places_of_a_stored_pass_are_the_same_bits() -> None:
    given = country(300, 4_000, 90_000, 20_000)
    whole = simulate(given, years=5, draws=100)
    some = simulate(given, years=5, draws=100, places=("1003", "1000"), pool=whole.pool)
    for name in ARRAYS:
        assert np.array_equal(getattr(some, name), getattr(whole, name)[[3, 0]])
    few = simulate(given, years=3, draws=30, places=("1001",), pool=whole.pool)
    assert np.array_equal(few.persons[0], whole.persons[1, :4, :, :30])


def test_the_order_of_places_changes_nothing() -> None:
    given = country(300, 4_000, 90_000, 20_000)
    order = [2, 0, 3, 1]
    fields = ("population", "mortality", "fertility", "out_moves", "share", "immigration", "level_sd")
    turned = replace(
        given,
        places=tuple(given.places[at] for at in order),
        **{name: getattr(given, name)[order] for name in fields},
    )
    one, other = simulate(given, years=4, draws=64), simulate(turned, years=4, draws=64)
    for name in ARRAYS:
        assert np.array_equal(getattr(one, name)[order], getattr(other, name))


def test_a_lever_at_zero_is_the_base_and_others_have_the_same_chance() -> None:
    given = country(300, 4_000, 90_000)
    base = simulate(given, years=6, draws=100)
    assert same(base, simulate(given, years=6, draws=100, levers=Levers(phase_in_years=3)))
    more = simulate(given, years=6, draws=100, levers=Levers(births=10), pool=base.pool, places=("1001",))
    extra = more.births[0] - base.births[1]
    # Draw by draw: the spread of the difference is that of the difference, not of births.
    assert (extra.mean(axis=1) > 0).all()
    assert extra[-1].std() < 0.25 * base.births[1, -1].std()


def test_levers_act_where_they_are_pulled() -> None:
    given = country(3_000, 4_000, 900_000)
    asked: dict[str, Any] = {"years": 10, "draws": 1, "noise": NONE}
    base = simulate(given, **asked)

    def change(levers: Levers) -> Any:
        run = simulate(given, levers=levers, places=("1001",), pool=base.pool, **asked)
        return run.persons[0, -1, :, 0].sum() - base.persons[1, -1, :, 0].sum()

    assert change(Levers(births=10)) > 0
    assert change(Levers(life=2)) > 0
    assert change(Levers(stay=10)) > 0
    assert change(Levers(come=10)) > 0
    assert 50 < change(Levers(homes=5)) < 5 * 2.1 * 10
    assert 0 < change(Levers(jobs=5)) < 5 * 1.6 * 10
    assert 30 < change(Levers(refugees=10)) < 100
    assert change(Levers(births=-10)) < 0
    assert change(Levers(homes=5, phase_in_years=1)) > change(Levers(homes=5, phase_in_years=10))


def test_a_longer_life_is_as_long_as_asked() -> None:
    given = country(3_000, 4_000)
    base, longer = (simulate(given, years=20, draws=1, noise=NONE, levers=Levers(life=each)) for each in (0, 2))
    assert (base.life_gain[0] == 0).all()
    assert (np.diff(base.life_gain[:, 0]) > 0).all()
    # Of two years at birth, most are lived after 67.
    assert 1.0 < longer.life_gain[-1, 0] - base.life_gain[-1, 0] < 2.0


def test_twice_the_people_is_twice_the_result() -> None:
    given = country(3_000, 4_000, whole=False)
    twice = replace(given, population=2 * given.population, immigration=2 * given.immigration)
    one, two = (simulate(each, years=10, draws=1, noise=NONE) for each in (given, twice))
    for name in ARRAYS:
        assert np.allclose(2 * getattr(one, name), getattr(two, name), rtol=1e-5, atol=1e-4)


def test_places_with_the_same_rates_are_one_place() -> None:
    given = country(5_000, 5_000, 5_000, whole=False)
    equal = {name: np.stack([getattr(given, name)[0]] * 3) for name in ("mortality", "fertility", "out_moves")}
    given = replace(given, **equal)
    share = given.population / given.population.sum(axis=0)
    given = replace(given, share=share)
    one = replace(
        given,
        places=("1000",),
        population=given.population.sum(axis=0, keepdims=True),
        mortality=given.mortality[:1],
        fertility=given.fertility[:1],
        out_moves=given.out_moves[:1],
        share=np.ones((1, 2, 121)),
        immigration=given.immigration.sum(axis=0, keepdims=True),
        level_sd=np.zeros(1),
    )
    apart, whole = (simulate(each, years=10, draws=1, noise=NONE) for each in (given, one))
    assert np.allclose(apart.persons.sum(axis=0), whole.persons[0], rtol=1e-5)


def test_a_stationary_population_stays() -> None:
    given = country(10_000, whole=False)
    ratios = survivorship(given.mortality[0])
    alive = np.cumprod(ratios[:, :-1], axis=1)
    oldest = alive[:, -1] * ratios[:, -1] / (1 - ratios[:, -1])
    stationary = np.concatenate([alive, oldest[:, None]], axis=1) * np.array([[1.0], [1.06]])
    fertility = given.fertility[0] / (given.fertility[0] * stationary[0]).sum() * 2.06
    given = replace(
        given,
        population=1_000 * stationary[None],
        fertility=fertility[None],
        decline=np.zeros((2, 121)),
        out_moves=np.zeros((1, 2, 121)),
        immigration=np.zeros((1, 2, 121)),
    )
    run = simulate(given, years=25, draws=1, noise=NONE)
    assert np.allclose(run.persons[0, :, :, 0], run.persons[0, 0, :, 0], rtol=2e-5)


def test_without_rates_people_grow_older_only() -> None:
    given = country(10_000)
    zero = np.zeros((1, 2, 121))
    given = replace(given, mortality=zero + 1e-12, out_moves=zero, immigration=zero, fertility=zero[:, 0])
    run = simulate(given, years=3, draws=1, noise=NONE, classes=None)
    assert np.allclose(run.persons[0, 3, 3:120, 0], given.population.sum(axis=1)[0, :117])
    assert np.allclose(run.persons[0, 3, :3], 0)
    assert np.allclose(run.persons[0, 3, 120], given.population.sum(axis=1)[0, 117:].sum(), atol=1e-4)


def test_no_bias_in_the_smallest_places() -> None:
    given = country(147, 861, 8_683, 900_000)
    middle = simulate(given, years=25, draws=1, noise=NONE)
    run = simulate(given, years=25, draws=2_000, noise=Noise(nation=False, place=False))
    for at in (1, 2, 8, 12):
        mean, spread = run.persons[:3, -1, at].mean(axis=1), run.persons[:3, -1, at].std(axis=1)
        assert (np.abs(mean - middle.persons[:3, -1, at, 0]) < 4.5 * spread / 2_000**0.5).all(), FOLDS[at]


def test_chance_of_people_is_that_of_whole_people() -> None:
    given = country(600, 2_000_000)
    run = simulate(given, years=8, draws=500, noise=Noise(nation=False, place=False))
    whole = simulate(given, years=8, draws=500, noise=Noise(nation=False, place=False), places=("1000",),
                     pool=run.pool, runner=exact.run)  # fmt: skip
    assert (unbalanced(whole) == 0).all()
    assert np.array_equal(whole.persons, np.round(whole.persons))
    for name in ("births", "deaths", "moves_in", "moves_out"):
        one, other = getattr(run, name)[0], getattr(whole, name)[0]
        assert np.abs(one.mean() / other.mean() - 1) < 0.03, name
        assert np.abs(one.std(axis=1).mean() / other.std(axis=1).mean() - 1) < 0.08, name
    spread, exactly = run.persons[0, -1].std(axis=1), whole.persons[0, -1].std(axis=1)
    assert np.allclose(spread, exactly, rtol=0.2)


def test_events_of_the_first_year_have_binomial_and_poisson_moments() -> None:
    given = country(5_000, 900_000)
    run = simulate(given, years=1, draws=2_000, noise=Noise(nation=False, place=False), classes=None)
    births, deaths = run.births[0, 0], run.deaths[0, 0]
    assert abs(births.var() / births.mean() - 1) < 0.12
    # A binomial number varies a little less than its mean.
    assert 0.75 < deaths.var() / deaths.mean() < 1.02


def test_the_place_strays_as_assumed() -> None:
    given = replace(country(30_000, 5_000_000), variation=Variation(area_people=0.0, area_even=1.0))
    run = simulate(given, years=2, draws=2_000, noise=Noise(nation=False, people=False))
    net = (run.moves_in[0, 0] - run.moves_out[0, 0]) / 30_000
    assert abs(net.std() / np.hypot(0.0025, 0.004) - 1) < 0.08
    shaped = replace(given, variation=Variation(area_people=0.0, area_even=0.0))
    run = simulate(shaped, years=2, draws=2_000, noise=Noise(nation=False, people=False))
    net = (run.moves_in[0, 0] - run.moves_out[0, 0]) / 30_000
    assert abs(net.std() / np.hypot(0.0025, 0.004) - 1) < 0.08


def test_whole_people_need_a_stored_pass() -> None:
    with pytest.raises(OutlookError, match="stored pass"):
        simulate(country(600, 40_000), years=1, draws=1, runner=exact.run)


def test_a_stored_pass_of_other_draws_is_refused() -> None:
    given = country(600, 40_000)
    pool = simulate(given, years=2, draws=10).pool
    with pytest.raises(OutlookError, match="with seed 2026, not in 2024 with 1"):
        simulate(given, years=2, draws=10, seed=1, pool=pool)
    with pytest.raises(OutlookError, match="10 draws of 2 years; 10 of 3"):
        simulate(given, years=3, draws=10, pool=pool)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"places": ("9999",)}, "The place 9999 is not in the system"),
        ({"places": ("1000", "1000")}, "asked for twice"),
        ({"years": 0}, "0 years"),
        ({"draws": 0}, "0 draws"),
        ({"classes": ((0, 119),)}, "do not divide 0 to 120"),
        ({"classes": ((0, 9), (10, 120))}, "lie across the groups"),
    ],
)
def test_what_cannot_be_run_is_told(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(OutlookError, match=said):
        simulate(country(600, 40_000), **asked)


def test_shares_and_people_that_cannot_be_are_told() -> None:
    given = country(600, 40_000)
    with pytest.raises(OutlookError, match="do not add up to 1"):
        simulate(replace(given, share=given.share * 1.1))
    with pytest.raises(OutlookError, match="population"):
        simulate(replace(given, population=-given.population))


def test_without_numba_it_runs_in_plain_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "samskap.engines.outlook.kernels", None)
    assert fastest() is plain.run
