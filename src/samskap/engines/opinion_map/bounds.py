"""Bounds of shares: how low or high the share of a whole may be, seen from those who answered."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Z = 1.6448536269514722  # one-sided 95 %


def wilson(hits: NDArray[np.int64], answered: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One-sided 95 % lower and upper bounds of the shares hits / answered (Wilson 1927); 0 and 1 without answers."""
    trials = np.maximum(answered, 1).astype(np.float64)
    share = hits / trials
    middle = share + Z * Z / (2.0 * trials)
    half = Z * np.sqrt(share * (1.0 - share) / trials + Z * Z / (4.0 * trials * trials))
    scale = 1.0 + Z * Z / trials
    # Clipped: at a share of 0 or 1 rounding can step over the edge by 1e-17.
    lower = np.clip((middle - half) / scale, 0.0, share)
    upper = np.clip((middle + half) / scale, share, 1.0)
    return np.where(answered > 0, lower, 0.0), np.where(answered > 0, upper, 1.0)


def difference_lower(share: float, *, lower: float, other: float, other_upper: float) -> float:
    """One-sided 95 % lower bound of share - other, by the squares of the two gaps (Newcombe 1998, method 10)."""
    return share - other - float(np.hypot(share - lower, other_upper - other))
