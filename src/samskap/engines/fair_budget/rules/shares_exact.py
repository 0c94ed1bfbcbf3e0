"""Exact money in Equal Shares: whole numbers over one denominator.

A voter with money left has the start less what they paid, units times price for each project that they support and
that was bought. So every amount is a sum of the start and the earlier prices with whole numbers as coefficients, and a
new price is such a sum divided by the units of those who share it. All are lines, as in `shares_kernels`: the amount,
and what one step of the start changes it by.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, inf
from operator import mul
from typing import NamedTuple

__all__ = ["Line", "Offer", "Prices"]


class Line(NamedTuple):
    """An amount and its change with one step, over the denominator of `Prices`."""

    amount: int
    change: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A project at its price: supporters who do not give all pay `missing` / `units` for a unit.

    `worth` is `units` times what a unit is in utility, so that `missing` / `worth` is what projects are ranked by.
    """

    project: int
    missing: Line
    units: int
    worth: int

    def is_below(self, other: Offer) -> bool:
        return self.missing.amount * other.worth < other.missing.amount * self.worth

    def is_level(self, other: Offer) -> bool:
        return self.missing.amount * other.worth == other.missing.amount * self.worth

    def room(self, other: Offer) -> float:
        """How many steps at least this is not above the other, which it is not now."""
        gap = other.missing.amount * self.worth - self.missing.amount * other.worth
        change = other.missing.change * self.worth - self.missing.change * other.worth
        return inf if change >= 0 else max(gap - 1, 0) // -change


class Prices:
    """The start of each voter and the price of a unit in each round so far, exact.

    `start` is what each voter has, raised by `step` at each step; both in units of money.
    """

    def __init__(self, start: Fraction, step: int) -> None:
        self.denominator = start.denominator
        self.start = Line(start.numerator, step * start.denominator)
        self.amounts: list[int] = []
        self.changes: list[int] = []

    @property
    def rounds(self) -> int:
        return len(self.amounts)

    def money(self, voters: int, units: list[int]) -> Line:
        """What `voters` have together who never gave all, and who bought so many units in each round."""
        return Line(
            voters * self.start.amount - sum(map(mul, units, self.amounts)),
            voters * self.start.change - sum(map(mul, units, self.changes)),
        )

    def missing(self, cost: int, given: Line) -> Line:
        """What is left of a cost when this much is given."""
        return Line(cost * self.denominator - given.amount, -given.change)

    def shared(self, missing: Line, units: int) -> None:
        """End a round: what is missing is shared by so many units."""
        common = gcd(missing.amount, missing.change, units)
        factor = units // common
        self.denominator *= factor
        self.start = Line(self.start.amount * factor, self.start.change * factor)
        self.amounts = [amount * factor for amount in self.amounts] + [missing.amount // common]
        self.changes = [change * factor for change in self.changes] + [missing.change // common]

    def fraction(self, missing: Line, worth: int) -> Fraction:
        return Fraction(missing.amount, self.denominator * worth)
