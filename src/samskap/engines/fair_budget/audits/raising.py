"""Were the voters' shares raised as far as the budget bears, and is the reason to stop the one that is told?

That a raise more costs too much is found by a run of Equal Shares that has no code of the rule: it takes the lowest
price among all projects that can be paid, again and again, with `purses`, which bounded overspending is built on.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from samskap.engines.fair_budget.audits.evidence import Evidence, Verdict
from samskap.engines.fair_budget.rules.offers import full_price, full_price_about
from samskap.engines.fair_budget.rules.purses import Purses

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["raised_as_told"]

RAISED = ("add1", "add1u", "comparison")  # completions that raise the shares


def raised_as_told(evidence: Evidence) -> Verdict | None:
    """What is wrong with the raises of Equal Shares, None where nothing is."""
    options, selection, election = evidence.outcome.options, evidence.outcome.selection, evidence.outcome.election
    if options.rule != "equal_shares" or selection.start is None:
        return None
    if selection.stopped != _reason(evidence):
        return Verdict(False, "stop_differs", {"stopped": selection.stopped})
    if selection.stopped != "infeasible":
        return None
    if _is_over_budget(evidence, start=selection.start + election.scale):
        return None
    return Verdict(False, "could_be_raised", {"increments": selection.increments})


def _reason(evidence: Evidence) -> str:
    """Why the shares are raised no further, if the budget bears it."""
    if evidence.outcome.options.completion not in RAISED:
        return "plain"
    chosen = [turn.project for turn in evidence.outcome.selection.turns if turn.how == "shared"]
    left = evidence.outcome.election.budget - sum(evidence.cost(place) for place in chosen)
    following = [evidence.cost(place) for place in evidence.open_after(chosen)]
    if not following:
        return "all_funded"
    return "exhaustive" if min(following) > left else "infeasible"


def _is_over_budget(evidence: Evidence, *, start: Fraction) -> bool:
    """Whether Equal Shares with this start chooses more than the budget pays."""
    purses = Purses(evidence.supporters, start=start)
    bounds = dict.fromkeys(evidence.candidates, 0.0)
    chosen: list[int] = []
    left = evidence.outcome.election.budget
    while left >= 0:
        best = _cheapest(evidence, purses, bounds, chosen)
        if best is None:
            return False
        place, price = best
        purses.pay(place, price)
        chosen.append(place)
        left -= evidence.cost(place)
    return True


def _cheapest(
    evidence: Evidence, purses: Purses, bounds: dict[int, float], chosen: list[int]
) -> tuple[int, Fraction] | None:
    """The project with the lowest price of a unit of utility, and that price. `bounds` are below them, and stay so."""
    ranks, nearest, prices = evidence.outcome.tie_break.ranks, inf, {}
    for place in sorted(evidence.open_after(chosen), key=bounds.__getitem__):
        if bounds[place] > nearest or bounds[place] == inf:
            break
        backers, cost = purses.backers(place), evidence.cost(place)
        about = full_price_about(purses.about[backers.purses], backers, cost=cost)
        bounds[place] = about.low
        if about.low <= nearest and about.low < inf:
            amounts = [purses.amounts[purse] for purse in backers.purses.tolist()]
            price = full_price(amounts, backers, cost=cost * purses.denominator)
            if price is None:
                bounds[place] = inf
                continue
            prices[place] = price / purses.denominator
            nearest = min(nearest, about.high)
    if not prices:
        return None
    place = min(prices, key=lambda one: (prices[one], int(ranks[one])))
    return place, prices[place]
