"""Correlated normal numbers from independent ones, and a sentence where the correlations cannot all hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from samskap.engines.appraisal.errors import AppraisalError
from samskap.engines.appraisal.options import Correlation

__all__ = ["correlated", "mixture"]

Numbers = NDArray[np.float64]

PIECE = 1024
"""Draws that are mixed together: those of all effects stay in the cache of a core."""

NOTHING = 1e-10
"""Variance that is left after the effects before: less than this is none."""


def mixture(correlations: Sequence[Correlation]) -> dict[str, dict[str, float]]:
    """For each correlated effect, by key, what of which independent number it is made of: rows of Cholesky's factor.

    Effects come in the order of their keys. Correlations of one and minus one are possible: then nothing of its own is
    left of an effect. AppraisalError where the matrix is not positive semi-definite, with the effect at which it shows.
    """
    keys = sorted({key for each in correlations for key in (each.one, each.other)})
    told = {frozenset((each.one, each.other)): each.value for each in correlations}
    rows: dict[str, dict[str, float]] = {}
    for key in keys:
        row: dict[str, float] = {}
        for earlier, factors in rows.items():
            wanted = told.get(frozenset((key, earlier)), 0.0)
            left = wanted - sum(share * factors.get(other, 0.0) for other, share in row.items())
            own = factors.get(earlier, 0.0)
            if not own and abs(left) > sqrt(NOTHING):
                raise _contradiction(key)
            row[earlier] = left / own if own else 0.0
        variance = 1.0 - sum(share * share for share in row.values())
        if variance < -NOTHING:
            raise _contradiction(key)
        rows[key] = {other: share for other, share in row.items() if share}
        if variance > NOTHING:
            rows[key][key] = sqrt(variance)
    return rows


def correlated(independent: Numbers, rows: Mapping[str, Mapping[str, float]]) -> dict[str, Numbers]:
    """Normal numbers with these correlations, by key, of independent ones: (keys of `rows`, draws).

    A product of matrices, but added up in one order on every machine: no library of linear algebra promises that.
    """
    lower = np.array([[row.get(other, 0.0) for other in rows] for row in rows.values()])
    mixed = np.zeros_like(independent)
    for start in range(0, independent.shape[-1], PIECE):
        given, piece = independent[:, start : start + PIECE], mixed[:, start : start + PIECE]
        for place in range(len(rows)):
            piece[place:] += lower[place:, place, None] * given[place]
    return dict(zip(rows, mixed, strict=True))


def _contradiction(key: str) -> AppraisalError:
    return AppraisalError(
        f'The correlations contradict each other: with "{key}" they cannot all hold.',
        code="appraisal_contradiction",
        cure="Two effects that both follow a third follow each other too. Bring the numbers nearer to 0.",
        gaps={"key": key},
    )
