"""World two: votes of people who spread around one middle, with no groups among them.

The world keeps what is known of the real one: who answered which statement, how many agreed, passed and disagreed,
the axes, and how far people spread along them. Only the places are drawn anew from a normal distribution. A
statement's answers are its real ones, dealt out by rank: those whose drawn place and chance pull most towards
agreement agree. How much the place counts against chance is the polyserial correlation (Olsson, Drasgow and
Dorans 1982), so that the drawn votes lean on the axes as strongly as the real ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import axes
from samskap.engines.opinion_map.axes import Map

STRONGEST = 0.95
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    """The answers by statement and size, and for each vote how much place and chance count."""

    ordered: NDArray[np.float64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]
    chance: NDArray[np.float64]


def places_in_spreads(known: Map, *, worlds: int, random: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    """Places (people, 2) in so many worlds without groups, found as in the real one and on its axes."""
    world = _world(known)
    real = known.residuals
    for _ in range(worlds):
        x, y = random.standard_normal((axes.AXES, real.people))
        pull = (world.first * x[real.rows] + world.second * y[real.rows]) + world.chance * random.standard_normal(
            len(real.values)
        )
        # Squeezed into (0, 1): one sort by statement, and within it by pull.
        values = np.empty_like(real.values)
        values[np.argsort(real.columns + 1.0 / (1.0 + np.exp(-pull)))] = world.ordered
        yield axes.fitted_places(real.with_values(values), known.loadings).xy


def _world(known: Map) -> _World:
    real = known.residuals
    # All votes are turned so that the first one that is not 0 is positive: the mirror image has the same worlds.
    first = real.values[np.flatnonzero(real.values)[:1]]
    values = -real.values if first.size and first[0] < 0 else real.values
    order = np.lexsort((values, real.columns))
    ordered, columns = values[order], real.columns[order]
    spread = np.sqrt([known.places.prior.first, known.places.prior.second])
    reach = _reach(ordered, columns=columns, statements=real.statements)
    lean = known.loadings * spread / np.maximum(reach, axes.TINY)[:, None]
    length = np.sqrt(np.sum(lean**2, axis=1))
    lean *= np.minimum(1.0, STRONGEST / np.maximum(length, axes.TINY))[:, None]
    chance = np.sqrt(np.maximum(1.0 - np.sum(lean**2, axis=1), 0.0))
    at = real.columns
    return _World(ordered=ordered, first=lean[:, 0][at], second=lean[:, 1][at], chance=chance[at])


def _reach(ordered: NDArray[np.float64], *, columns: NDArray[np.int64], statements: int) -> NDArray[np.float64]:
    """Covariance of each statement's answers with the normal number whose ranks they follow."""
    cast = np.bincount(columns, minlength=statements)
    start = np.concatenate([[0], np.cumsum(cast)[:-1]])
    rise = np.diff(ordered)
    steps = np.flatnonzero((rise > axes.TINY) & (np.diff(columns) == 0))
    column = columns[steps]
    below = (steps + 1 - start[column]) / cast[column]
    height = np.array([NORMAL.pdf(NORMAL.inv_cdf(share)) for share in below.tolist()], dtype=np.float64)
    return np.bincount(column, weights=rise[steps] * height, minlength=statements).astype(np.float64)
