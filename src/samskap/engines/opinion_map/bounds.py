"""Bounds of shares: how low or high the share of a whole may be, seen from those who answered.

The bounds are exact ones (Clopper and Pearson 1934): whatever the true share is, the bound misses it with at most the
error level asked for. No smoothing and no borrowing from other strata can tighten such a one-sided bound without
breaking it somewhere: among all bounds that keep their level it lies closest (Lehmann and Romano 2005, section 3.5).
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL = 0.05

Floats = NDArray[np.float64]


def lower_bounds(hits: ArrayLike, answered: ArrayLike, *, level: float = LEVEL) -> Floats:
    """Exact one-sided lower bounds of the shares hits / answered; 0 without hits.

    `level` is the chance, at most, that the bound lies above the true share. The bound is the share at which so many
    hits or more have just that chance: a quantile of the beta distribution.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 -- slow import

    some, trials = np.broadcast_arrays(np.asarray(hits, dtype=np.float64), np.asarray(answered, dtype=np.float64))
    found = np.zeros(some.shape)
    known = some > 0
    found[known] = betaincinv(some[known], trials[known] - some[known] + 1.0, level)
    return found


def upper_bounds(hits: ArrayLike, answered: ArrayLike, *, level: float = LEVEL) -> Floats:
    """Exact one-sided upper bounds, by counting the others; 1 where all are hits, and without answers."""
    trials = np.asarray(answered)
    return np.asarray(1.0 - lower_bounds(trials - np.asarray(hits), trials, level=level), dtype=np.float64)


def chances(hits: ArrayLike, answered: ArrayLike, *, share: float) -> Floats:
    """The chance of so many hits or more if the true share were this one; 1 where the hits are no more than that."""
    from scipy.special import betainc  # noqa: PLC0415 -- slow import

    some, trials = np.broadcast_arrays(np.asarray(hits, dtype=np.float64), np.asarray(answered, dtype=np.float64))
    found = np.ones(some.shape)
    more = some > trials * share
    found[more] = betainc(some[more], trials[more] - some[more] + 1.0, share)
    return found


def difference_lower(share: Floats, *, lower: Floats, other: Floats, other_upper: Floats) -> Floats:
    """Lower bounds of share - other, by the squares of the two gaps (Newcombe 1998, method 10).

    `lower` and `other_upper` are the bounds of the two shares, and the result has their level.
    """
    return np.asarray(share - other - np.hypot(share - lower, other_upper - other), dtype=np.float64)


def quantile(level: float) -> float:
    """How many standard errors one goes down for this error level."""
    return NormalDist().inv_cdf(1.0 - level)
