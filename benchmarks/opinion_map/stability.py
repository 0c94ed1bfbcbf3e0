"""Stability: the whole map made anew from 80 % of the people; do those who are in both maps keep their groups?

Measured by the mean adjusted Rand index over draws, between the groups of the whole and the groups of the draw, over
the people who are in a group in both (people with too few votes are in none). Where one of the two maps says "no
groups" and the other does not, the draw counts 0; where both say so, it counts 1 and is told apart. Pairs of draws
are compared as well. red-dwarf and k-means on the exact Polis map take the same draws.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import peers
import worlds
from measuring import Claim, Sheet, at_least, publish, run, skip
from numpy.typing import NDArray
from worlds import World

from samskap.engines.opinion_map import map_opinions

DEMANDED = {"brexit-consensus": 0.60, "san-juan-land-bank": 0.90, "austria-energie": 0.90}
MAY_SAY_NONE = frozenset({"brexit-consensus"})
DRAWS = 16
SHARE = 0.8
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Grouper = Callable[[World], NDArray[np.int64]]


def main() -> int:
    """Every set by every method."""
    names = worlds.real_names()
    if not names:
        skip("stability", reason="There is no ../shared/data/opinions beside the repository.")
    rows, claims = [], []
    for name in names:
        world = worlds.real(name)
        for method, grouper, draws in _methods(world):
            row = _measured(world, grouper=grouper, draws=draws)
            rows.append([name, method, *row])
            if method == "samskap":
                claims.append(_claim(name, mean=row[1], whole=row[0]))
    columns = ("set", "method", "groups", "mean ARI", "least", "groups in the draws", "draw to draw", "draws", "s")
    return publish("stability", claims=claims, tables=[Sheet("80 % of the people", columns, rows)])


def _claim(name: str, *, mean: float, whole: int) -> Claim:
    if name in MAY_SAY_NONE and whole == 1:
        return at_least(f'{name}: says "no groups"', 1, 1)
    return at_least(f"{name}: mean adjusted Rand index", mean, DEMANDED[name])


def _methods(world: World) -> list[tuple[str, Grouper, int]]:
    known: list[tuple[str, Grouper, int]] = [("samskap", ours, DRAWS)]
    if peers.has_red_dwarf():
        known.append(("red-dwarf", lambda part: peers.red_dwarf(part).groups, 12))
        known.append(("Polis map, k-means", lambda part: peers.polis_groups(peers.polis_map(part)), 12))
    return known if world.people < worlds.BLOCK // 2 else known[:2]


def ours(world: World) -> NDArray[np.int64]:
    """Group numbers by the engine: -1 for people in no group, all -1 where it says that there are no groups."""
    found = {person.key: person.group for person in map_opinions(worlds.votes_of(world)).people}
    letters = [found.get(key) for key in worlds.keys("p", world.people)]
    return np.array([LETTERS.index(letter) if letter else -1 for letter in letters])


def _measured(world: World, *, grouper: Grouper, draws: int) -> tuple[int, float, float, str, float, int, float]:
    start = time.perf_counter()
    whole = grouper(world)
    drawn = []
    for draw in range(draws):
        random = np.random.default_rng([20171114, draw])
        people = np.sort(random.permutation(world.people)[: round(SHARE * world.people)])
        labels = np.full(world.people, -1)
        labels[people] = grouper(world.of_people(people))
        drawn.append((labels, people))
    kept = [_agreement(whole, labels, among=people) for labels, people in drawn]
    between = [
        _agreement(one, other, among=np.intersect1d(first, second)) for (one, first), (other, second) in pairwise(drawn)
    ]
    numbers = Counter(_count(labels) for labels, _ in drawn)
    told = ", ".join(f"{number} x{times}" for number, times in sorted(numbers.items()))
    mean, least = float(np.mean(kept)), min(kept)
    return _count(whole), mean, least, told, float(np.mean(between)), draws, time.perf_counter() - start


def _count(labels: NDArray[np.int64]) -> int:
    return max(1, len(set(labels.tolist()) - {-1}))


def _agreement(one: NDArray[np.int64], other: NDArray[np.int64], *, among: NDArray[np.int64]) -> float:
    without = (bool(np.all(one == -1)), bool(np.all(other == -1)))
    if any(without):
        return 1.0 if all(without) else 0.0
    both = among[(one[among] >= 0) & (other[among] >= 0)]
    return worlds.adjusted_rand(one[both], other[both])


if __name__ == "__main__":
    run(__file__, whole=main)
