"""The accounts of a municipality and what comes of them: revenue, result, room for manoeuvre, debt, free funds.

All kroner are of the accounts' price year. Room for manoeuvre has one definition: H = net operating result - 1.75 % of
revenue, at today's standard and coverage. Debt and free funds are nominal promises, so prices wear them down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.accounts import Books
from samskap.engines.outlook.equalisation import Country, need_index, tax_grant_a_head
from samskap.engines.outlook.fiscal import gap_for_ever, gap_to_target
from samskap.engines.outlook.parameters import Parameters

__all__ = ["MoneyDraws", "Place", "free_income_of", "money_of"]

Array = NDArray[np.float64]
Draws = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One place by draw, each (Y + 1, draws): `people`, `need` in units of all services together, `taxed` people."""

    people: Draws
    need: Draws
    taxed: Draws


@dataclass(frozen=True, slots=True, eq=False)
class MoneyDraws:
    """Kroner by draw, each (Y + 1, draws); `index` is need a head relative to the country, the gaps are (draws,)."""

    index: Draws
    revenue: Draws
    cost: Draws
    must: Draws
    chosen: Draws
    net_result: Draws
    room: Draws
    debt: Draws
    free_funds: Draws
    accumulated: Draws
    gap_to_target: Array
    gap_for_ever: Array


def free_income_of(
    place: Place, country: Country, books: Books, parameters: Parameters, *, growth: float = 0.0
) -> tuple[Draws, Draws]:
    """(free income, index) by year and draw. Free income meets the accounts in the base year.

    The country's free income pays `national.pays` of what its people cost more; it is shared by head, by relative
    need and by evened-out taxes. What the accounts hold beyond that (regional grants and the like) follows people.
    `growth` is a share a year on top.
    """
    index = need_index(place.need, people=place.people, country=country)
    reckoned = _reckoned(place, country, books, parameters, index=index)
    beyond = (np.float32(books.free_income) - reckoned[:1]) * (place.people / place.people[:1])
    grown = ((1.0 + growth) ** np.arange(len(index))).astype(np.float32)[:, None]
    return np.asarray((reckoned + beyond) * grown), index


def _reckoned(place: Place, country: Country, books: Books, parameters: Parameters, *, index: Draws) -> Draws:
    raised = books.price_level
    free, need = parameters["national.free_income"] * raised, parameters["national.need"] * raised
    now, pays = country.people_now, parameters["national.pays"]
    a_head = need * country.need / country.people
    pool = (free - need) + need * now * (1.0 - pays) / country.people + pays * a_head
    income = (pool + a_head * (index - 1.0)) * place.people
    return np.asarray(income + _tax_part(place, country, books, parameters), dtype=np.float32)


def _tax_part(place: Place, country: Country, books: Books, parameters: Parameters) -> Draws:
    """What the place keeps (lacks) of a tax above (below) the country's after equalisation, kroner."""
    mean = parameters["national.tax"] * books.price_level
    ours = (place.taxed / place.taxed[:1]) / (place.people / place.people[:1])
    theirs = (country.taxed / country.taxed[:1]) / (country.people / country.people[:1])
    a_head = books.tax / place.people[:1] * (ours / theirs)
    kept = a_head - mean + tax_grant_a_head(a_head.astype(np.float64), mean=mean, parameters=parameters)
    return np.asarray(kept * place.people, dtype=np.float32)


