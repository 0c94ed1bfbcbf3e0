"""Where the boxes and arrows of a chain lie: columns given, rows found so that few arrows cross and most run straight.

The method is that of layered drawings (Sugiyama, Tagawa and Toda, 1981: “Methods for Visual Understanding of
Hierarchical System Structures”): an arrow that passes a column gets a lane of its own there; boxes and lanes are sorted
by the mean place of what they hang together with, sweep by sweep, and the order with the fewest crossings is kept. Then
each column is moved as near to its neighbours as its order allows: the least sum of squares under fixed distances,
found by pooling neighbours that are in each other's way (Ayer and others, 1955).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Box", "Plan", "crossings", "nearest_in_order", "planned"]

SWEEPS = 8
LANE = 18.0  # height of the lane of an arrow that passes a column


@dataclass(frozen=True, slots=True)
class Box:
    """A box that must lie in a column (counted from 0) and is so high."""

    key: str
    column: int
    height: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The middle of every box, and for each arrow the heights at which it passes columns, from left to right.

    `order` are the keys of each column from the top, lanes among them. `height` is that of the whole; heights are
    counted from the top.
    """

    middle: Mapping[str, float]
    lanes: tuple[tuple[float, ...], ...]
    order: tuple[tuple[str, ...], ...]
    height: float


def planned(boxes: Sequence[Box], arrows: Sequence[tuple[str, str]], *, columns: int, gap: float) -> Plan:
    """The places of these boxes and arrows, `gap` or more between two that lie under each other.

    An arrow to an earlier column lies as if it went the other way; one within a column takes no lane.
    """
    column_of = {box.key: box.column for box in boxes}
    every, chains = list(boxes), []
    for number, ends in enumerate(arrows):
        left, right = sorted(ends, key=lambda key: column_of[key])
        lanes = [Box(f"lane {number} {c}", c, LANE) for c in range(column_of[left] + 1, column_of[right])]
        every += lanes
        chains.append((left, *(lane.key for lane in lanes), right))
    steps = [step for chain in chains if column_of[chain[0]] < column_of[chain[-1]] for step in pairwise(chain)]
    order = _ordered([[box.key for box in every if box.column == c] for c in range(columns)], steps)
    middle = _placed(order, {box.key: box.height for box in every}, steps, gap=gap)
    height = max((middle[box.key] + box.height / 2 for box in every), default=0.0)
    lanes_at = tuple(tuple(middle[key] for key in chain[1:-1]) for chain in chains)
    return Plan({box.key: middle[box.key] for box in boxes}, lanes_at, tuple(map(tuple, order)), height)


def crossings(order: Sequence[Sequence[str]], steps: Iterable[tuple[str, str]]) -> int:
    """How often steps between neighbouring columns cross."""
    place = {key: (column, row) for column, keys in enumerate(order) for row, key in enumerate(keys)}
    runs = [(place[a], place[b]) for a, b in steps]
    return sum(
        (one[0][1] - other[0][1]) * (one[1][1] - other[1][1]) < 0
        for number, one in enumerate(runs)
        for other in runs[:number]
        if one[0][0] == other[0][0]
    )


def _ordered(order: list[list[str]], steps: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The order of the columns with the fewest crossings that the sweeps came by; the first where two are level."""
    best, fewest = order, crossings(order, steps)
    for sweep in range(2 * SWEEPS):
        if not fewest:
            break
        order = _swept(order, steps, leftwards=sweep % 2 == 1)
        if (number := crossings(order, steps)) < fewest:
            best, fewest = order, number
    return best


def _swept(order: Sequence[Sequence[str]], steps: Sequence[tuple[str, str]], *, leftwards: bool) -> list[list[str]]:
    """Each column sorted by the mean row of what its keys hang together with in the column just sorted."""
    beside: dict[str, list[str]] = {}
    for left, right in steps:
        here, there = (left, right) if leftwards else (right, left)
        beside.setdefault(here, []).append(there)
    rows: dict[str, float] = {}
    found: list[list[str]] = [[] for _column in order]
    for column in reversed(range(len(order))) if leftwards else range(len(order)):
        wish = {
            key: _mean([rows[other] for other in beside.get(key, [])], default=float(row))
            for row, key in enumerate(order[column])
        }
        found[column] = sorted(order[column], key=wish.__getitem__)
        rows |= {key: float(row) for row, key in enumerate(found[column])}
    return found


def _placed(
    order: Sequence[Sequence[str]], heights: Mapping[str, float], steps: Sequence[tuple[str, str]], *, gap: float
) -> dict[str, float]:
    """The middle of every key: columns begin at the top, and are then drawn towards what they hang together with."""
    beside: dict[str, list[str]] = {}
    for left, right in steps:
        beside.setdefault(left, []).append(right)
        beside.setdefault(right, []).append(left)
    offsets = {c: _offsets([heights[key] for key in keys], gap=gap) for c, keys in enumerate(order)}
    middle = {key: at for c, keys in enumerate(order) for key, at in zip(keys, offsets[c], strict=True)}
    for sweep in range(SWEEPS):
        for c in range(len(order)) if sweep % 2 else reversed(range(len(order))):
            wish = [_mean([middle[other] for other in beside.get(key, [])], default=middle[key]) for key in order[c]]
            middle |= dict(zip(order[c], nearest_in_order(wish, offsets[c]), strict=True))
    top = min((middle[key] - heights[key] / 2 for key in middle), default=0.0)
    return {key: at - top for key, at in middle.items()}


def _offsets(heights: Sequence[float], *, gap: float) -> list[float]:
    """The middles of boxes that lie as close under each other as they may, the first at half its height."""
    found, top = [], 0.0
    for height in heights:
        found.append(top + height / 2)
        top += height + gap
    return found


def nearest_in_order(wish: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """Places as near to these wishes as can be (least squares) whose distances are at least those of the offsets."""
    pools: list[list[float]] = []  # sum and number of what lies in one pool
    for place, offset in zip(wish, offsets, strict=True):
        pools.append([place - offset, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, number = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += number
    fitted = [total / number for total, number in pools for _one in range(int(number))]
    return [at + offset for at, offset in zip(fitted, offsets, strict=True)]


def _mean(values: Sequence[float], *, default: float) -> float:
    return sum(values) / len(values) if values else default
