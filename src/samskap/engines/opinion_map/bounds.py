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
ROUNDS = 8
FARTHEST = 2.0
CLOSE_STEP = 1e-3
CLOSE = 1e-10
LONGEST_FRACTION = 20_000
HALF_LOG_TWO_PI = 0.9189385332046727

Floats = NDArray[np.float64]


def lower_bounds(hits: ArrayLike, answered: ArrayLike, *, level: float = LEVEL) -> Floats:
    """Exact one-sided lower bounds of the shares hits / answered; 0 without hits.

    `level` is the chance, at most, that the bound lies above the true share. The bound is the share at which so many
    hits or more have just that chance, solved by Halley's method to ten digits.
    """
    some, trials = np.broadcast_arrays(np.asarray(hits, dtype=np.float64), np.asarray(answered, dtype=np.float64))
    found = np.zeros(some.shape)
    known = some > 0
    if known.any():
        found[known] = _solved(some[known], trials[known], level=level)
    return found


def upper_bounds(hits: ArrayLike, answered: ArrayLike, *, level: float = LEVEL) -> Floats:
    """Exact one-sided upper bounds, by counting the others; 1 where all are hits, and without answers."""
    trials = np.asarray(answered)
    return np.asarray(1.0 - lower_bounds(trials - np.asarray(hits), trials, level=level), dtype=np.float64)


def chances(hits: ArrayLike, answered: ArrayLike, *, share: float) -> Floats:
    """The chance of so many hits or more if the true share were this one; 1 where the hits are no more than that."""
    some, trials = np.broadcast_arrays(np.asarray(hits, dtype=np.float64), np.asarray(answered, dtype=np.float64))
    found = np.ones(some.shape)
    more = some > trials * share
    a, b = some[more], trials[more] - some[more] + 1.0
    constant = _log_gamma(a + b) - _log_gamma(a) - _log_gamma(b) - np.log(a)
    x = np.full(a.shape, share)
    if a.size:
        found[more] = np.exp(constant + a * np.log(x) + b * np.log1p(-x)) * _fraction(a, b, x)
    return found


def difference_lower(share: Floats, *, lower: Floats, other: Floats, other_upper: Floats) -> Floats:
    """Lower bounds of share - other, by the squares of the two gaps (Newcombe 1998, method 10).

    `lower` and `other_upper` are the bounds of the two shares, and the result has their level.
    """
    return np.asarray(share - other - np.hypot(share - lower, other_upper - other), dtype=np.float64)


def quantile(level: float) -> float:
    """How many standard errors one goes down for this error level."""
    return NormalDist().inv_cdf(1.0 - level)


def _solved(hits: Floats, trials: Floats, *, level: float) -> Floats:
    misses = trials - hits + 1.0
    constant = _log_gamma(hits + misses) - _log_gamma(hits) - _log_gamma(misses) - np.log(hits) - np.log(level)
    share = _start(hits, misses, trials, z=quantile(level))
    left = np.arange(len(hits))
    for _ in range(ROUNDS):
        step = _step(hits[left], misses[left], share[left], constant=constant[left])
        odds = share[left] / (1.0 - share[left]) * np.exp(-step)
        share[left] = odds / (1.0 + odds)
        left = left[np.abs(step) > CLOSE_STEP]
        if not left.size:
            break
    return share


def _step(hits: Floats, misses: Floats, share: Floats, *, constant: Floats) -> Floats:
    """How far the log odds lie above the root, by the slope and curvature of the logarithm of the chance."""
    fraction = _fraction(hits, misses, share)
    excess = constant + hits * np.log(share) + misses * np.log1p(-share) + np.log(fraction)
    slope = hits / fraction
    newton = excess / slope
    bend = hits - (hits + misses) * share - slope
    return np.asarray(
        np.clip(newton / np.maximum(1.0 - newton * bend / 2.0, 0.5), -FARTHEST, FARTHEST), dtype=np.float64
    )


def _start(hits: Floats, misses: Floats, trials: Floats, *, z: float) -> Floats:
    """Near the root: cube roots of F are nearly normal (Paulson 1942), and Wilson's bound where that breaks down."""
    s, t = 1.0 / (9.0 * hits), 1.0 / (9.0 * misses)
    below = (1.0 - t) ** 2 - z * z * t
    root = np.sqrt(np.maximum((1.0 - t) ** 2 * s + (1.0 - s) ** 2 * t - z * z * s * t, 0.0))
    cube = ((1.0 - t) * (1.0 - s) - z * root) / np.maximum(below, 0.1)
    odds = hits / misses * cube**3
    share = (hits - 0.5) / trials
    half = z * np.sqrt(share * (1.0 - share) / trials + z * z / (4.0 * trials * trials))
    wilson = (share + z * z / (2.0 * trials) - half) / (1.0 + z * z / trials)
    return np.asarray(np.where((below > 0.1) & (cube > 0.1), odds / (1.0 + np.abs(odds)), wilson), dtype=np.float64)


def _fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    """The continued fraction of the incomplete beta function (Lentz 1976; DLMF 8.17.22)."""
    c = np.ones_like(x)
    d = 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    found = d.copy()
    for m in range(1, LONGEST_FRACTION):
        weight = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 / (1.0 + weight * d)
        c = 1.0 + weight / c
        found *= c * d
        weight = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1.0 / (1.0 + weight * d)
        c = 1.0 + weight / c
        found *= c * d
        if m % 3 == 0 and np.abs(c * d - 1.0).max() < CLOSE:
            break
    return found


def _log_gamma(x: Floats) -> Floats:
    """Logarithm of the gamma function for x >= 1, by Stirling's series seven steps further up (DLMF 5.11.1)."""
    up = x + 7.0
    passed = x * (x + 1.0) * (x + 2.0) * (x + 3.0) * (x + 4.0) * (x + 5.0) * (x + 6.0)
    inverse = 1.0 / up
    square = inverse * inverse
    series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
    return np.asarray((up - 0.5) * np.log(up) - up + HALF_LOG_TWO_PI + series - np.log(passed), dtype=np.float64)