def money_of(
    place: Place,
    country: Country,
    books: Books,
    parameters: Parameters,
    *,
    kroner: Draws,
    must: Draws,
    extra_cost: Draws | None = None,
    extra_revenue: Draws | None = None,
    growth: float = 0.0,
) -> MoneyDraws:
    """All money by draw. `kroner` (7, Y + 1, draws) of the services and `must` its change by people and ages alone."""
    free, index = free_income_of(place, country, books, parameters, growth=growth)
    size = (place.people / place.people[:1]) ** np.float32(parameters["other.elasticity"])
    revenue = free + np.float32(books.other_income) * size
    other = np.float32(books.other_cost) * size
    cost, needed = kroner.sum(axis=0) + other, must.sum(axis=0) + (other - other[:1])
    if extra_revenue is not None:
        revenue = revenue + extra_revenue
    if extra_cost is not None:
        cost = cost + extra_cost
    debt, service = _debt_and_service(books, parameters, years=len(revenue) - 1)
    result = revenue - cost - service.astype(np.float32)[:, None]
    room = result - np.float32(parameters["norm"]) * revenue
    gaps = _gaps(result, revenue, debt=debt, parameters=parameters, books=books)
    return MoneyDraws(
        index=index,
        revenue=revenue,
        cost=cost,
        must=needed,
        chosen=(cost - cost[:1]) - needed,
        net_result=result,
        room=room,
        debt=np.broadcast_to(debt.astype(np.float32)[:, None], revenue.shape),
        free_funds=_funds(result, revenue, books=books, parameters=parameters),
        accumulated=_accumulated(room),
        gap_to_target=gaps[0],
        gap_for_ever=gaps[1],
    )


def _debt_and_service(books: Books, parameters: Parameters, *, years: int) -> tuple[Array, Array]:
    """(Y + 1,) debt at the end of each year, and interest with instalments paid in it, at the base year's prices.

    New loans replace what is paid and what prices wear off, so that debt keeps its worth, unless the accounts say
    how much is borrowed a year. Instalments are the share of debt that the accounts show, and no less than the law's.
    """
    debt, service = np.empty(years + 1), np.empty(years + 1)
    share = max(books.instalment_share, books.least_instalments)
    paid_now = books.interest_rate + books.instalment_share
    debt[0], service[0] = books.debt, books.debt / (1.0 + parameters["prices"]) * paid_now
    for year in range(1, years + 1):
        old = debt[year - 1] / (1.0 + parameters["prices"])
        paid = old * share
        lent = paid + debt[year - 1] - old if books.new_loans is None else books.new_loans
        debt[year], service[year] = old - paid + lent, paid + old * books.interest_rate
    return debt, service


def _gaps(result: Draws, revenue: Draws, *, debt: Array, parameters: Parameters, books: Books) -> tuple[Array, Array]:
    """(draws,) adjustments that keep the debt ratio after the last year, and that pay the debt for ever.

    The primary balance is what is left before interest and after what is borrowed, in shares of revenue.
    """
    old = debt[:-1] / (1.0 + parameters["prices"])
    borrowed = debt[1:] - old
    before_interest = result[1:].astype(np.float64) + (old * books.interest_rate - borrowed)[:, None]
    balances, ratio = before_interest / revenue[1:], books.debt / revenue[0].astype(np.float64)
    rho = (1.0 + books.interest_rate) / (1.0 + parameters["prices"]) - 1.0
    return gap_to_target(balances, debt=ratio, target=ratio, rho=rho), gap_for_ever(balances, debt=ratio, rho=rho)


def _funds(result: Draws, revenue: Draws, *, books: Books, parameters: Parameters) -> Draws:
    """A positive result up to the norm is invested; what is above goes to free funds, a negative one is taken there."""
    invested = np.minimum(np.maximum(result, 0.0), np.float32(parameters["invested"]) * revenue)
    kept = (result - invested)[1:]
    start = np.full((1, result.shape[1]), books.free_funds, dtype=np.float32)
    return np.concatenate([start, books.free_funds + np.cumsum(kept, axis=0, dtype=np.float32)]).astype(np.float32)


def _accumulated(room: Draws) -> Draws:
    """The sum, from the year after the base year on, of what was lacking in years with negative room."""
    lacking = np.maximum(-room, 0.0)
    lacking[0] = 0.0
    return np.cumsum(lacking, axis=0, dtype=np.float32)
