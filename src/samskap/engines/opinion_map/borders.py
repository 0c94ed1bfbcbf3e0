"""Is there a valley between two neighbouring groups, or do they pass into each other?

Silverman's test (1981) on the line between the two centres: the narrowest smoothing that leaves one hill is found,
and worlds are drawn from that one hill. If at most one in twenty of them shows two hills, the border is clear.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.result import Border

LEVEL = 0.05
WORLDS = 39
HALVINGS = 12
NARROWEST, WIDEST = 0.01, 0.6
STEP = 0.02
# The line is measured in steps between the centres: 0 and 1 are the centres themselves.
LINE = np.arange(-30, 81) * STEP
BETWEEN = (LINE > -0.15) & (LINE < 1.15)
SQUARES = (LINE[:, None] - LINE[None, :]) ** 2


def border(
    points: NDArray[np.float64],
    *,
    labels: NDArray[np.int64],
    centres: NDArray[np.float64],
    random: np.random.Generator,
) -> Border:
    """Clear if there is a valley between every two neighbouring groups, else gradual."""
    for one, other in combinations(range(len(centres)), 2):
        if not _are_neighbours(one, other, centres=centres):
            continue
        members = points[(labels == one) | (labels == other)]
        if not _has_valley(members, ends=(centres[one], centres[other]), random=random):
            return "gradual"
    return "clear"


def _are_neighbours(one: int, other: int, *, centres: NDArray[np.float64]) -> bool:
    middle = (centres[one] + centres[other]) / 2.0
    distance = np.sum((centres - middle) ** 2, axis=1)
    return not np.any(np.delete(distance, [one, other]) < distance[one])


def _has_valley(
    points: NDArray[np.float64],
    *,
    ends: tuple[NDArray[np.float64], NDArray[np.float64]],
    random: np.random.Generator,
) -> bool:
    way = ends[1] - ends[0]
    along = (points - ends[0]) @ way / float(way @ way)
    counts = _counted(along)
    width = _one_hill_width(counts)
    hill = _smooth(counts, width=width)
    mean, variance = float(along.mean()), float(along.var())
    # Smoothing broadens: without drawing the worlds together again they would be wider than the real one.
    narrowed = 1.0 / np.sqrt(1.0 + width * width / max(variance, 1e-12))
    ladder = np.cumsum(hill)
    two_hills = 0
    for _ in range(WORLDS):
        drawn = LINE[np.searchsorted(ladder, random.random(len(along)) * ladder[-1], side="right").clip(max=110)]
        two_hills += _hills(_smooth(_counted(mean + (drawn - mean) * narrowed), width=width)) > 1
    return (1 + two_hills) / (1 + WORLDS) <= LEVEL


def _counted(along: NDArray[np.float64]) -> NDArray[np.float64]:
    place = np.rint(along.clip(LINE[0], LINE[-1]) / STEP).astype(np.int64) + 30
    return np.bincount(place, minlength=len(LINE)).astype(np.float64)


def _smooth(counts: NDArray[np.float64], *, width: float) -> NDArray[np.float64]:
    return np.asarray(np.exp(-SQUARES / (2.0 * width * width)) @ counts, dtype=np.float64)


def _hills(density: NDArray[np.float64]) -> int:
    inside = density[BETWEEN]
    return int(np.sum((inside[1:-1] > inside[:-2]) & (inside[1:-1] >= inside[2:])))


def _one_hill_width(counts: NDArray[np.float64]) -> float:
    low, high = NARROWEST, WIDEST
    for _ in range(HALVINGS):
        middle = float(np.sqrt(low * high))
        if _hills(_smooth(counts, width=middle)) > 1:
            low = middle
        else:
            high = middle
    return high
