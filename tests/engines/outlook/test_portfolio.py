from __future__ import annotations

from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.outlook.small_world import accounts

from samskap.engines.outlook import NO_LEVERS, PARAMETERS, Effect, Initiative, OutlookError
from samskap.engines.outlook.accounts import books_of
from samskap.engines.outlook.costs import unit_costs
from samskap.engines.outlook.portfolio import (
    Piece,
    Portfolio,
    check_initiatives,
    pieces_of,
    portfolio_of,
    shapley,
)
from samskap.engines.outlook.services import SERVICES

YEARS, DRAWS, NORM = 6, 40, 0.0175
NOW = np.array([4100.0, 3900.0, 4000.0, 4000.0, 4600.0, 4000.0, 4000.0])
BOOKS = books_of(accounts(), PARAMETERS, need=NOW, users=NOW, people=4000.0)
UNIT = unit_costs(BOOKS, PARAMETERS, NO_LEVERS, need=NOW, years=YEARS)
NEED = (NOW[:, None, None] * np.linspace(1.0, 1.3, YEARS + 1)[:, None] * np.ones(DRAWS)).astype(np.float32)
CARE, HEALTH = SERVICES.index("care"), SERVICES.index("health")

MIXED = (
    Initiative("day centre", 2027, (Effect("care", users=(0.10, 0.05)),), yearly_nok=1.5e6, setup_nok=3e6),
    Initiative("sensors", 2028, (Effect("care", posts=(0.05, 0.02)),), ramp_years=2, is_cash=False, yearly_nok=4e5),
    Initiative(
        "falls", 2027, (Effect("care", users=(0.08, 0.02), first_age=80), Effect("health", unit_cost=(0.1, 0.0)))
    ),
    Initiative(
        "rota", 2026, (Effect("care", posts=(0.04, 0.01), unit_cost=(0.02, 0.0)),), lifetime_years=3, chance=0.7
    ),
    Initiative("letting", 2027, (), revenue_nok=8e5),
    Initiative("visits", 2027, (Effect("care", posts=(0.06, 0.01), first_age=67),), is_cash=False),
)


def parts(initiatives: tuple[Initiative, ...]) -> dict[tuple[str, tuple[int, int]], np.ndarray]:
    """Need by age as if it were even over 121 ages, and a tenth of it nobody's."""
    return {
        (service, group): NEED[SERVICES.index(service)] * np.float32(0.9 * (group[1] - group[0] + 1) / 121)
        for service, groups in pieces_of(initiatives).items()
        for group in groups
    }


def portfolio(initiatives: tuple[Initiative, ...], *, ages_of: tuple[Initiative, ...] | None = None) -> Portfolio:
    known = parts(initiatives if ages_of is None else ages_of)
    return portfolio_of(initiatives, need=NEED, parts=known, unit=UNIT, base_year=2026, seed=5)


def cash(initiatives: tuple[Initiative, ...]) -> np.ndarray:
    """What some initiatives bring of room, reckoned anew without shares: the slow twin's value of a coalition."""
    if not initiatives:
        return np.zeros((YEARS + 1, DRAWS))
    found = portfolio(initiatives, ages_of=MIXED)
    return found.saved.sum(axis=0) + found.revenue * (1 - NORM) - found.cost.astype(np.float64)


def time(initiatives: tuple[Initiative, ...]) -> np.ndarray:
    if not initiatives:
        return np.zeros((YEARS + 1, DRAWS))
    return portfolio(initiatives, ages_of=MIXED).freed_posts.sum(axis=0).astype(np.float64)


def by_all_orders(value: Any, initiatives: tuple[Initiative, ...]) -> list[np.ndarray]:
    """Shapley by its definition: 2 to the n coalitions, each valued anew."""
    n = len(initiatives)
    worth = {
        group: value(tuple(initiatives[k] for k in group))
        for size in range(n + 1)
        for group in combinations(range(n), size)
    }
    shares = []
    for one in range(n):
        total = np.zeros((YEARS + 1, DRAWS))
        for group, before in worth.items():
            if one not in group:
                weight = factorial(len(group)) * factorial(n - len(group) - 1) / factorial(n)
                total += weight * (worth[tuple(sorted((*group, one)))] - before)
        shares.append(total)
    return shares


