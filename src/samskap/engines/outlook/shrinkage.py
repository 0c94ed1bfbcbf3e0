"""Pulling the figures of small places towards a standard, by how much they know.

A place with few events says little about itself; its level is then mostly that of the standard. How fast own figures
win is one number K, the events that the standard is worth, and it can be found from how much places differ.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.checks import checked

__all__ = ["own_weight", "prior_by_moments", "shrunk_level"]

Array = NDArray[np.float64]


def own_weight(known: Array, *, prior: float) -> Array:
    """Weight of own figures that rest on `known` (expected events or person-years) against a standard worth `prior`.

    0 where nothing is known and the standard is worth nothing: then there is no own figure.
    """
    return np.divide(known, known + prior, out=np.zeros(np.shape(known)), where=known + prior > 0)


def shrunk_level(events: Array, *, expected: Array, prior: float, standard: float = 1.0) -> Array:
    """Level (events + K·standard) / (expected + K): events against those expected, with `prior` K expected events.

    The mean of the gamma posterior of a Poisson level whose prior has mean `standard` and variance `standard` / K.
    """
    whole = expected + prior
    filled = np.full(np.shape(whole), float(standard))
    return np.asarray(np.divide(events + prior * standard, whole, out=filled, where=whole > 0), dtype=np.float64)


def prior_by_moments(events: Array, *, expected: Array) -> float:
    """The prior worth K = r / tau², in expected events, from the spread of `events` / `expected` over places (A,).

    r is the common level and tau² the variance of levels beyond Poisson chance, each place weighted by what it expects
    (Marshall 1991, *Applied Statistics* 40, 283-294). Infinite where places differ no more than chance.
    """
    seen, awaited = checked(events, "events"), checked(expected, "expected events")
    whole = float(awaited.sum())
    if whole <= 0 or awaited.size <= 1:
        return float("inf")
    common = float(seen.sum()) / whole
    own = np.divide(seen, awaited, out=np.full(awaited.shape, common), where=awaited > 0)
    spread = float((awaited * (own - common) ** 2).sum()) - common * (awaited.size - 1)
    tau2 = spread / (whole - float((awaited**2).sum()) / whole)
    return common / tau2 if tau2 > 0 else float("inf")
