"""Choosing among many: a list in which at most a small part is expected to be wrong.

Whoever looks through hundreds of statements finds some that stand out by chance. So a bound is not held against a
line at one error level, but at a level that follows from the list itself: of `tested` statements the list takes the
largest number R that have a bound above the line at level rate * R / tested. That is the step-up procedure of
Benjamini and Hochberg (1995), said in bounds rather than p-values; and the bounds at that level are the ones that
hold for a chosen statement (false coverage rate, Benjamini and Yekutieli 2005), so the same numbers choose and tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What was chosen, with the bounds at the level of the choice, and that level."""

    chosen: NDArray[np.bool_]
    bounds: NDArray[np.float64]
    tested: int
    level: float

    @property
    def number(self) -> int:
        """How many were chosen."""
        return int(self.chosen.sum())


def choose(
    bounds_at: Callable[[float, NDArray[np.bool_]], NDArray[np.float64]],
    *,
    among: NDArray[np.bool_],
    tested: int,
    above: float,
) -> Choice:
    """The largest list, of what is `among`, in which at most RATE is expected to be wrong.

    `bounds_at` gives lower bounds at an error level, -inf for all but those marked; they must fall with the level.
    `tested` counts all that could have been chosen whatever was answered. Walks down from the widest list to the
    first that keeps its own level: that is the largest one, since a smaller list asks for more of each.
    """
    number = tested
    while True:
        level = RATE * max(number, 1) / max(tested, 1)
        bounds = bounds_at(level, among)
        among = bounds > above
        left = int(among.sum())
        if left in (number, 0):
            return Choice(chosen=among, bounds=bounds, tested=tested, level=level if left else RATE / max(tested, 1))
        number = left