def test_the_shares_of_cash_are_those_of_all_coalitions_reckoned_anew() -> None:
    budget = tuple(item for item in MIXED if item.is_cash)
    slow = by_all_orders(cash, budget)
    assert portfolio(budget, ages_of=MIXED).cash_shares(norm=NORM) == pytest.approx(np.array(slow), abs=300)


def test_the_shares_of_time_are_those_of_all_coalitions_of_what_frees_time() -> None:
    freeing = tuple(item for item in MIXED if not item.is_cash)
    slow = by_all_orders(time, freeing)
    assert portfolio(freeing, ages_of=MIXED).time_shares() == pytest.approx(np.array(slow), abs=1e-4)


def test_the_shares_add_up_to_the_whole_in_every_draw() -> None:
    found = portfolio(MIXED)
    assert found.cash_shares(norm=NORM).sum(axis=0) == pytest.approx(cash(MIXED), abs=300)
    assert found.time_shares().sum(axis=0) == pytest.approx(found.freed_posts.sum(axis=0), abs=1e-3)


@settings(max_examples=30, deadline=None)
@given(members=st.integers(1, 20), seed=st.integers(0, 9))
def test_shares_of_a_piece_add_up_whatever_their_number(members: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    factors = chance.uniform(0.0, 1.0, size=(members, 2, 3)).astype(np.float32)
    piece = Piece(np.full((2, 3), 100.0, dtype=np.float32), factors, tuple(range(members)))
    shares = shapley([piece], count=members, like=piece.amount)
    assert shares.sum(axis=0) == pytest.approx(piece.closed, rel=1e-4)
    assert (shares >= 0).all()


def test_two_that_halve_a_cost_share_three_quarters_evenly() -> None:
    piece = Piece(np.array([[80.0]], dtype=np.float32), np.full((2, 1, 1), 0.5, dtype=np.float32), (0, 1))
    assert shapley([piece], count=2, like=piece.amount)[:, 0, 0].tolist() == pytest.approx([30.0, 30.0])


def test_effects_multiply_and_never_save_more_than_there_is() -> None:
    same = tuple(Initiative(f"i{n}", 2026, (Effect("care", users=(0.4, 0.0)),), ramp_years=1) for n in range(8))
    found = portfolio(same)
    kroner = UNIT.kroner[CARE][:, None] * NEED[CARE]
    assert found.saved[CARE] == pytest.approx(kroner * (1 - 0.6**8), rel=1e-5)
    assert (found.saved[CARE] < kroner).all()
    assert found.users[CARE] == pytest.approx(np.full((YEARS + 1, DRAWS), 0.6**8), abs=1e-6)


def test_one_initiative_by_hand() -> None:
    """10 % fewer users of care from 2027, a third of it each year, at 1.5 million a year and 3 million to start."""
    only = Initiative("day centre", 2027, (Effect("care", users=(0.10, 0.0)),), yearly_nok=1.5e6, setup_nok=3e6)
    found = portfolio((only,))
    reached = np.array([0, 1, 2, 3, 3, 3, 3]) / 3
    kroner = 122e6 * np.linspace(1.0, 1.3, YEARS + 1)
    assert found.saved[CARE, :, 0] == pytest.approx(kroner * 0.10 * reached, rel=1e-4)
    assert found.saved_posts[CARE, :, 0] == pytest.approx(
        131.0 * np.linspace(1.0, 1.3, YEARS + 1) * 0.1 * reached, rel=1e-4
    )
    assert found.cost[:, 0].tolist() == [0.0, 4.5e6, 1.5e6, 1.5e6, 1.5e6, 1.5e6, 1.5e6]
    assert (found.freed_posts.any(), found.saved[HEALTH].any()) == (False, False)


def test_what_frees_time_saves_no_kroner_but_costs_them() -> None:
    found = portfolio((MIXED[1],))
    assert (found.saved.any(), found.saved_posts.any()) == (False, False)
    assert found.freed_posts[CARE, -1].mean() == pytest.approx(131.0 * 1.3 * 0.05, rel=0.2)
    assert found.cash_shares(norm=NORM)[0, 3].tolist() == [-4e5] * DRAWS


def test_an_end_is_an_end() -> None:
    found = portfolio((MIXED[3],))
    assert found.saved[CARE].any(axis=1).tolist() == [True, True, True, False, False, False, False]


def test_chance_is_drawn_once_a_draw_and_failure_still_costs() -> None:
    tried = Initiative("try", 2026, (Effect("care", users=(0.1, 0.0)),), ramp_years=1, chance=0.4, yearly_nok=1e6)
    found = portfolio((tried,))
    works = found.saved[CARE] > 0
    assert (works == works[:1]).all()
    assert 0.1 < works[0].mean() < 0.7
    assert (found.cost == 1e6).all()


def test_an_initiative_has_the_same_chance_whoever_else_there_is() -> None:
    alone, together = portfolio((MIXED[0],), ages_of=MIXED), portfolio(MIXED[::-1])
    place = together.keys.index("day centre")
    assert together.keys[place] == alone.keys[0]
    lone = next(piece for piece in alone.cash if piece.members == (0,))
    among = [piece for piece in together.cash if place in piece.members]
    assert any((piece.factors[piece.members.index(place)] == lone.factors[0]).all() for piece in among)


def test_one_that_does_nothing_changes_no_bit() -> None:
    nothing = Initiative("nothing", 2027, (Effect("care"),))
    with_it, without = portfolio((MIXED[0], nothing)), portfolio((MIXED[0],))
    for name in ("saved", "saved_posts", "freed_posts", "users"):
        assert getattr(with_it, name).tobytes() == getattr(without, name).tobytes()


def test_effects_on_some_ages_touch_only_their_need() -> None:
    aged = Initiative("falls", 2026, (Effect("care", users=(0.5, 0.0), first_age=80),), ramp_years=1)
    found = portfolio((aged,))
    share = 0.9 * 41 / 121
    assert found.saved[CARE] == pytest.approx(0.5 * share * UNIT.kroner[CARE][:, None] * NEED[CARE], rel=1e-4)
    assert found.users[CARE] == pytest.approx(np.full((YEARS + 1, DRAWS), 1 - 0.5 * share), rel=1e-5)


def test_ages_are_cut_where_any_effect_begins_or_ends() -> None:
    assert pieces_of(MIXED) == {"care": ((0, 66), (67, 79), (80, 120))}
    assert pieces_of(MIXED[:2]) == {}


def test_a_draw_outside_nothing_and_all_is_set_to_the_nearer_end() -> None:
    wild = Initiative("wild", 2026, (Effect("care", users=(0.5, 5.0)),), ramp_years=1)
    left = portfolio((wild,)).users[CARE, 1]
    assert (left.min(), left.max()) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("initiatives", "sentence"),
    [
        ((MIXED[0], MIXED[0]), 'Two initiatives have the key "day centre". Give each its own key.'),
        (
            (Initiative("x", 2027, (Effect("roads"),)),),
            'The initiative "x" changes the service "roads", which is not known.',
        ),
        (
            (Initiative("x", 2027, (Effect("care", first_age=80, last_age=70),)),),
            'The initiative "x" acts on ages 80 to 70.',
        ),
        ((Initiative("x", 2027, (), chance=1.2),), 'The initiative "x" succeeds with the chance 1.2.'),
    ],
)
def test_initiatives_that_cannot_be_are_refused(initiatives: tuple[Initiative, ...], sentence: str) -> None:
    with pytest.raises(OutlookError) as caught:
        check_initiatives(initiatives)
    assert str(caught.value).startswith(sentence)
