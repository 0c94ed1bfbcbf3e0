"""From one map to the next without a jump: axes turned to lie as they did, and groups that keep their letters.

Turning a map changes no distance in it, so the turned map says the same. Which turn was made and how letters were
given is part of the result: anybody who computes the map alone can turn it likewise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.axes import TINY

FEWEST_COMMON = 3
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
UNTURNED = np.eye(2)


def turn_to(before: NDArray[np.float64], now: NDArray[np.float64]) -> NDArray[np.float64]:
    """The turn or mirror image R (2, 2) that brings `now` R nearest to `before`, the places of the same people then
    and now (orthogonal Procrustes problem, Schönemann 1966)."""
    together = now.T @ before
    if len(before) < FEWEST_COMMON or float(np.abs(together).max()) <= TINY:
        return UNTURNED
    left, _, right = np.linalg.svd(together)
    turn: NDArray[np.float64] = left @ right
    return turn


def letters_after(before: list[str | None], now: NDArray[np.int64], *, order: list[int]) -> dict[int, str]:
    """A letter for each group number in `order` (largest first).

    `before` and `now` are the letter and the number (-1 for none) of the same people then and now. Numbers and letters
    are paired so that as many people as possible keep their letter; a group nobody of whom had one gets a new letter.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- slow import

    old = sorted({letter for letter in before if letter is not None})
    shared = np.zeros((len(order), len(old)))
    for letter, number in zip(before, now.tolist(), strict=True):
        if letter is not None and number >= 0:
            shared[order.index(number), old.index(letter)] += 1.0
    pairs = zip(*(side.tolist() for side in linear_sum_assignment(-shared)), strict=True)
    kept = {order[row]: old[column] for row, column in pairs if shared[row, column] > 0}
    fresh = iter(letter for letter in LETTERS if letter not in old)
    return {number: kept[number] if number in kept else next(fresh) for number in order}
