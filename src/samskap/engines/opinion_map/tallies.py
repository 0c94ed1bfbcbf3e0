"""Sums by number: the one loop over votes that everything is built of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def tally(at: NDArray[np.int64], weights: NDArray[np.float64], *, length: int) -> NDArray[np.float64]:
    """Sum of the weights that fall on each number 0 to length - 1."""
    return np.asarray(np.bincount(at, weights=weights, minlength=length), dtype=np.float64)
