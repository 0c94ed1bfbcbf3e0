"""Honest conversations with two groups, and the same with copies, blocks and careless people planted in them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import Votes
from samskap.engines.opinion_map.guards import Guards

SILENT = 9


@dataclass(frozen=True)
class Planted:
    """Votes, and the keys of those who were planted, by kind."""

    votes: Votes
    keys: dict[str, set[str]] = field(default_factory=dict)


def conversation(
    *,
    people: int = 400,
    statements: int = 60,
    density: float = 0.6,
    duplicates: float = 0.0,
    coordinated: float = 0.0,
    careless: float = 0.0,
    seed: int = 1,
) -> Planted:
    """Shares of the people are pairs of copies with 3 % slips, one block on ten statements, and half at random, half
    always the same answer."""
    random = np.random.default_rng(seed)
    grid, lean = _honest(people, statements, density=density, random=random)
    order = random.permutation(people)
    sizes = [round(share * people) // 2 * 2 for share in (duplicates, coordinated, careless)]
    copies, block, odd = np.split(order[: sum(sizes)], np.cumsum(sizes)[:-1])
    for one, other in copies.reshape(-1, 2):
        grid[other] = _slipping(grid[one], random=random, slips=0.03)
    if len(block):
        _push(grid, block, lean=lean, random=random)
    for place, person in enumerate(odd):
        given = grid[person] != SILENT
        answers = random.integers(-1, 2, int(given.sum())) if place % 2 else random.choice([-1, 1])
        grid[person, given] = answers
    keys = {"duplicates": copies, "coordinated": block, "careless": odd}
    return Planted(votes_of(grid), {kind: {f"p{person:05}" for person in group} for kind, group in keys.items()})


def _honest(
    people: int, statements: int, *, density: float, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    middle = random.normal(size=statements) * 0.7
    sides = random.normal(size=(2, statements)) * 1.2
    own = random.normal(size=(people, 2)) @ random.normal(size=(2, statements)) * 0.3
    lean = middle + sides[random.integers(2, size=people)] + own + random.logistic(size=(people, statements)) * 0.6
    values = np.where(lean > 0.4, 1, np.where(lean < -0.4, -1, 0))
    seen = random.random((people, statements)) < density * random.beta(4, 2, size=(people, 1)) * 1.5
    return np.where(seen, values, SILENT), middle


def _slipping(answers: NDArray[np.int64], *, random: np.random.Generator, slips: float) -> NDArray[np.int64]:
    slipped = (random.random(len(answers)) < slips) & (answers != SILENT)
    return np.where(slipped, random.integers(-1, 2, len(answers)), answers)


def _push(
    grid: NDArray[np.int64], block: NDArray[np.int64], *, lean: NDArray[np.float64], random: np.random.Generator
) -> None:
    """Everybody in the block answers the same ten statements against the common opinion, and one other at most."""
    pushed = random.permutation(len(lean))[:10]
    for person in block:
        other = int(random.integers(len(lean)))
        kept = grid[person, other]
        grid[person] = SILENT
        grid[person, other] = kept
        grid[person, pushed] = np.where(lean[pushed] > 0, -1, 1)
        grid[person] = _slipping(grid[person], random=random, slips=0.03)


def votes_of(grid: NDArray[np.int64]) -> Votes:
    """A grid of people by statements, 9 where nothing was answered."""
    rows, columns = np.nonzero(grid != SILENT)
    return Votes.from_rows(
        (f"p{row:05}", f"s{column:04}", int(grid[row, column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    )


def flagged(guards: Guards) -> dict[str, set[str]]:
    """The keys of those flagged, by kind."""
    return {
        "duplicates": {key for each in guards.duplicates for key in each.people},
        "coordinated": {key for each in guards.coordinated for key in each.people},
        "careless": {each.key for each in guards.careless},
    }
