"""What every class of voters has left, exactly: classes with equal money share a purse.

Amounts are whole numbers of one small part of a unit of money, `1 / denominator`, which becomes smaller with every
price. Beside each stands the nearest float, so floats are never more than half a last place from the truth, and an
amount is zero exactly where its float is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from fractions import Fraction

    import numpy.typing as npt

    from samskap.engines.fair_budget.supporters import Supporters

__all__ = ["Backers", "Purses"]

SMALLEST = 1e-200  # floats below it have lost places


@dataclass(frozen=True, eq=False, slots=True)
class Backers:
    """Supporters of one project with money, those with equal money and utility in one row.

    purses: int64, which purse; utilities: int64; voters: int64, how many.
    """

    purses: npt.NDArray[np.int64]
    utilities: npt.NDArray[np.int64]
    voters: npt.NDArray[np.int64]


class Purses:
    """amounts: distinct, of all purses in use; about: the same in units of money, float64; of: int64[classes]."""

    def __init__(self, supporters: Supporters, *, start: Fraction) -> None:
        self.supporters = supporters
        self.denominator = start.denominator
        self.amounts = [start.numerator]
        self.about = np.array([float(start)])
        self.of = np.zeros(len(supporters.weights), dtype=np.int64)
        self._worth = [np.unique(supporters.of(place)[1], return_inverse=True) for place in range(supporters.projects)]

    def backers(self, place: int, *, broke: bool = False) -> Backers:
        """Who can pay for a project; with `broke` also those who have nothing left."""
        classes, _ = self.supporters.of(place)
        worth, which = self._worth[place]
        kinds = max(len(worth), 1)
        rows = self.of[classes] * kinds + which
        # Sums of voters in floats are exact up to 2^53.
        voters = np.bincount(rows, weights=self.supporters.weights[classes], minlength=1).astype(np.int64)
        rows = np.flatnonzero(voters)
        if not broke:
            rows = rows[self.about[rows // kinds] > 0]
        return Backers(rows // kinds, worth[rows % kinds] if len(rows) else rows, voters[rows])

    def refine(self, denominator: int) -> None:
        """Make the small part small enough for this denominator too."""
        finer = lcm(self.denominator, denominator)
        if finer != self.denominator:
            factor = finer // self.denominator
            self.amounts = [amount * factor for amount in self.amounts]
            self.denominator = finer

    def pay(self, place: int, price: Fraction) -> npt.NDArray[np.int32]:
        """All supporters pay the price for each unit of utility, or all they have: int32, the classes that do now."""
        classes, _ = self.supporters.of(place)
        worth, which = self._worth[place]
        self.refine(price.denominator)
        rate = int(price * self.denominator)
        rows, row_of = np.unique(self.of[classes] * len(worth) + which, return_inverse=True)
        purses, kinds = np.divmod(rows, len(worth))
        left = [
            max(self.amounts[purse] - rate * unit, 0)
            for purse, unit in zip(purses.tolist(), worth[kinds].tolist(), strict=True)
        ]
        is_out = np.array([not amount for amount in left]) & (self.about[purses] > 0)
        known = {amount: purse for purse, amount in enumerate(self.amounts)}
        for amount in left:
            known.setdefault(amount, len(known))
        self.of[classes] = np.array([known[amount] for amount in left], dtype=np.int64)[row_of]
        self._keep_used(list(known))
        return classes[is_out[row_of]]

    def _keep_used(self, amounts: list[int]) -> None:
        used, self.of = np.unique(self.of, return_inverse=True)
        self.amounts = [amounts[purse] for purse in used]
        self.about = np.array([_nearest(amount, self.denominator) for amount in self.amounts])


def _nearest(amount: int, denominator: int) -> float:
    return max(amount / denominator, SMALLEST / 2) if amount else 0.0
