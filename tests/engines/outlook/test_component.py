"""The exact step: a slow obvious twin, what must hold for any people and rates, and what it refuses."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.engines.outlook.component import Gross, Net, Rates, Step, drawn_step, project, stepped
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.life_tables import life_table, survivorship

AGES = 9
FIELDS = ("start", "end", "born_of", "births", "deaths", "moves_out", "moves_in", "net")
seeds = st.integers(0, 2**32 - 1)
kinds = st.sampled_from(["closed", "even", "end", "together", "in_turn"])
quick = settings(deadline=None, max_examples=40)


def world(seed: int, kind: str, *, width: float = 1.0) -> tuple[np.ndarray, Rates]:
    """People and rates drawn at random."""
    random = np.random.default_rng(seed)
    persons = random.uniform(50, 5_000, (2, AGES))
    survival = random.uniform(0.5, 1, (2, AGES))
    fertility = random.uniform(0, 0.3, AGES)
    moves = random.uniform(-10, 100, (2, AGES))
    out, into = random.uniform(0, 0.4, (2, AGES)), random.uniform(0, 80, (2, AGES))
    migration = {
        "closed": None,
        "even": Net(moves, "even"),
        "end": Net(moves, "end"),
        "together": Gross(out, into),
        "in_turn": Gross(out, into, net=moves / 10, order="in_turn"),
    }[kind]
    return persons, Rates(survival, fertility, migration, boys_per_girl=1.05, width=width)


def added(step: Step) -> np.ndarray:
    """(2, AGES) people at the end, summed from the flows one cell at a time."""
    end = np.zeros((2, AGES))
    for sex in range(2):
        for cohort in range(AGES + 1):
            began = step.births[sex] if cohort == 0 else step.start[sex, cohort - 1]
            flows = -step.deaths[sex, cohort] - step.moves_out[sex, cohort]
            flows += step.moves_in[sex, cohort] + step.net[sex, cohort]
            end[sex, min(cohort, AGES - 1)] += began + flows
    return end


def twin(persons: np.ndarray, rates: Rates) -> np.ndarray:
    """People at the end of a year where moves are rates out and counts in: one person's fate after the other."""
    moves = rates.migration
    assert isinstance(moves, Gross)
    end = np.zeros((2, AGES))
    for sex in range(2):
        for age in range(AGES):
            older = min(age + 1, AGES - 1)
            survival = rates.survivorship[sex][older]
            if moves.order == "together":
                staying = persons[sex, age] * survival * math.exp(-moves.out[sex][age])
                staying += moves.arrivals[sex][age] * math.sqrt(survival)
            else:
                staying = persons[sex, age] * survival * (1 - moves.out[sex][age])
                staying += moves.arrivals[sex][age] + moves.net[sex][age]
            end[sex, older] += staying
    births = 0.0
    for age in range(AGES):
        if moves.order == "together":
            births += rates.fertility[age] * (persons[0, age] + end[0, age]) / 2
        else:
            survivors = persons[0, age] * rates.survivorship[0][min(age + 1, AGES - 1)] * (1 - moves.out[0][age])
            births += rates.fertility[age] * (survivors + moves.arrivals[0][age] + moves.net[0][age])
    end[0, 0] = births / 2.05 * rates.survivorship[0][0]
    end[1, 0] = births * 1.05 / 2.05 * rates.survivorship[1][0]
    return end


@given(seeds, kinds, st.sampled_from([1.0, 5.0]))
@quick
def test_flows_add_up_for_every_sex_and_cohort(seed: int, kind: str, width: float) -> None:
    persons, rates = world(seed, kind, width=width)
    found = stepped(persons, rates)
    np.testing.assert_allclose(added(found), found.end, rtol=1e-9)
    np.testing.assert_allclose(found.births.sum(), found.born_of.sum(), rtol=1e-12)
    np.testing.assert_allclose(found.births[1] / found.births[0], 1.05, rtol=1e-12)
    np.testing.assert_array_equal(found.start, persons)


@given(seeds, st.sampled_from(["together", "in_turn"]))
@quick
def test_the_step_equals_its_slow_twin(seed: int, kind: str) -> None:
    persons, rates = world(seed, kind)
    np.testing.assert_allclose(stepped(persons, rates).end, twin(persons, rates), rtol=1e-12)


