"""Guards: votes that look copied, coordinated or careless are flagged and their effect is told; none is removed.

    guards = find_guards(votes)
    other = map_opinions(without(votes, guards, "duplicates"))
    gained, lost = ground_changes(map_opinions(votes), other)

Described in `docs/methods/opinion-map.md`.
"""

from __future__ import annotations

import dataclasses
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.guards import careless, coordinated, pairs
from samskap.engines.opinion_map.guards.effects import effect, ground_changes, without
from samskap.engines.opinion_map.guards.expectation import expect, person_chances, styled
from samskap.engines.opinion_map.guards.result import (
    KINDS,
    Effect,
    FlaggedPerson,
    FlaggedSet,
    Guards,
    Kind,
    ShareChange,
    Sign,
)
from samskap.engines.opinion_map.votes import Votes

__all__ = [
    "KINDS",
    "LEVEL",
    "Effect",
    "FlaggedPerson",
    "FlaggedSet",
    "Guards",
    "Kind",
    "ShareChange",
    "Sign",
    "find_guards",
    "ground_changes",
    "without",
]

LEVEL = 0.01
BRIEF_SHARE = 0.5


def find_guards(
    votes: Votes,
    *,
    background: frozenset[str] = frozenset(),
    left_out: frozenset[str] = frozenset(),
    seed: int = 20171114,
) -> Guards:
    """Who is flagged among these votes, and what the flagged do to the shares; at most 1 % of them by chance.

    `background` and `left_out` statements are not looked at. Sets of people with nearly the same answers are
    *duplicates*; five or more of them who answered less than half of what is usual, and blocks found by
    `coordinated.blocks`, are *coordinated*; people whose answers do not depend on the statement are *careless*.
    A person is in one set at most, and not careless as well.
    """
    counted = votes.only(frozenset(votes.statements) - background - left_out)
    everyone = np.ones(len(counted.people), dtype=bool)
    expectation = expect(counted, among=everyone)
    plain = person_chances(counted, expectation)
    habits = styled(counted, plain)
    own = np.arange(counted.count), counted.values.astype(np.int64) + 1
    alike = pairs.alike(counted, habits[own], level=LEVEL, seed=abs(seed))
    duplicates, together = _sets(counted, alike, found=coordinated.blocks(counted, level=LEVEL, seed=abs(seed)))
    grouped = {key for each in (*duplicates, *together) for key in each.people}
    same, none = careless.careless_evidence(counted, expected=plain, styled=habits)
    guards = Guards(
        people=int(np.count_nonzero(np.bincount(counted.rows, minlength=len(counted.people)))),
        effective_people=0,
        level=LEVEL,
        seed=seed,
        search=alike.search,
        duplicates=duplicates,
        coordinated=together,
        careless=_careless(counted, same=same, none=none, grouped=grouped),
        effects=(),
    )
    return dataclasses.replace(
        guards,
        effective_people=guards.people - sum(len(each.people) - 1 for each in (*duplicates, *together)),
        effects=tuple(effect(counted, guards, kind) for kind in KINDS),
    )


def _sets(
    votes: Votes, alike: pairs.Pairs, *, found: list[coordinated.Block]
) -> tuple[tuple[FlaggedSet, ...], tuple[FlaggedSet, ...]]:
    """Duplicates and coordinated sets: a set of pairs that meets a block is taken into it."""
    given = np.bincount(votes.rows, minlength=len(votes.people))
    usual = float(np.median(given[given > 0])) if np.any(given) else 0.0
    best: dict[int, float] = {}
    for *pair, evidence in zip(alike.first.tolist(), alike.second.tolist(), alike.evidence.tolist(), strict=True):
        best |= {person: max(evidence, best.get(person, evidence)) for person in pair}
    blocks = [(set(block.people), block.evidence) for block in found]
    duplicates: list[FlaggedSet] = []
    for people in pairs.connected(alike.first, alike.second):
        evidence = max(best[person] for person in people)
        meets = [block for block in blocks if block[0] & set(people)]
        brief = len(people) >= coordinated.SMALLEST_BLOCK and np.median(given[people]) < BRIEF_SHARE * usual
        if meets or brief:
            blocks = [block for block in blocks if block not in meets]
            blocks.append((set(people).union(*(block[0] for block in meets)), max([evidence, *(b[1] for b in meets)])))
        else:
            duplicates.append(_flagged(votes, "duplicates", people, evidence=evidence, given=given))
    together = [_flagged(votes, "coordinated", sorted(people), evidence=x, given=given) for people, x in blocks]
    return tuple(duplicates), tuple(sorted(together, key=lambda each: each.people))


def _flagged(
    votes: Votes,
    kind: Literal["duplicates", "coordinated"],
    people: list[int],
    *,
    evidence: float,
    given: NDArray[np.int64],
) -> FlaggedSet:
    keys = tuple(votes.people[person] for person in people)
    return FlaggedSet(kind=kind, people=keys, answers=int(np.median(given[people])), evidence=evidence)


def _careless(
    votes: Votes, *, same: NDArray[np.float64], none: NDArray[np.float64], grouped: set[str]
) -> tuple[FlaggedPerson, ...]:
    given = np.bincount(votes.rows, minlength=len(votes.people))
    evidence = np.maximum(same, none)
    looked_at = int(np.count_nonzero(given >= careless.FEWEST_ANSWERS))
    found = np.flatnonzero(pairs.discoveries(evidence, tested=looked_at, level=LEVEL))
    return tuple(
        FlaggedPerson(
            key=votes.people[person],
            sign="same_answer" if same[person] >= none[person] else "no_pattern",
            answers=int(given[person]),
            evidence=float(evidence[person]),
        )
        for person in found.tolist()
        if votes.people[person] not in grouped
    )
