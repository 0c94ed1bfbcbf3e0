"""Bounded overspending with the same help for all (BOS+).

As `bounded_overspending`, but where the best offer needs overspending, its supporters alone are not helped: every
voter's money is raised by the same amount, the smallest with which the supporters of that project could pay all of it
at the rate they are asked for. With the raise in mind, the project with the smallest price of a unit of utility at
which its supporters pay all of it is bought, as Equal Shares does after a raise by Add1; only projects that fit and
whose supporters have some money of their own can be. Its supporters pay with their
own money what that price asks for, or all they have; the raise itself is nobody's, and is gone after the turn.

Papasotiropoulos, Pishbin, Skibski, Skowron and Wąs, Method of Equal Shares with Bounded Overspending (EC 2025, arXiv
2409.15005), name this variant BOS Equal Shares Plus, and give its pseudo-code in appendix C, which we could not read.
What is known of it: it joins the ideas of BOS and Add1U, so that less is overspent and poor choices are avoided. The
rule above is our reading of that: Add1 raises all alike, BOS says how far. Whoever has the appendix should compare.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from samskap.engines.fair_budget.outcome import Case, Selection, Turn
from samskap.engines.fair_budget.rules.bounded_overspending import (
    BOUNDED_OVERSPENDING,
    Best,
    bought_in_turns,
    buy_best,
    rounded_price,
)
from samskap.engines.fair_budget.rules.offers import full_price, full_price_about

if TYPE_CHECKING:
    from samskap.engines.fair_budget.rules.purses import Backers, Purses

__all__ = ["BOUNDED_OVERSPENDING_PLUS"]


def _select(case: Case) -> Selection:
    return bought_in_turns(case, _buy)


def _buy(case: Case, purses: Purses, best: Best) -> Turn:
    if best.offer.share == 1:
        return buy_best(case, purses, best)
    projects = case.election.projects
    place = case.tie_break.first(list(best.level))
    extra = _smallest_raise(purses, place, cost=projects[place].cost, price=best.offer.price)
    price, level = _cheapest(case, purses, best.fitting, extra)
    place = case.tie_break.first(level)
    is_whole = _own_money(purses, place, price) == projects[place].cost
    price = price if is_whole else rounded_price(price, purses)
    tied = tuple(other for other in level if other != place)
    return Turn(place, "shared" if is_whole else "overspent", price, purses.pay(place, price), tied)


def _smallest_raise(purses: Purses, place: int, *, cost: int, price: Fraction) -> Fraction:
    """The smallest raise of everybody's money with which supporters pay this cost at this price of a unit."""
    backers = purses.backers(place, broke=True)
    denominator = lcm(purses.denominator, price.denominator)
    finer, rate = denominator // purses.denominator, int(price * denominator)
    rows = sorted(
        (rate * unit - purses.amounts[purse] * finer, voters, rate * unit, purses.amounts[purse] * finer)
        for purse, unit, voters in zip(
            backers.purses.tolist(), backers.utilities.tolist(), backers.voters.tolist(), strict=True
        )
    )
    rest = sum(voters for _, voters, _, _ in rows)
    missing = cost * denominator - sum(voters * money for _, voters, _, money in rows)
    for lacking, voters, asked, money in rows:
        # Those who lack less pay what is asked; this one and all who lack more pay all, with the raise.
        if lacking * rest >= missing:
            break
        rest -= voters
        missing -= voters * (asked - money)
    return Fraction(missing, rest) / denominator


def _cheapest(case: Case, purses: Purses, fitting: tuple[int, ...], extra: Fraction) -> tuple[Fraction, list[int]]:
    """The smallest price of a unit at which a project can be paid after the raise, and the projects that have it."""
    projects = case.election.projects
    backed = {place: backers for place in fitting if (backers := _backed(purses, place)) is not None}
    about = {
        place: full_price_about(purses.about[backers.purses] + float(extra), backers, cost=projects[place].cost)
        for place, backers in backed.items()
    }
    nearest = min(seen.high for seen in about.values())
    denominator = lcm(purses.denominator, extra.denominator)
    finer, raised = denominator // purses.denominator, int(extra * denominator)
    amounts = [amount * finer + raised for amount in purses.amounts]
    prices = {}
    for place, backers in backed.items():
        if about[place].low <= nearest:
            money = [amounts[purse] for purse in backers.purses.tolist()]
            price = full_price(money, backers, cost=projects[place].cost * denominator)
            if price is not None:
                prices[place] = price
    smallest = min(prices.values())
    return smallest / denominator, sorted(place for place, price in prices.items() if price == smallest)


def _backed(purses: Purses, place: int) -> Backers | None:
    """All supporters of a project, or None where none of them has any money of their own."""
    backers = purses.backers(place, broke=True)
    return backers if purses.about[backers.purses].any() else None


def _own_money(purses: Purses, place: int, price: Fraction) -> Fraction:
    """What the supporters pay together of their own money at this price of a unit."""
    backers = purses.backers(place)
    rows = zip(backers.purses.tolist(), backers.utilities.tolist(), backers.voters.tolist(), strict=True)
    amounts = purses.amounts
    paid = sum(voters * min(Fraction(amounts[purse], purses.denominator), price * unit) for purse, unit, voters in rows)
    return Fraction(paid)


BOUNDED_OVERSPENDING_PLUS = replace(BOUNDED_OVERSPENDING, key="bounded_overspending_plus", select=_select)
