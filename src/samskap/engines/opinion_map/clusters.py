"""Groups of points in the plane: k-means with seeded restarts, silhouette, and agreement of two groupings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.tallies import tally

AT_REST = 0.02
CELLS_PER_DEVIATION = 5
ROUNDS = 40
STARTS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Points gathered into small cells of width `step`: `xy` the mean of each cell's points, `weight` their number."""

    xy: NDArray[np.float64]
    weight: NDArray[np.float64]
    step: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Group number of each point, centres (k, 2), and the simplified silhouette of the whole."""

    labels: NDArray[np.int64]
    centres: NDArray[np.float64]
    silhouette: float


def gather(points: NDArray[np.float64]) -> Cells:
    """Cells of one fifth of the standard deviation, so that the work does not grow with the crowd."""
    step = float(np.sqrt(np.mean((points - points.mean(axis=0)) ** 2))) / CELLS_PER_DEVIATION
    if step == 0.0:
        return Cells(xy=points[:1].copy(), weight=np.array([float(len(points))]))
    # rint, not floor: it treats a point and its mirror image alike, so a flip of all votes changes nothing.
    at = np.rint(points / step).astype(np.int64)
    at -= at.min(axis=0)
    code = at[:, 0] * (int(at[:, 1].max()) + 1) + at[:, 1]
    _, first, member = np.unique(code, return_index=True, return_inverse=True)
    # Cells are numbered by their first point: np.unique's own order would differ in the mirror image.
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    member = rank[member]
    weight = np.bincount(member).astype(np.float64)
    sums = np.stack([np.bincount(member, weights=points[:, axis]) for axis in (0, 1)], axis=1)
    return Cells(xy=sums / weight[:, None], weight=weight, step=step)


def best_centres(cells: Cells, *, groups: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Centres (groups, 2) of the tightest of four seeded k-means runs."""
    centres = np.stack([_spread_start(cells, groups=groups, random=random) for _ in range(STARTS)])
    for _ in range(ROUNDS):
        labels = _nearest(cells.xy, centres)
        moved = _means(cells, labels, centres=centres)
        rest = float(np.abs(moved - centres).max()) <= AT_REST * cells.step
        centres = moved
        if rest:
            break
    tightest: NDArray[np.float64] = centres[int(np.argmin(_tightness(cells, centres)))]
    return tightest


def _spread_start(cells: Cells, *, groups: int, random: np.random.Generator) -> NDArray[np.float64]:
    """k-means++ (Arthur and Vassilvitskii 2007): the farther from the chosen ones, the likelier chosen."""
    chance = cells.weight.copy()
    nearest = np.full(len(cells.weight), np.inf)
    chosen = []
    for _ in range(groups):
        ladder = np.cumsum(chance)
        pick = int(np.searchsorted(ladder, random.random() * ladder[-1], side="right"))
        chosen.append(cells.xy[min(pick, len(ladder) - 1)])
        nearest = np.minimum(nearest, np.sum((cells.xy - chosen[-1]) ** 2, axis=1))
        chance = cells.weight * nearest
    return np.array(chosen)


def _nearest(points: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.int64]:
    """Labels (starts, points) for centres (starts, groups, 2)."""
    gap = np.sum(centres**2, axis=2)[:, None, :] - 2.0 * (points @ centres.transpose(0, 2, 1))
    return np.asarray(np.argmin(gap, axis=2), dtype=np.int64)


def _means(cells: Cells, labels: NDArray[np.int64], *, centres: NDArray[np.float64]) -> NDArray[np.float64]:
    starts, groups, _ = centres.shape
    code = (labels + groups * np.arange(starts)[:, None]).ravel()

    def summed(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        repeated = np.broadcast_to(weights, labels.shape).ravel()
        return tally(code, repeated, length=starts * groups).reshape(starts, groups)

    weight = summed(cells.weight)
    sums = np.stack([summed(cells.weight * cells.xy[:, axis]) for axis in (0, 1)], axis=2)
    return np.where(weight[:, :, None] > 0, sums / np.maximum(weight, 1.0)[:, :, None], centres)


def _tightness(cells: Cells, centres: NDArray[np.float64]) -> NDArray[np.float64]:
    labels = _nearest(cells.xy, centres)
    own = np.take_along_axis(centres, labels[:, :, None], axis=1)
    return np.asarray(np.sum(np.sum((cells.xy - own) ** 2, axis=2) * cells.weight, axis=1), dtype=np.float64)


def grouped(points: NDArray[np.float64], *, centres: NDArray[np.float64]) -> Grouping:
    """The points given to `centres`, moved on with every single point until they rest."""
    whole = Cells(xy=points, weight=np.ones(len(points)))
    for _ in range(ROUNDS):
        labels = _nearest(points, centres[None])
        moved = _means(whole, labels, centres=centres[None])[0]
        if np.array_equal(moved, centres):
            break
        centres = moved
    labels = _nearest(points, centres[None])[0]
    return Grouping(labels=labels, centres=centres, silhouette=silhouette(whole, centres=centres))


def silhouette(cells: Cells, *, centres: NDArray[np.float64]) -> float:
    """Mean of (b - a) / max(a, b), a and b the distances to the nearest and the second nearest centre: 0 to 1."""
    distance = np.sqrt(np.sum((cells.xy[:, None, :] - centres[None, :, :]) ** 2, axis=2))
    two = np.partition(distance, 1, axis=1)[:, :2]
    farther = np.where(two[:, 1] > 0, two[:, 1], 1.0)
    return float(np.average((two[:, 1] - two[:, 0]) / farther, weights=cells.weight))


def agreement(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Adjusted Rand index of two groupings of the same points (Hubert and Arabie 1985): 1 same, 0 by chance."""
    width = int(other.max()) + 1
    table = np.bincount(one * width + other).astype(np.float64)
    sides = (np.bincount(one).astype(np.float64), np.bincount(other).astype(np.float64))

    def pairs(sizes: NDArray[np.float64]) -> float:
        return float(np.sum(sizes * (sizes - 1.0)) / 2.0)

    every = len(one) * (len(one) - 1) / 2.0
    left, right = pairs(sides[0]), pairs(sides[1])
    expected, highest = left * right / max(every, 1.0), (left + right) / 2.0
    return 1.0 if highest == expected else (pairs(table) - expected) / (highest - expected)