@given(seeds)
@quick
def test_deaths_and_moves_share_those_who_are_gone_by_their_hazards(seed: int) -> None:
    persons, rates = world(seed, "together")
    without = Rates(rates.survivorship, rates.fertility, Gross(rates.migration.out, 0.0))  # type: ignore[union-attr]
    found = stepped(persons, without)
    hazard = -np.log(np.concatenate([rates.survivorship[:, 1:], rates.survivorship[:, -1:]], axis=1))
    ratio = found.moves_out[:, 1:] * hazard, found.deaths[:, 1:] * rates.migration.out  # type: ignore[union-attr]
    np.testing.assert_allclose(*ratio, rtol=1e-9)


@given(seeds, kinds, st.floats(0.01, 50))
@quick
def test_twice_the_people_and_moves_give_twice_the_flows(seed: int, kind: str, times: float) -> None:
    persons, rates = world(seed, kind)
    moves = rates.migration
    if isinstance(moves, Net):
        moves = Net(moves.persons * times, moves.timing)
    elif moves is not None:
        moves = Gross(moves.out, moves.arrivals * times, moves.net * times, moves.order)
    one = stepped(persons, rates)
    many = stepped(persons * times, Rates(rates.survivorship, rates.fertility, moves, 1.05))
    for field in FIELDS:
        np.testing.assert_allclose(getattr(many, field), getattr(one, field) * times, rtol=1e-9, atol=1e-9)


@given(seeds, kinds)
@quick
def test_two_places_together_are_the_sum_of_the_two(seed: int, kind: str) -> None:
    (one, rates), (other, moved) = world(seed, kind), world(seed + 1, kind)

    def given_moves(moves: Net | Gross | None, out: Gross | None = None) -> Rates:
        if isinstance(moves, Gross) and isinstance(out, Gross):
            moves = Gross(out.out, moves.arrivals, moves.net, moves.order)
        return Rates(rates.survivorship, rates.fertility, moves, 1.05)

    first, second = rates.migration, moved.migration
    same = first if isinstance(first, Gross) else None
    both = first
    if isinstance(first, Net) and isinstance(second, Net):
        both = Net(first.persons + second.persons, first.timing)
    if isinstance(first, Gross) and isinstance(second, Gross):
        both = Gross(first.out, first.arrivals + second.arrivals, first.net + second.net, first.order)
    apart = [stepped(one, given_moves(first)), stepped(other, given_moves(second, same))]
    whole = stepped(one + other, given_moves(both))
    for field in FIELDS:
        summed = getattr(apart[0], field) + getattr(apart[1], field)
        np.testing.assert_allclose(getattr(whole, field), summed, rtol=1e-9, atol=1e-9)


@given(seeds)
@quick
def test_without_death_birth_and_moves_people_only_grow_older(seed: int) -> None:
    persons, _ = world(seed, "closed")
    nothing = np.zeros(AGES)
    older = np.concatenate([np.zeros((2, 1)), persons[:, :-2], persons[:, -2:].sum(axis=1, keepdims=True)], axis=1)
    for moves in (None, Net(np.zeros((2, AGES))), Gross(0.0, 0.0), Gross(0.0, 0.0, order="in_turn")):
        np.testing.assert_array_equal(stepped(persons, Rates(np.ones((2, AGES)), nothing, moves)).end, older)


@given(seeds)
@quick
def test_a_stationary_population_stays_as_it_is(seed: int) -> None:
    random = np.random.default_rng(seed)
    mortality = random.uniform(0.001, 0.3, (2, AGES))
    persons = 1000 * life_table(mortality).years_lived
    persons[1] *= 1.05
    fertility = np.zeros(AGES)
    fertility[2:5] = random.uniform(0.1, 1, 3)
    # As many are born each year as the table is made of: 1,000 girls and 1,050 boys.
    fertility *= 2050 / (fertility @ persons[0])
    rates = Rates(survivorship(mortality), fertility, boys_per_girl=1.05)
    for step in project(persons, [rates] * 20):
        np.testing.assert_allclose(step.end, persons, rtol=1e-9)


@given(seeds, kinds)
@quick
def test_places_in_front_are_stepped_each_by_itself(seed: int, kind: str) -> None:
    persons, rates = world(seed, kind)
    many = np.stack([persons, 2 * persons, persons + 7])
    found = stepped(many, rates)
    for place in range(3):
        for field in FIELDS:
            alone = getattr(stepped(many[place], rates), field)
            np.testing.assert_allclose(
                np.broadcast_to(alone, getattr(found, field)[place].shape), getattr(found, field)[place]
            )


