"""What would change if the flagged were counted otherwise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.guards.result import Effect, Guards, Kind, ShareChange
from samskap.engines.opinion_map.result import OpinionMap, Side
from samskap.engines.opinion_map.votes import Votes


def without(votes: Votes, guards: Guards, kind: Kind) -> Votes:
    """The votes with each duplicate or coordinated set as one person, or with careless people left out.

    A set's person has its first key and, on each statement, the answer that most of the set gave (pass on a tie).
    Keys of the others are gone from `people`. Statements stay, also those left without a vote.
    """
    if kind == "careless":
        return _kept(votes, gone={person.key for person in guards.careless})
    sets = guards.sets(kind)
    number = {key: place for place, key in enumerate(votes.people)}
    stands_for = np.arange(len(votes.people))
    for each in sets:
        stands_for[[number[key] for key in each.people]] = number[each.people[0]]
    merged = _merged(votes, stands_for=stands_for)
    return _kept(merged, gone={key for each in sets for key in each.people[1:]})


def effect(votes: Votes, guards: Guards, kind: Kind) -> Effect:
    """The shares of every statement with everybody, and with the flagged of this kind counted otherwise."""
    sets = guards.sets(kind)
    flagged = sum(len(each.people) for each in sets) if kind != "careless" else len(guards.careless)
    if not flagged:
        return Effect(kind=kind, flagged=0, sets=0, changes=())
    before, after = _answers(votes), _answers(without(votes, guards, kind))
    moved = (_change(key, before[place], after[place]) for place, key in enumerate(votes.statements))
    changes = sorted((change for change in moved if change), key=lambda change: -abs(change.change))
    return Effect(kind=kind, flagged=flagged, sets=len(sets), changes=tuple(changes))


def _answers(votes: Votes) -> NDArray[np.int64]:
    """Answers (statements, 3): disagree, pass, agree."""
    code = votes.columns * 3 + votes.values + 1
    return np.bincount(code, minlength=3 * len(votes.statements)).reshape(-1, 3)


def _change(key: str, before: NDArray[np.int64], after: NDArray[np.int64]) -> ShareChange | None:
    """The larger of the two moves of a statement; None where neither share moves or nobody is left."""
    was, left = int(before.sum()), int(after.sum())
    if not left or was == left:
        return None
    disagree, _, agree = (after / left - before / was).tolist()
    side: Side = "agree" if abs(agree) >= abs(disagree) else "disagree"
    place = 2 if side == "agree" else 0
    moved = ShareChange(
        statement=key,
        side=side,
        share=float(before[place] / was),
        share_without=float(after[place] / left),
        votes=was - left,
    )
    return moved if moved.change else None


def _merged(votes: Votes, *, stands_for: NDArray[np.int64]) -> Votes:
    size = max(1, len(votes.statements))
    pair, place = np.unique(stands_for[votes.rows] * size + votes.columns, return_inverse=True)
    counts = np.bincount(place * 3 + votes.values + 1, minlength=3 * len(pair)).reshape(-1, 3)
    most = counts == counts.max(axis=1, keepdims=True)
    values = np.where(most.sum(axis=1) == 1, most.argmax(axis=1) - 1, 0)
    return Votes(
        people=votes.people,
        statements=votes.statements,
        rows=pair // size,
        columns=pair % size,
        values=values.astype(np.int8),
    )


def _kept(votes: Votes, *, gone: set[str]) -> Votes:
    staying = np.array([key not in gone for key in votes.people], dtype=bool)
    kept = staying[votes.rows]
    return Votes(
        people=tuple(key for key in votes.people if key not in gone),
        statements=votes.statements,
        rows=(np.cumsum(staying) - 1)[votes.rows[kept]],
        columns=votes.columns[kept],
        values=votes.values[kept],
    )


def ground_changes(before: OpinionMap, after: OpinionMap) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Statements that enter the common ground of `after`, and those that leave that of `before`."""
    was = {(found.statement, found.side) for found in before.common_ground}
    now = {(found.statement, found.side) for found in after.common_ground}
    return tuple(sorted(key for key, _ in now - was)), tuple(sorted(key for key, _ in was - now))
