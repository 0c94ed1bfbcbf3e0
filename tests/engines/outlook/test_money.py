from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engines.outlook.small_world import accounts

from samskap.engines.outlook import PARAMETERS, Accounts, Parameters
from samskap.engines.outlook.accounts import Books, books_of
from samskap.engines.outlook.equalisation import Country
from samskap.engines.outlook.money import MoneyDraws, Place, free_income_of, money_of

YEARS, DRAWS = 5, 3
NEED = np.array([4100.0, 3900.0, 4000.0, 4000.0, 4600.0, 4000.0, 4000.0])


def paths(start: float, growth: float) -> np.ndarray:
    return np.broadcast_to((start * (1 + growth) ** np.arange(YEARS + 1))[:, None], (YEARS + 1, DRAWS)).astype(
        np.float32
    )


def place(*, people: float = 0.0, need: float = 0.0, taxed: float = 0.0) -> Place:
    return Place(paths(4000, people), paths(4200, need), paths(2900, taxed))


def country(*, people: float = 0.0, need: float = 0.0, taxed: float = 0.0) -> Country:
    return Country(paths(5.5e6, people), paths(5.5e6, need), paths(3.9e6, taxed), 5.5e6)


def books(known: Accounts | None = None, parameters: Parameters = PARAMETERS) -> Books:
    return books_of(known or accounts(), parameters, need=NEED, users=NEED, people=4000.0)


def money(
    here: Place,
    there: Country,
    *,
    known: Accounts | None = None,
    parameters: Parameters = PARAMETERS,
    growth: float = 0.0,
) -> MoneyDraws:
    filled = books(known, parameters)
    kroner = filled.expenditure[:, None, None] * (here.need / here.need[:1])
    must = kroner - filled.expenditure[:, None, None]
    return money_of(here, there, filled, parameters, kroner=kroner.astype(np.float32), must=must.astype(np.float32))


def test_the_base_year_is_the_accounts() -> None:
    found = money(place(people=0.01, need=0.02), country(people=0.005, need=0.015))
    first = [values[0, 0] for values in (found.revenue, found.net_result, found.room, found.debt, found.free_funds)]
    assert first == pytest.approx([410e6, 6e6, 6e6 - 0.0175 * 410e6, 450e6, 40e6], rel=1e-5, abs=100)
    assert (found.must[0].tolist(), found.accumulated[0].tolist()) == ([0.0] * 3, [0.0] * 3)


def test_nothing_moves_where_nobody_does() -> None:
    found = money(place(), country())
    for values in (found.index, found.revenue, found.cost, found.net_result, found.room, found.debt):
        assert values == pytest.approx(np.broadcast_to(values[:1], values.shape), rel=1e-5)
    assert found.index[0, 0] == pytest.approx(4200 / 4000)


def test_need_that_grows_as_the_country_s_is_paid_for_by_the_state() -> None:
    """All need 1 % more a year; the state pays the country's, so free income grows by 62,000 kroner of 2024 a unit."""
    here, there = place(need=0.01), country(need=0.01)
    income, index = free_income_of(here, there, books(), PARAMETERS)
    assert index == pytest.approx(np.full((YEARS + 1, DRAWS), 1.05), rel=1e-5)
    units = here.need - here.need[:1]
    assert income - income[:1] == pytest.approx(62_000 * units, rel=1e-3, abs=100)


def test_need_that_grows_here_alone_is_paid_by_the_others() -> None:
    here, there = place(need=0.01), country()
    income, index = free_income_of(here, there, books(), PARAMETERS)
    assert index[-1, 0] == pytest.approx(1.05 * 1.01**5, rel=1e-5)
    assert income[-1, 0] - income[0, 0] == pytest.approx(62_000 * 4200 * (1.01**5 - 1), rel=1e-3)


def test_need_that_grows_only_elsewhere_is_paid_by_us_too() -> None:
    """The country's need a head rises; ours does not, our index falls: what the state adds a head is taken back."""
    income, index = free_income_of(place(), country(need=0.01), books(), PARAMETERS)
    assert index[-1, 0] == pytest.approx(1.05 / 1.01**5, rel=1e-5)
    assert income == pytest.approx(np.full((YEARS + 1, DRAWS), 300e6), rel=1e-5)


def test_a_state_that_pays_half_of_the_country_s_need_leaves_the_other_half() -> None:
    half = PARAMETERS.with_values({"national.pays": 0.5})
    income, _ = free_income_of(place(need=0.01), country(need=0.01), books(), half)
    whole, _ = free_income_of(place(need=0.01), country(need=0.01), books(), PARAMETERS)
    lacking = 0.5 * 62_000 * (1.01**5 - 1) * 4000
    assert whole[-1, 0] - income[-1, 0] == pytest.approx(lacking, rel=1e-3)