def test_each_step_starts_where_the_one_before_ended() -> None:
    persons, rates = world(3, "together")
    steps = project(persons, [rates] * 4)
    assert len(steps) == 4
    for before, after in pairwise(steps):
        np.testing.assert_array_equal(before.end, after.start)


def test_where_nobody_survives_all_die_and_none_move() -> None:
    persons = np.full((2, AGES), 100.0)
    found = stepped(persons, Rates(np.zeros((2, AGES)), np.zeros(AGES), Gross(0.3, 10.0)))
    np.testing.assert_array_equal(found.end, 0)
    np.testing.assert_array_equal(found.moves_out, 0)
    np.testing.assert_array_equal(found.deaths[:, 1:], 110)


def old_and_few() -> tuple[np.ndarray, Rates]:
    """A place of some 150 people with a handful past ninety: rates as at high ages, few moves."""
    persons = np.array([[20, 20, 18, 14, 9, 5, 3, 1, 1], [20, 19, 16, 11, 6, 3, 1, 1, 0]], dtype=float)
    survival = np.tile([0.99, 0.999, 0.99, 0.97, 0.93, 0.88, 0.8, 0.7, 0.55], (2, 1))
    moves = Gross(np.linspace(0.15, 0.01, AGES), np.tile(np.linspace(3, 0.02, AGES), (2, 1)))
    moves = Gross(np.tile(moves.out, (2, 1)), moves.arrivals)
    return persons, Rates(survival, np.linspace(0.2, 0, AGES), moves)


def test_draws_of_whole_people_have_the_mean_of_the_expected_path_at_every_age() -> None:
    persons, rates = old_and_few()
    draws, random = 40_000, np.random.default_rng(11)
    state, expected = np.broadcast_to(persons, (draws, 2, AGES)), persons
    for _ in range(10):
        found, told = drawn_step(state, rates, random=random), stepped(expected, rates)
        state, expected = found.end, told.end
        for field in FIELDS:
            drawn = getattr(found, field)
            error = drawn.std(axis=0) / math.sqrt(draws)
            np.testing.assert_array_less(np.abs(drawn.mean(axis=0) - getattr(told, field)), 5 * error + 1e-9, field)


def test_draws_vary_as_binomial_and_poisson_events_do() -> None:
    persons, rates = old_and_few()
    many, random = np.broadcast_to(persons, (40_000, 2, AGES)), np.random.default_rng(12)
    found, told = drawn_step(many, rates, random=random), stepped(persons, rates)
    out, arrivals = told.moves_out[:, 1:], told.moves_in[:, 1:]
    share = np.divide(out, persons, out=np.zeros_like(out), where=persons > 0)
    np.testing.assert_allclose(found.moves_out[..., 1:].var(axis=0), out * (1 - share), rtol=0.1, atol=1e-3)
    np.testing.assert_allclose(found.moves_in[..., 1:].var(axis=0), arrivals, rtol=0.1, atol=1e-3)
    # Where nothing befalls the mothers, births are Poisson, and so are girls and boys.
    safe = drawn_step(many, Rates(np.ones((2, AGES)), rates.fertility), random=random)
    np.testing.assert_allclose(safe.births.var(axis=0), safe.births.mean(axis=0), rtol=0.05)
    np.testing.assert_allclose(safe.births.sum(axis=1).var(), safe.births.sum(axis=1).mean(), rtol=0.05)


@given(seeds)
@quick
def test_draws_are_whole_add_up_exactly_and_come_again_from_the_same_seed(seed: int) -> None:
    persons, rates = world(seed, "together")
    persons = np.round(persons)
    found, again = (drawn_step(persons, rates, random=np.random.default_rng(seed)) for _ in range(2))
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(found, field), np.round(getattr(found, field)))
        np.testing.assert_array_equal(getattr(found, field), getattr(again, field))
    np.testing.assert_array_equal(added(found), found.end)
    assert (found.end >= 0).all()


def test_a_closed_place_can_be_drawn() -> None:
    persons, rates = world(5, "closed")
    found = drawn_step(np.round(persons), rates, random=np.random.default_rng(0))
    np.testing.assert_array_equal(found.moves_in + found.moves_out, 0)


PERSONS, RATES = world(0, "closed")
SURVIVAL, FERTILITY = RATES.survivorship, RATES.fertility


