"""What changed from one map to the next: statements whose agreement moved for certain, common ground, groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.bounds import LEVEL, difference_lower, lower_bounds, upper_bounds
from samskap.engines.opinion_map.discovery import Choice, choose
from samskap.engines.opinion_map.result import OpinionMap, Side, StatementResult

__all__ = ["Changes", "GroundChange", "GroupChange", "StatementChange", "compare"]

Way = Literal["up", "down", "unsure"]
FEWEST = 5

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class StatementChange:
    """One statement in both maps: the shares that agree, and the difference after - before.

    `lower` and `upper` are one-sided 95 % bounds of the difference: between them it lies in nine of ten such counts.
    `way` is "up" or "down" only where the change is sure as one of many looked at (see `Changes.level`).
    """

    statement: str
    answered_before: int
    answered_after: int
    share_before: float
    share_after: float
    difference: float
    lower: float
    upper: float
    way: Way


@dataclass(frozen=True, slots=True)
class GroundChange:
    """A statement that became common ground on `side`, or is so no longer."""

    statement: str
    side: Side


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group by its letter: sizes (None where it is not there), and how many people are in it in both maps.

    `stayed` is None below five.
    """

    key: str
    size_before: int | None
    size_after: int | None
    stayed: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The two maps beside each other.

    `statements` are those with five answers or more in both, the largest difference first; of those with a sure way
    at most `rate` are expected to be wrong, and `level` is the error level that takes. `both` is the number of people
    in both maps (None for one to four).
    """

    people_before: int
    people_after: int
    both: int | None
    statements: tuple[StatementChange, ...]
    gained: tuple[GroundChange, ...]
    lost: tuple[GroundChange, ...]
    kept: tuple[GroundChange, ...]
    groups: tuple[GroupChange, ...]
    rate: float
    level: float


def compare(before: OpinionMap, after: OpinionMap) -> Changes:
    """What moved from `before` to `after`; make `after` with `previous=before`, so that letters mean the same groups.

    A change of agreement is sure where the lower bound of the difference of two shares (Newcombe 1998, method 10, from
    exact bounds) lies above zero at a level that keeps the list of all sure changes right (Benjamini and Hochberg
    1995). The two shares are taken as independent; where the same people answered twice, that errs on the careful side
    for people who mostly stay with their answer.
    """
    earlier = {s.key: s for s in before.statements if s.answered >= FEWEST}
    pairs = [(earlier[s.key], s) for s in after.statements if s.key in earlier and s.answered >= FEWEST]
    moved = _moved(pairs)
    both = {person.key for person in before.people} & {person.key for person in after.people}
    return Changes(
        people_before=before.counts.people,
        people_after=after.counts.people,
        both=len(both) if len(both) >= FEWEST or not both else None,
        statements=_statements(pairs, up=moved.chosen[: len(pairs)], down=moved.chosen[len(pairs) :]),
        gained=_ground(after, besides=before),
        lost=_ground(before, besides=after),
        kept=tuple(
            GroundChange(ground.statement, ground.side)
            for ground in after.common_ground
            if (ground.statement, ground.side) in _sides(before)
        ),
        groups=_groups(before, after),
        rate=LEVEL,
        level=moved.level,
    )


def _moved(pairs: list[tuple[StatementResult, StatementResult]]) -> Choice:
    """Both ways of every pair are looked at: first all that may have risen, then all that may have fallen."""
    agree, answered = _counts(pairs)

    def bounds_at(level: float, among: Flags) -> Floats:
        rise = _lower(agree[1], answered[1], agree[0], answered[0], level=level)
        fall = _lower(agree[0], answered[0], agree[1], answered[1], level=level)
        return np.where(among, np.concatenate([rise, fall]), -np.inf)

    among = np.ones(2 * len(pairs), dtype=bool)
    return choose(bounds_at, among=among, tested=2 * len(pairs), above=0.0)


def _counts(pairs: list[tuple[StatementResult, StatementResult]]) -> tuple[Floats, Floats]:
    """Agreements and answers, each of shape (2, pairs)."""
    agree = np.array([[one.agree for one in pair] for pair in pairs], dtype=np.float64).reshape(-1, 2).T
    answered = np.array([[one.answered for one in pair] for pair in pairs], dtype=np.float64).reshape(-1, 2).T
    return agree, answered


def _lower(hits: Floats, trials: Floats, other_hits: Floats, other_trials: Floats, *, level: float) -> Floats:
    return difference_lower(
        hits / trials,
        lower=lower_bounds(hits, trials, level=level),
        other=other_hits / other_trials,
        other_upper=upper_bounds(other_hits, other_trials, level=level),
    )


def _statements(
    pairs: list[tuple[StatementResult, StatementResult]], *, up: Flags, down: Flags
) -> tuple[StatementChange, ...]:
    agree, answered = _counts(pairs)
    lower = _lower(agree[1], answered[1], agree[0], answered[0], level=LEVEL)
    upper = -_lower(agree[0], answered[0], agree[1], answered[1], level=LEVEL)
    changes = [
        StatementChange(
            statement=was.key,
            answered_before=was.answered,
            answered_after=now.answered,
            share_before=was.share_agree,
            share_after=now.share_agree,
            difference=now.share_agree - was.share_agree,
            lower=float(lower[at]),
            upper=float(upper[at]),
            way="up" if up[at] else "down" if down[at] else "unsure",
        )
        for at, (was, now) in enumerate(pairs)
    ]
    return tuple(sorted(changes, key=lambda change: (-abs(change.difference), change.statement)))


def _sides(result: OpinionMap) -> set[tuple[str, Side]]:
    return {(ground.statement, ground.side) for ground in result.common_ground}


def _ground(result: OpinionMap, *, besides: OpinionMap) -> tuple[GroundChange, ...]:
    """Common ground of one map that is none of the other, among statements that both know."""
    known = {statement.key for statement in besides.statements}
    others = _sides(besides)
    return tuple(
        GroundChange(ground.statement, ground.side)
        for ground in result.common_ground
        if ground.statement in known and (ground.statement, ground.side) not in others
    )


def _groups(before: OpinionMap, after: OpinionMap) -> tuple[GroupChange, ...]:
    sizes = [{group.key: group.size for group in result.groups} for result in (before, after)]
    members = [{(person.key, person.group) for person in result.people if person.group} for result in (before, after)]
    found = []
    for key in sorted({*sizes[0], *sizes[1]}):
        stayed = sum(group == key for _person, group in members[0] & members[1])
        told = stayed if stayed >= FEWEST else None
        found.append(GroupChange(key, sizes[0].get(key), sizes[1].get(key), told))
    return tuple(found)
