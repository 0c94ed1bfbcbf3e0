"""Net migration by age where only stocks are known: those who are there beyond the survivors of those who were.

R[s, x] = N[t + 1, s, x + 1] - N[t, s, x] S[s, x + 1], at the age x on 1 January of the year in which they moved.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES

__all__ = ["cohort_survival", "moving_sum", "net_moves"]

Array = NDArray[np.float64]


def cohort_survival(ratios: Array) -> Array:
    """(..., 121) survival over a year by age at its start, from `life_tables.survivorship` ratios *into* each age.

    Those aged 119 and 120 and over become the open class together, with one ratio.
    """
    return np.concatenate([ratios[..., 1:], ratios[..., -1:]], axis=-1)


def net_moves(persons: Array, *, survival: Array) -> Array:
    """(A, T - 1, 2, 121) net moves by age at the start of the year, from `persons` (A, T, 2, 121).

    `survival` (T - 1, 2, 121) by age at the start of each year. The open class moves with age 119.
    """
    left = persons[:, :-1] * survival
    moves = np.zeros(left.shape)
    moves[..., : AGES - 2] = persons[:, 1:, :, 1 : AGES - 1] - left[..., : AGES - 2]
    moves[..., AGES - 2] = persons[:, 1:, :, AGES - 1] - left[..., AGES - 2] - left[..., AGES - 1]
    return moves


def moving_sum(values: Array, *, width: int) -> Array:
    """Sums over `width` neighbouring ages (last axis), fewer at the ends. `width` is odd."""
    half = width // 2
    sums = np.cumsum(values, axis=-1)
    sums = np.concatenate([np.zeros((*values.shape[:-1], 1)), sums], axis=-1)
    at = np.arange(values.shape[-1])
    last = np.minimum(at + half + 1, values.shape[-1])
    return np.asarray(sums[..., last] - sums[..., np.maximum(at - half, 0)], dtype=np.float64)
