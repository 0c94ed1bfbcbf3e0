"""Groups of points in the plane: k-means from fixed starts, silhouette, and agreement of two groupings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

AT_REST = 0.02
CELLS_PER_DEVIATION = 5
DIRECTIONS = 4
ROUNDS = 40


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
    at = np.rint(points / step).astype(np.int64)
    at -= at.min(axis=0)
    code = at[:, 0] * (int(at[:, 1].max()) + 1) + at[:, 1]
    _, member = np.unique(code, return_inverse=True)
    weight = np.bincount(member).astype(np.float64)
    sums = np.stack([np.bincount(member, weights=points[:, axis]) for axis in (0, 1)], axis=1)
    return Cells(xy=sums / weight[:, None], weight=weight, step=step)


def best_centres(cells: Cells, *, groups: int) -> NDArray[np.float64]:
    """Centres (groups, 2) of the tightest k-means run: started from equal slices in four directions, and from the
    points farthest from each other. No chance: the same points, or twice the points, give the same centres."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    starts = [_slices(cells, groups=groups, direction=turn) for turn in range(DIRECTIONS)]
    starts.append(_farthest(cells, groups=groups))
    rest = AT_REST * cells.step
    tight = [kernels.moved_centres(cells.xy, cells.weight, centres, ROUNDS, rest) for centres in starts]
    return starts[int(np.argmin(tight))]


def _slices(cells: Cells, *, groups: int, direction: int) -> NDArray[np.float64]:
    angle = np.pi * direction / DIRECTIONS
    along = cells.xy @ np.array([np.cos(angle), np.sin(angle)])
    order = np.argsort(along, kind="stable")
    middle = np.cumsum(cells.weight[order]) - cells.weight[order] / 2.0
    slice_of = np.minimum((middle / cells.weight.sum() * groups).astype(np.int64), groups - 1)
    weight = np.bincount(slice_of, weights=cells.weight[order], minlength=groups)
    sums = [
        np.bincount(slice_of, weights=(cells.weight * cells.xy[:, axis])[order], minlength=groups) for axis in (0, 1)
    ]
    centres = np.stack(sums, axis=1) / np.maximum(weight, 1.0)[:, None]
    # A slice can be empty where one cell outweighs it: it starts from the heaviest cell.
    return np.where(weight[:, None] > 0, centres, cells.xy[np.argmax(cells.weight)])


def _farthest(cells: Cells, *, groups: int) -> NDArray[np.float64]:
    middle = np.average(cells.xy, axis=0, weights=cells.weight)
    gap = np.sum((cells.xy - middle) ** 2, axis=1)
    chosen = []
    for _ in range(groups):
        # Weighted: a lone point far out is not a group.
        pick = int(np.argmax(gap * cells.weight))
        chosen.append(cells.xy[pick])
        own = np.sum((cells.xy - cells.xy[pick]) ** 2, axis=1)
        gap = own if len(chosen) == 1 else np.minimum(gap, own)
    return np.array(chosen)


def grouped(points: NDArray[np.float64], *, centres: NDArray[np.float64]) -> Grouping:
    """The points given to `centres`, moved on with every single point until they rest."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    moved = centres.copy()
    kernels.moved_centres(points, np.ones(len(points)), moved, ROUNDS, 0.0)
    labels, gaps = _nearest(points, centres=moved)
    return Grouping(labels=labels, centres=moved, silhouette=_silhouette(gaps, weight=np.ones(len(points))))


def silhouette(cells: Cells, *, centres: NDArray[np.float64]) -> float:
    """Mean of (b - a) / max(a, b), a and b the distances to the nearest and the second nearest centre: 0 to 1."""
    _, gaps = _nearest(cells.xy, centres=centres)
    return _silhouette(gaps, weight=cells.weight)


def _nearest(
    points: NDArray[np.float64], *, centres: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    labels, gaps = np.empty(len(points), dtype=np.int64), np.empty((len(points), 2))
    kernels.nearest_two(points, centres, labels, gaps)
    return labels, gaps


def _silhouette(gaps: NDArray[np.float64], *, weight: NDArray[np.float64]) -> float:
    farther = np.where(gaps[:, 1] > 0, gaps[:, 1], 1.0)
    return float(np.average((gaps[:, 1] - gaps[:, 0]) / farther, weights=weight))


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
