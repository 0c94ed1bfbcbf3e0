"""Fiscal gaps: by how much every year's balance must be better, from now on, to reach an aim.

Both are constant adjustments of the primary balance, as shares of revenue, as the European Commission's S1 (a debt
ratio at a date) and S2 (for ever). Arrays have the years in the first axis and may have draws behind it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samskap.engines.outlook.errors import OutlookError

__all__ = ["gap_for_ever", "gap_to_target"]

Array = NDArray[np.float64]


def gap_to_target(balances: ArrayLike, *, debt: ArrayLike, target: ArrayLike, rho: float) -> Array:
    """The adjustment a year that brings the debt ratio from `debt` to `target` after the years of `balances`.

    `balances` (T, ...) primary balances of the years 1 to T, `rho` growth-adjusted interest. With debt
    d(t) = (1 + rho) d(t-1) - b(t) - a the answer is
    a = (d(0) (1 + rho)^T - target - sum b(t) (1 + rho)^(T-t)) / sum (1 + rho)^(T-t).
    """
    known = _checked(balances)
    grown = (1.0 + rho) ** np.arange(len(known) - 1, -1, -1)
    paid = np.tensordot(grown, known, axes=(0, 0))
    owed = np.asarray(debt, dtype=np.float64) * (1.0 + rho) ** len(known) - np.asarray(target, dtype=np.float64)
    return np.asarray((owed - paid) / grown.sum())


def gap_for_ever(balances: ArrayLike, *, debt: ArrayLike, rho: float) -> Array:
    """The adjustment a year with which all balances together, for ever, just pay the debt.

    After the years of `balances` (T, ...) the last one goes on: a = rho d(0) - rho sum b(t) (1 + rho)^-t - b(T)
    (1 + rho)^-T. Where `rho` is not above 0 debt weighs nothing in the long run, and the last balance alone counts.
    """
    known = _checked(balances)
    rate = max(rho, 0.0)
    shrunk = (1.0 + rate) ** -np.arange(1, len(known) + 1, dtype=np.float64)
    ahead = np.tensordot(shrunk, known, axes=(0, 0))
    return np.asarray(rate * np.asarray(debt, dtype=np.float64) - rate * ahead - known[-1] * shrunk[-1])


def _checked(balances: ArrayLike) -> Array:
    known = np.asarray(balances, dtype=np.float64)
    if known.ndim == 0 or len(known) == 0:
        raise OutlookError(
            "There is no year to reckon a fiscal gap over.", cure="Give the balance of one year or more."
        )
    return known
