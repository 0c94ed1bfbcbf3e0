"""Groups of points: k-means from fixed starts, silhouette, and agreement of two groupings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Group number of each point, and centres (groups, axes)."""

    labels: NDArray[np.int64]
    centres: NDArray[np.float64]


def groupings(points: NDArray[np.float64], *, most: int) -> dict[int, Grouping]:
    """The tightest k-means grouping found for 2 to `most` groups of points (people, axes).

    Each is started from equal slices along the first axis, and from the grouping with one group fewer, its loosest
    group cut in two. No chance: the same points, or twice the points, give the same groups.
    """
    found: dict[int, Grouping] = {}
    before = Grouping(np.zeros(len(points), dtype=np.int64), points.mean(axis=0, keepdims=True))
    for groups in range(2, most + 1):
        tried = [_moved(points, start) for start in (_slices(points, groups=groups), _cut(points, before))]
        before = found[groups] = min(tried, key=lambda pair: pair[0])[1]
    return found


def _moved(points: NDArray[np.float64], start: NDArray[np.float64]) -> tuple[float, Grouping]:
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    centres, labels = start.copy(), np.empty(len(points), dtype=np.int64)
    tight = float(kernels.moved_centres(points, centres, ROUNDS, labels))
    return tight, Grouping(labels, centres)


def _slices(points: NDArray[np.float64], *, groups: int) -> NDArray[np.float64]:
    order = np.argsort(points[:, 0], kind="stable")
    return np.stack([points[part].mean(axis=0) for part in np.array_split(order, groups)])


def _cut(points: NDArray[np.float64], before: Grouping) -> NDArray[np.float64]:
    """The centres with the loosest group's replaced by two, one deviation to either side on its widest axis."""
    loose, step = np.zeros(len(before.centres)), np.zeros_like(before.centres)
    for group in range(len(before.centres)):
        own = points[before.labels == group]
        if len(own):
            squares = np.sum((own - before.centres[group]) ** 2, axis=0)
            loose[group] = squares.sum()
            step[group, np.argmax(squares)] = np.sqrt(squares.max() / len(own))
    widest = int(np.argmax(loose))
    halves = before.centres[widest] + np.stack([-step[widest], step[widest]])
    return np.concatenate([np.delete(before.centres, widest, axis=0), halves])


def silhouette(points: NDArray[np.float64], *, centres: NDArray[np.float64]) -> float:
    """Mean of (b - a) / max(a, b), a and b the distances to the nearest and the second nearest centre: 0 to 1."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    return float(kernels.silhouette(points, centres))


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
