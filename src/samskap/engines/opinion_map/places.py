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
from samskap.engines.opinion_map.scatter import PassScatter, Scatter, common_in, evidence_of


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
    signal, weight = scatter.common(axes.loadings)
    return _prior(signal, weight, answers=scatter.answers, loadings=axes.loadings, total=axes.total)


def _prior(
    signal: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    answers: NDArray[np.int64],
    loadings: NDArray[np.float64],
    total: float,
) -> Prior:
    spread = np.maximum(signal / np.maximum(weight, TINY), TINY)
    explained = answers @ (loadings**2 @ spread)
    noise = (total - float(explained)) / max(1, int(answers.sum()))
    return Prior(noise=max(noise, TINY), first=float(spread[0]), second=float(spread[1]))


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


def located(block: Block, loadings: NDArray[np.float64]) -> Places:
    """Where these people stand on given axes; centre, noise and spread are their own."""
    scatter = PassScatter.of(LocalBlocks((block,)), statements=len(loadings), needed=0)
    told = evidence_of(block, scatter.centre, loadings)
    sums = common_in(told, inside=np.ones(block.people, dtype=bool))
    total = float(np.sum(scatter.diagonal))
    return placed(told, prior=_prior(sums[:2], sums[2:], answers=scatter.answers, loadings=loadings, total=total))
