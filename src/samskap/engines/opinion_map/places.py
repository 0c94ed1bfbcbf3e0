"""Where people stand: the most probable place given the votes, and how sure it is.

A vote is its statement's mean, plus loadings times the person's place, plus noise; places are spread normally around
the middle. So a place is a ridge estimate with a posterior covariance (Ilin and Raiko, JMLR 11, 2010), and few votes
leave a person near the middle and unsure. Noise and spread are estimated from how votes of one person on two
different statements go together (moments), so they need the same tables as the axes and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.axes import TINY, Axes
from samskap.engines.opinion_map.crowd import Block, LocalBlocks
from samskap.engines.opinion_map.scatter import PassScatter, Scatter

SLIGHT = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What the votes say about people in general: noise of a vote, and spread of places on each axis (variances)."""

    noise: float
    first: float
    second: float


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """`xy` (people, 2) and the posterior covariance of each place as the columns var x, cov, var y."""

    xy: NDArray[np.float64]
    covariance: NDArray[np.float64]


def prior_of(scatter: Scatter, axes: Axes) -> Prior:
    """Spread of places from pairs of different statements, and the noise that is left."""
    signal, weight = scatter.common(axes.plane)
    spread, noise = _moments(signal, weight, answers=scatter.answers, loadings=axes.plane, total=axes.total)
    return Prior(noise=noise, first=float(spread[0]), second=float(spread[1]))


def _moments(
    signal: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    answers: NDArray[np.int64],
    loadings: NDArray[np.float64],
    total: float,
) -> tuple[NDArray[np.float64], float]:
    """Spread of places on each axis, and the noise of a vote."""
    # A weight that rounding alone has made would make a spread of nothing.
    own = answers @ loadings**4
    spread = np.maximum(np.where(weight > SLIGHT * own, signal / np.maximum(weight, TINY), 0.0), TINY)
    explained = answers @ (loadings**2 @ spread)
    noise = (total - float(explained)) / max(1, int(answers.sum()))
    return spread, max(noise, TINY)


def placed(told: NDArray[np.float64], *, prior: Prior) -> Places:
    """Places from what each person's votes say (people, 5 or more columns; see `kernels.evidence`)."""
    first = told[:, 0] + prior.noise / prior.first
    cross = told[:, 1]
    second = told[:, 2] + prior.noise / prior.second
    determinant = first * second - cross**2
    x = (second * told[:, 3] - cross * told[:, 4]) / determinant
    y = (first * told[:, 4] - cross * told[:, 3]) / determinant
    covariance = np.stack([second, -cross, first], axis=1) * (prior.noise / determinant)[:, None]
    return Places(xy=np.stack([x, y], axis=1), covariance=covariance)


@dataclass(frozen=True, slots=True, eq=False)
class WidePlaces:
    """Places (people, axes) on any number of axes, and how far people spread along each (variances)."""

    points: NDArray[np.float64]
    spread: NDArray[np.float64]


def wide_places(block: Block, loadings: NDArray[np.float64]) -> WidePlaces:
    """Where these people stand on given axes; centre, noise and spread are their own."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    axes = loadings.shape[1]
    scatter = PassScatter.of(LocalBlocks((block,)), statements=len(loadings), needed=0)
    square, pull = np.zeros((block.people, axes, axes)), np.zeros((block.people, axes))
    signal, weight = kernels.wide_evidence(
        block.starts, block.columns, block.values, scatter.centre, loadings, square, pull
    )
    total = float(np.sum(scatter.diagonal))
    spread, noise = _moments(signal, weight, answers=scatter.answers, loadings=loadings, total=total)
    kernels.solved(square, noise / spread, pull)
    return WidePlaces(points=pull, spread=spread)
