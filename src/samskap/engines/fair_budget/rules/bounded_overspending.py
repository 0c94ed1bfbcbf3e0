"""The Method of Equal Shares with bounded overspending (BOS).

Every voter begins with the same money. A project of price c is (a, r)-affordable, for a share 0 < a <= 1, where its
supporters can put together that share of the price at the rate r: sum of min(money, a * r * utility) = a * c. Of all
projects that fit in what is left of the budget, the one with the smallest r / a is chosen. Then its supporters pay
min(money, r * utility), as if all could; what is missing is overspent, within the budget. The rule ends when no project
fits whose supporters have any money. Where a = 1 everywhere it is Equal Shares.

Papasotiropoulos, Pishbin, Skibski, Skowron and Wąs, Method of Equal Shares with Bounded Overspending (EC 2025,
arXiv 2409.15005, section 5). Not said there, and settled here: of two shares that are equally good for one project the
larger is taken, so that less is overspent; projects that are level are taken in the named order.

Every comparison is exact. A purchase with overspending about doubles the digits of the amounts, so from `MOST_BITS` on
the price of such a purchase is rounded up to the next multiple of the small part that the amounts already have, which
is below 2^-1000: the same on every machine, and written into the result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, inf, lcm

from samskap.engines.fair_budget.completions.utilitarian import filled
from samskap.engines.fair_budget.constraints import BY_COUNTING, IN_RULE, bonds_of
from samskap.engines.fair_budget.election import KINDS
from samskap.engines.fair_budget.outcome import Case, Rule, Selection, Turn
from samskap.engines.fair_budget.profile import SATISFACTIONS
from samskap.engines.fair_budget.rules.offers import Glance, Offer, best_offer, glance
from samskap.engines.fair_budget.rules.purses import Purses
from samskap.engines.fair_budget.supporters import supporters_of

__all__ = ["BOUNDED_OVERSPENDING", "MOST_BITS", "Best", "bought_in_turns", "buy_best", "rounded_price"]

MOST_BITS = 2048


@dataclass(frozen=True, slots=True)
class Best:
    """The state of a turn: the projects that fit, those of them that make the best offer, and that offer."""

    fitting: tuple[int, ...]
    level: tuple[int, ...]
    offer: Offer


Buy = Callable[[Case, Purses, Best], Turn]


def bought_in_turns(case: Case, buy: Buy) -> Selection:
    """Choose by the best offer until nothing that fits has supporters with money. `buy` settles what is bought."""
    projects = case.election.projects
    start = Fraction(case.election.budget, len(case.profile.class_of))
    purses = Purses(supporters_of(case.profile, projects=len(projects)), start=start)
    bonds, left = bonds_of(case.election), case.election.budget
    # Measures never fall, for nobody's money grows: an old lower bound still is one.
    bounds = dict.fromkeys(range(len(projects)), 0.0)
    turns: list[Turn] = []
    chosen: set[int] = set()
    while True:
        fitting = [place for place in bounds if projects[place].cost <= left and bonds.allow(place, chosen=chosen)]
        level, offer = _best(case, purses, fitting, bounds)
        if offer is None:
            selection = Selection(tuple(turns), start=start)
            return filled(case, selection) if case.completion == "utilitarian" else selection
        turn = buy(case, purses, Best(tuple(fitting), tuple(level), offer))
        turns.append(turn)
        chosen.add(turn.project)
        left -= projects[turn.project].cost
        del bounds[turn.project]


def _best(case: Case, purses: Purses, fitting: list[int], bounds: dict[int, float]) -> tuple[list[int], Offer | None]:
    """The projects with the smallest measure, and the offer of the first of them by the named order."""
    projects = case.election.projects
    fresh: dict[int, Glance] = {}
    nearest = inf
    for place in sorted(fitting, key=bounds.__getitem__):
        if bounds[place] <= nearest and bounds[place] < inf:
            fresh[place] = glance(purses, place, cost=projects[place].cost)
            bounds[place] = fresh[place].low
            nearest = min(nearest, fresh[place].high)
    offers = {
        place: best_offer(purses, place, cost=projects[place].cost)
        for place, seen in fresh.items()
        if seen.low <= nearest and seen.low < inf
    }
    if not offers:
        return [], None
    measure = min(offer.measure for offer in offers.values())
    level = sorted(place for place, offer in offers.items() if offer.measure == measure)
    return level, offers[case.tie_break.first(level)]


def rounded_price(price: Fraction, purses: Purses) -> Fraction:
    """The price of a unit of utility, rounded up where its digits would become too many."""
    if lcm(price.denominator, purses.denominator).bit_length() <= MOST_BITS:
        return price
    return Fraction(ceil(price * purses.denominator), purses.denominator)


def buy_best(case: Case, purses: Purses, best: Best) -> Turn:
    """Buy the project that makes the best offer, at the price of that offer."""
    place = case.tie_break.first(list(best.level))
    is_whole = best.offer.share == 1
    price = best.offer.price if is_whole else rounded_price(best.offer.price, purses)
    paid_out = purses.pay(place, price)
    tied = tuple(other for other in best.level if other != place)
    return Turn(place, "shared" if is_whole else "overspent", price, paid_out, tied)


def _select(case: Case) -> Selection:
    return bought_in_turns(case, buy_best)


BOUNDED_OVERSPENDING = Rule(
    key="bounded_overspending",
    ballots=frozenset(KINDS),
    satisfactions=SATISFACTIONS,
    completions=("none", "utilitarian"),
    guarantees=(("feasible", SATISFACTIONS),),
    honours=BY_COUNTING | IN_RULE,
    weakens=IN_RULE,
    select=_select,
)
