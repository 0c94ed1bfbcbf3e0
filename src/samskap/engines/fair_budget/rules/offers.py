"""The best offer that can be made for a project whose supporters may be helped: the heart of bounded overspending.

For a project of price c, supporters who give at most l for each unit of utility put together
m(l) = sum of min(money, l * utility), the share m / c of its price. At the full price that is l * c / m for each unit,
and the offer is measured by that over the share: l * c^2 / m^2. The smallest measure is best. Between two levels at
which somebody's money ends, the measure first rises and then falls, so the best level is one of these, or the one at
which all of the price is paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.rules.purses import SMALLEST

if TYPE_CHECKING:
    import numpy.typing as npt

    from samskap.engines.fair_budget.rules.purses import Backers, Purses

__all__ = ["Glance", "Offer", "best_offer", "full_price", "full_price_about", "glance"]

ROUNDING = 2.0**-52


@dataclass(frozen=True, slots=True)
class Glance:
    """Bounds of a project's best measure, in floats: the truth lies between. Infinite where nobody can pay."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Offer:
    """The best offer for a project: its measure, the share of the price that is paid at least, and the price of a unit
    of utility."""

    measure: Fraction
    share: Fraction
    price: Fraction


def glance(purses: Purses, place: int, *, cost: int) -> Glance:
    """What the best measure of this project is about."""
    backers = purses.backers(place)
    if len(backers.voters) == 0:
        return Glance(np.inf, np.inf)
    lows, highs = _measures(purses, backers, cost=cost)
    return Glance(float(lows.min()), float(highs.min()))


def best_offer(purses: Purses, place: int, *, cost: int) -> Offer:
    """The best offer for this project, exactly. Of two levels that are equally good the one that pays more."""
    backers = purses.backers(place)
    common = lcm(*set(backers.utilities.tolist()))
    amounts = [purses.amounts[purse] for purse in backers.purses.tolist()]
    # Level times denominator times `common`, a whole number.
    levels = [amount * (common // worth) for amount, worth in zip(amounts, backers.utilities.tolist(), strict=True)]
    order = sorted(range(len(levels)), key=levels.__getitem__)
    voters = backers.voters.tolist()
    given = list(accumulate(voters[row] * amounts[row] for row in order))
    worth = [voters[row] * int(backers.utilities[row]) for row in order]
    beyond = [sum(worth) - below for below in accumulate(worth)]
    lows, highs = _measures(purses, backers, cost=cost)
    near = set(np.flatnonzero(lows[:-1] <= highs.min()).tolist())
    whole = cost * purses.denominator
    paid = [below * common + levels[row] * rest for row, below, rest in zip(order, given, beyond, strict=True)]
    offers = [
        _offer(levels[row], paid[rank], common, whole, cost=cost)
        for rank, row in enumerate(order)
        if row in near and paid[rank] < whole * common
    ]
    full = full_price(amounts, backers, cost=whole)
    if full is not None:
        offers.append(Offer(full / purses.denominator, Fraction(1), full / purses.denominator))
    return min(offers, key=lambda offer: (offer.measure, -offer.share))


def _offer(level: int, paid: int, common: int, whole: int, *, cost: int) -> Offer:
    """`level` and `paid` in parts `common` times as small as the purses', `whole`: the cost in the purses' parts."""
    share = Fraction(paid, whole * common)
    price = Fraction(level, common) * cost / whole / share
    return Offer(price / share, share, price)


def full_price(amounts: list[int], backers: Backers, *, cost: int) -> Fraction | None:
    """The smallest price of a unit of utility at which backers with these amounts pay all, or None if they cannot.

    `amounts` by row of the backers, and `cost`, in the same parts of a unit of money, as is the price.
    """
    worth = [number * unit for number, unit in zip(backers.voters.tolist(), backers.utilities.tolist(), strict=True)]
    have = [number * amount for number, amount in zip(backers.voters.tolist(), amounts, strict=True)]
    if sum(have) < cost:
        return None
    units = backers.utilities.tolist()
    common = lcm(*set(units))
    levels = [amount * (common // unit) for amount, unit in zip(amounts, units, strict=True)]
    rest, before = sum(worth), 0
    for row in sorted(range(len(levels)), key=levels.__getitem__):
        # Those below give all they have; all others give the level of this row for each unit, if that is enough.
        if before * common + levels[row] * rest >= cost * common:
            break
        before += have[row]
        rest -= worth[row]
    return Fraction(cost - before, rest)


def full_price_about(money: npt.NDArray[np.float64], backers: Backers, *, cost: int) -> Glance:
    """What the price of `full_price` is about, for rows of backers with this money; infinite if they cannot pay."""
    if len(money) == 0:
        return Glance(np.inf, np.inf)
    order = np.argsort(money / backers.utilities)
    return _full(_Ladder(money[order], backers.utilities[order], backers.voters[order]), cost=cost)


class _Ladder:
    """Backers by the price of a unit at which their money ends, in floats, lowest first.

    level: that price; given: what those up to a row have together; worth: utility of this row and all after it, with
    a last 0; paid: what all pay at the level of the row. All are sums of positive terms, so `error`, relative, bounds
    what is lost.
    """

    def __init__(
        self,
        money: npt.NDArray[np.float64],
        utilities: npt.NDArray[np.int64],
        voters: npt.NDArray[np.int64],
    ) -> None:
        self.level = money / utilities
        self.given = np.cumsum(voters * money)
        self.worth = np.append(np.cumsum((voters * utilities.astype(float))[::-1])[::-1], 0.0)
        self.paid = self.given + self.level * self.worth[1:]
        self.error = (len(money) + 16) * 4 * ROUNDING


def _full(ladder: _Ladder, *, cost: int) -> Glance:
    """Bounds of the price of a unit at which all of the cost is paid."""
    if ladder.given[-1] < cost * (1 - ladder.error):
        return Glance(np.inf, np.inf)
    rank = min(int(np.searchsorted(np.maximum.accumulate(ladder.paid), cost)), len(ladder.level) - 1)
    before = ladder.given[rank - 1] if rank else 0.0
    price, lost = (cost - before) / ladder.worth[rank], ladder.error * cost / ladder.worth[rank]
    return Glance(max(price - lost, 0.0), price + lost)


def _measures(
    purses: Purses, backers: Backers, *, cost: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Bounds of the measure at the level of each row of backers, and last at the one that pays all (or infinite)."""
    money = purses.about[backers.purses]
    order = np.argsort(money / backers.utilities)
    ladder = _Ladder(money[order], backers.utilities[order], backers.voters[order])
    lows, highs = np.full(len(money) + 1, np.inf), np.full(len(money) + 1, np.inf)
    partial = ladder.paid < cost * (1 + ladder.error)
    measure = ladder.level[partial] * (cost / ladder.paid[partial]) ** 2
    lows[order[partial]] = measure * (1 - ladder.error)
    highs[order[partial]] = measure * (1 + ladder.error)
    full = _full(ladder, cost=cost)
    lows[-1], highs[-1] = full.low, full.high
    if money.min() <= SMALLEST:
        # Floats this small have lost places: everything is looked at exactly.
        lows[:], highs[:] = 0.0, np.inf
    return lows, highs