def test_a_place_that_loses_people_loses_their_money() -> None:
    income, _ = free_income_of(place(people=-0.02, need=-0.02, taxed=-0.02), country(), books(), PARAMETERS)
    assert income == pytest.approx(300e6 * (0.98 ** np.arange(YEARS + 1))[:, None] * np.ones(DRAWS), rel=1e-4)


def test_fewer_taxpayers_cost_what_equalisation_leaves() -> None:
    """Tax of 30,000 a head falls by 5 % against the country's 38,000: 60 % comes back, and 35 % below 34,200."""
    known = replace(accounts(), tax=120e6)
    taxed = (2900 * np.array([1.0, 0.95, 0.95, 0.95, 0.95, 0.95]))[:, None] * np.ones(DRAWS)
    here = replace(place(), taxed=taxed.astype(np.float32))
    income, _ = free_income_of(here, country(), books(known), PARAMETERS)
    lost = 0.05 * 30_000 * 4000
    assert income[1, 0] - income[0, 0] == pytest.approx(-lost * (1 - 0.60 - 0.35), rel=1e-3)


def test_growth_of_free_income_is_on_top() -> None:
    income, _ = free_income_of(place(), country(), books(), PARAMETERS, growth=0.01)
    assert income[:, 0] == pytest.approx(300e6 * 1.01 ** np.arange(YEARS + 1), rel=1e-5)


def test_room_is_the_result_less_the_norm_and_must_and_chosen_are_the_change_of_cost() -> None:
    found = money(place(people=-0.01, need=0.02), country(need=0.01))
    assert found.room == pytest.approx(found.net_result - 0.0175 * found.revenue, rel=1e-5, abs=10)
    assert found.must + found.chosen == pytest.approx(found.cost - found.cost[:1], abs=100)
    assert np.abs(found.chosen).max() < 100


def test_what_initiatives_cost_and_bring_is_chosen() -> None:
    filled, here = books(), place()
    kroner = np.broadcast_to(filled.expenditure.astype(np.float32)[:, None, None], (7, YEARS + 1, DRAWS))
    extra = np.full((YEARS + 1, DRAWS), 2e6, dtype=np.float32)
    extra[0] = 0.0
    plain, found = (
        money_of(
            here, country(), filled, PARAMETERS, kroner=kroner, must=kroner * 0, extra_cost=cost, extra_revenue=gain
        )
        for cost, gain in ((None, None), (extra, extra * 3))
    )
    assert found.chosen[1:] == pytest.approx(np.full((YEARS, DRAWS), 2e6), abs=100)
    assert found.room - plain.room == pytest.approx((0.9825 * 3 - 1.0) * extra, abs=100)


def test_debt_keeps_its_worth_unless_the_accounts_tell_what_is_borrowed() -> None:
    assert money(place(), country()).debt[:, 0] == pytest.approx(np.full(YEARS + 1, 450e6))
    paid_down = money(place(), country(), known=replace(accounts(), new_loans=0.0))
    share, debt = 18e6 / (450e6 / 1.03), [450e6]
    for _ in range(YEARS):
        debt.append(debt[-1] / 1.03 * (1 - share))
    assert paid_down.debt[:, 0] == pytest.approx(debt)
    saved = (450e6 - debt[1]) / 1.03 * (0.04 + share)
    assert paid_down.net_result[2, 0] - paid_down.net_result[1, 0] == pytest.approx(saved, rel=1e-3)


def test_instalments_are_no_less_than_the_law_s() -> None:
    found = money(place(), country(), known=replace(accounts(), least_instalments=0.06))
    more = 450e6 / 1.03 * 0.06 - 18e6
    assert found.net_result[0, 0] - found.net_result[1, 0] == pytest.approx(more, rel=1e-3)


def test_funds_take_losses_and_what_is_above_the_norm() -> None:
    """By hand, one year each: a loss of 5, 0.5 % kept for investment, and 12 million of which the norm is invested."""
    results = {-5e6: -5e6, 2e6: 0.0, 12e6: 12e6 - 0.0175 * 410e6}
    for result, change in results.items():
        found = money(place(), country(), known=replace(accounts(), net_result=result))
        assert found.free_funds[1, 0] - 40e6 == pytest.approx(change, abs=200)


def test_what_lacks_accumulates_from_the_first_year_on() -> None:
    found = money(place(), country(), known=replace(accounts(), net_result=0.0))
    assert found.accumulated[:, 0] == pytest.approx(0.0175 * 410e6 * np.arange(YEARS + 1), rel=1e-4)


def test_the_gaps_of_a_steady_municipality_are_its_result() -> None:
    """Debt keeps its worth, so what is left over each year is what the balance could be worse by."""
    found = money(place(), country())
    assert found.gap_to_target == pytest.approx(np.full(DRAWS, -6e6 / 410e6), rel=1e-3)
    assert found.gap_for_ever == pytest.approx(np.full(DRAWS, -6e6 / 410e6), rel=1e-3)
