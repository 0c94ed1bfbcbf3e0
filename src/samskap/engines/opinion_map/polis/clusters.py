"""Polis's k-means: its starts, its stopping rule and its silhouette.

Distances are computed as sums of squared differences. Polis expands the square, so that near points can come out
equal, and breaks ties by the order of a hash table; here a tie goes to the cluster that stands first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STILL = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where k-means begins: an id and a centre (clusters, 2) for each cluster."""

    ids: NDArray[np.int64]
    centres: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """Clusters that are not empty; `member` is for each point the place of its cluster in `ids`."""

    ids: NDArray[np.int64]
    centres: NDArray[np.float64]
    member: NDArray[np.int64]


def cold_start(points: NDArray[np.float64], *, count: int) -> Start:
    """The first `count` distinct points in the order of rows."""
    # Adding 0 turns -0.0 into 0.0: the two are one place.
    _, first = np.unique(points + 0.0, axis=0, return_index=True)
    centres = points[np.sort(first)[:count]]
    return Start(ids=np.arange(len(centres)), centres=centres)


def warm_start(
    points: NDArray[np.float64], *, weights: NDArray[np.float64], last: NDArray[np.int64], count: int
) -> Start:
    """The last clusters on the present points, `last` being the id each point had (-1 for new ones).

    Each is centred anew, those without members vanish, those with one centre become one, and while there are fewer
    than `count` the point farthest from every centre begins a cluster of its own.
    """
    ids = np.unique(last[last >= 0])
    if not ids.size:
        return cold_start(points, count=count)
    place = np.searchsorted(ids, last)
    old = last >= 0
    centres = _means(points[old], weights=weights[old], member=place[old], count=len(ids))
    _, first = np.unique(centres + 0.0, axis=0, return_index=True)
    kept = np.sort(first)[:count]
    return _split(points, start=Start(ids=ids[kept], centres=centres[kept]), count=count)


def _split(points: NDArray[np.float64], *, start: Start, count: int) -> Start:
    ids, centres = list(start.ids), list(start.centres)
    nearest = _squares(points, centres=start.centres).min(axis=1)
    while len(ids) < count:
        far = int(np.argmax(nearest))
        if nearest[far] <= 0.0:
            break
        ids.append(max(ids) + 1)
        centres.append(points[far])
        nearest = np.minimum(nearest, _squares(points, centres=points[far][None, :])[:, 0])
    return Start(ids=np.array(ids, dtype=np.int64), centres=np.array(centres))


def k_means(points: NDArray[np.float64], *, weights: NDArray[np.float64], start: Start, rounds: int) -> Clusters:
    """Lloyd's rounds, until no centre moves 0.01 or more. Clusters that run empty vanish."""
    ids, centres = start.ids, start.centres
    member = np.zeros(len(points), dtype=np.int64)
    for _ in range(rounds):
        nearest = np.argmin(_squares(points, centres=centres), axis=1)
        kept, member = np.unique(nearest, return_inverse=True)
        moved = _means(points, weights=weights, member=member, count=len(kept))
        still = _same(centres, moved)
        ids, centres = ids[kept], moved
        if still:
            break
    return Clusters(ids=ids, centres=centres, member=member)


def _same(before: NDArray[np.float64], after: NDArray[np.float64]) -> bool:
    # Polis compares the sorted centres pair by pair and forgets the rest where one list is longer.
    length = min(len(before), len(after))
    pairs = [side[np.lexsort((side[:, 1], side[:, 0]))][:length] for side in (before, after)]
    return bool(np.all(np.hypot(*(pairs[0] - pairs[1]).T) < STILL))


def _squares(points: NDArray[np.float64], *, centres: NDArray[np.float64]) -> NDArray[np.float64]:
    across = points[:, 0, None] - centres[None, :, 0]
    along = points[:, 1, None] - centres[None, :, 1]
    return np.asarray(across * across + along * along)


def _means(
    points: NDArray[np.float64], *, weights: NDArray[np.float64], member: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    total = np.bincount(member, weights=weights, minlength=count)
    sums = [np.bincount(member, weights=weights * side, minlength=count) for side in points.T]
    return np.stack(sums, axis=1) / total[:, None]


def silhouette(points: NDArray[np.float64], *, member: NDArray[np.int64]) -> float:
    """Mean of (b - a) / max(a, b) over the points, each counting once (Rousseeuw 1987); 0 for a cluster of one.

    a is the mean distance to the others of the own cluster, b the smallest mean distance to another cluster. With
    fewer than two clusters it is 0.
    """
    sizes = np.bincount(member)
    if len(sizes) < 2:
        return 0.0
    distance = np.sqrt(_squares(points, centres=points))
    sums = np.stack([distance[:, member == cluster].sum(axis=1) for cluster in range(len(sizes))], axis=1)
    own = np.arange(len(points)), member
    inner = sums[own] / np.maximum(sizes[member] - 1, 1)
    means = sums / sizes
    means[own] = np.inf
    outer = means.min(axis=1)
    widest = np.maximum(inner, outer)
    score = np.divide(outer - inner, widest, out=np.zeros(len(points)), where=(widest > 0) & (sizes[member] > 1))
    return float(score.mean())