def changed(array: np.ndarray, place: tuple[int, ...], value: float) -> np.ndarray:
    copy = array.copy()
    copy[place] = value
    return copy


@pytest.mark.parametrize(
    ("persons", "rates", "message"),
    [
        (
            changed(PERSONS, (1, 3), -2),
            RATES,
            "The persons hold the value -2 at position (1, 3). No value may be below 0.",
        ),
        (
            changed(PERSONS, (0, 8), np.nan),
            RATES,
            "The persons hold the value nan at position (0, 8). Give a finite number in every cell.",
        ),
        (PERSONS[0], RATES, "The persons have the shape (9,). Give two sexes by two ages or more."),
        (PERSONS[:, :1], RATES, "The persons have the shape (2, 1). Give two sexes by two ages or more."),
        (PERSONS[:, :8], RATES, "The survival ratios have the shape (2, 9). Give an array that ends in (2, 8)."),
        (
            PERSONS,
            Rates(changed(SURVIVAL, (0, 1), 1.5), FERTILITY),
            "The survival ratios hold the value 1.5 at position (0, 1). No value may be above 1.",
        ),
        (
            PERSONS,
            Rates(SURVIVAL, FERTILITY[:4]),
            "The fertility rates have the shape (4,). Give an array that ends in (9,).",
        ),
        (
            PERSONS,
            Rates(SURVIVAL, FERTILITY, Net(np.zeros((2, 3)))),
            "The net moves have the shape (2, 3). Give an array that ends in (2, 9).",
        ),
        (
            PERSONS,
            Rates(SURVIVAL, FERTILITY, Gross(0.1, -1.0)),
            "The arrivals hold the value -1. No value may be below 0.",
        ),
        (
            PERSONS,
            Rates(SURVIVAL, FERTILITY, Gross(1.2, 0.0, order="in_turn")),
            "The rates of moving out hold the value 1.2. No value may be above 1.",
        ),
        (
            PERSONS,
            Rates(SURVIVAL, FERTILITY, boys_per_girl=0.0),
            "There are 0.0 boys a girl and classes of 1.0 years. Give numbers above zero.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(persons: np.ndarray, rates: Rates, message: str) -> None:
    with pytest.raises(OutlookError) as error:
        stepped(persons, rates)
    assert str(error.value) == message


@pytest.mark.parametrize("timing", ["even", "end"])
def test_more_cannot_leave_than_there_are(timing: str) -> None:
    moves = Net(changed(np.zeros((2, AGES)), (1, 4), -1e6), timing)  # type: ignore[arg-type]
    with pytest.raises(OutlookError, match=r"More people leave than there are: -\S+ at position \(1, [45]\)"):
        stepped(PERSONS, Rates(SURVIVAL, FERTILITY, moves))


def test_old_people_who_leave_twice_are_missed_though_older_ones_remain() -> None:
    persons = changed(PERSONS, (0, AGES - 2), 1)
    moves = Net(changed(np.zeros((2, AGES)), (0, AGES - 2), -40.0))
    with pytest.raises(OutlookError, match=r"More people leave than there are: -19 at position \(0, 7\)"):
        stepped(persons, Rates(SURVIVAL, FERTILITY, moves))


def test_rates_of_many_places_meet_one_people_and_others_are_refused() -> None:
    persons, rates = world(4, "together")
    moves = rates.migration
    assert isinstance(moves, Gross)
    many = Gross(moves.out, moves.arrivals * np.array([0, 1, 2])[:, None, None])
    found = stepped(persons, Rates(rates.survivorship, rates.fertility, many, 1.05))
    np.testing.assert_allclose(found.end[1], stepped(persons, rates).end)
    with pytest.raises(OutlookError, match=r"do not fit each other: \(2,\), \(\), \(\), \(\), \(3,\), \(\)\."):
        stepped(np.stack([persons, persons]), Rates(rates.survivorship, rates.fertility, many))


def test_draws_refuse_fractions_of_people_and_net_counts() -> None:
    random = np.random.default_rng(0)
    with pytest.raises(OutlookError, match="Draws need whole people"):
        drawn_step(PERSONS, RATES, random=random)
    for kind in ("even", "in_turn"):
        with pytest.raises(OutlookError, match="Draws need migration as rates out and counts in"):
            drawn_step(np.round(PERSONS), world(0, kind)[1], random=random)
