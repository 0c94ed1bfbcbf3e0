"""VOTES in arrays: equal ballots are read once, and every row of the file points to what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from samskap.formats.pabulib.money import number_in
from samskap.formats.pabulib.numbers import decimals_of, is_number, plainly, units_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from samskap.engines.fair_budget.election import Kind
    from samskap.formats.pabulib.drafts import Draft

__all__ = ["Cast", "Distinct", "check_voters", "completed", "distinct_ballots"]

_LONGEST_POINTS = 13
_WHOLE = re.compile(r"-?[0-9]{1,12}(?:,-?[0-9]{1,12})*")

Trouble = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Cast:
    """One ballot as read: places of projects, their points as plain text, and what was wrong with it."""

    chosen: tuple[int, ...]
    points: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, eq=False)
class Distinct:
    """Ballots that differ, in the order of their first voter; `class_of` int64[voters] says which one a voter cast.

    starts int64[ballots + 1], chosen int32[entries]; points int64[entries] in units of 1 / points_scale, or None.
    """

    class_of: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    chosen: npt.NDArray[np.int32]
    points: npt.NDArray[np.int64] | None
    points_scale: int = 1
    lengths: npt.NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lengths", np.diff(self.starts))

    def sums(self, values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The sum of a value of each entry, by ballot."""
        upto = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
        return np.asarray(upto[self.starts[1:]] - upto[self.starts[:-1]])

    def weights(self) -> npt.NDArray[np.int64]:
        """How many voters cast each."""
        return np.bincount(self.class_of, minlength=len(self.lengths))


def check_voters(draft: Draft) -> None:
    """Each voter has an id of its own."""
    votes, cells = draft.votes, draft.votes.cells("voter_id")
    taken = set(map(str.strip, cells))
    if len(taken) == len(cells) and "" not in taken:
        return
    seen: set[str] = set()
    for place, (cell, line) in enumerate(zip(cells, votes.lines, strict=True)):
        voter = cell.strip()
        if voter and voter not in seen:
            seen.add(voter)
            continue
        cells[place] = name = _free(voter or str(place + 1), taken=taken)
        draft.findings.meet("voter_twice" if voter else "voter_missing", line=line, value=voter, voter=name)


def distinct_ballots(draft: Draft, *, keys: Sequence[str], pointed: bool) -> Distinct:
    """The ballots of all rows, with their points where the kind has them."""
    votes, given = draft.votes, draft.votes.cells("vote")
    if pointed and "points" not in votes.names:
        draft.findings.fail("column_missing", line=votes.line, section=votes.title, column="points")
    points = votes.cells("points") if pointed else [""] * len(given)
    numbers = _Numbers()
    class_of = np.fromiter(map(numbers.__getitem__, zip(given, points, strict=True)), np.int64, count=len(given))
    places = {key: place for place, key in enumerate(keys)}
    casts = [_cast(*pair, places=places, pointed=pointed) for pair in numbers]
    _repair(draft, casts, class_of=class_of, keys=keys, pointed=pointed)
    return _arrays(casts, class_of=class_of, pointed=pointed)


class _Numbers(dict[tuple[str, str], int]):
    """Numbers things in the order in which they first come."""

    def __missing__(self, key: tuple[str, str]) -> int:
        self[key] = number = len(self)
        return number


def _free(name: str, *, taken: set[str]) -> str:
    at = 2
    while f"{name}-{at}" in taken:
        at += 1
    taken.add(f"{name}-{at}")
    return f"{name}-{at}"


def _cast(vote: str, points: str, *, places: dict[str, int], pointed: bool) -> Cast:
    items = vote.split(",") if vote else []
    try:
        chosen = tuple([places[item] for item in items])
    except KeyError:
        return _mended(vote, points, places=places, pointed=pointed)
    given = tuple(points.split(",")) if points else ()
    aligned = not pointed or (len(given) == len(chosen) and (not points or _WHOLE.fullmatch(points)))
    if len(set(chosen)) == len(chosen) and aligned:
        return Cast(chosen, given)
    return _mended(vote, points, places=places, pointed=pointed)


def _mended(vote: str, points: str, *, places: dict[str, int], pointed: bool) -> Cast:
    """A ballot that is not plain: what is meant where there is no doubt, and what was wrong."""
    items, given = _split(vote), _split(points)
    troubles: list[Trouble] = [("choice_empty", {}) for item in items if not item]
    if pointed and len(given) != len(items):
        items = [item for item in items if item]
        if len(given) != len(items):
            troubles.append(("points_length", {"choices": len(items), "points": len(given)}))
            return Cast((), troubles=tuple(troubles))
    found: dict[int, str] = {}
    for item, point in zip(items, given if pointed else [""] * len(items), strict=True):
        if not item:
            continue
        if item not in places or places[item] in found:
            troubles.append(("choice_unknown" if item not in places else "choice_twice", {"project": item}))
            continue
        plain = point if not pointed or is_number(point) else plainly(point)
        if plain is None or len(plain) > _LONGEST_POINTS:
            troubles.append(("points_number", {"project": item, "value": point}))
            return Cast((), troubles=tuple(troubles))
        if plain != point:
            troubles.append(("number_form", {"key": "points", "value": point, "wanted": plain}))
        found[places[item]] = plain
    return Cast(tuple(found), tuple(found.values()) if pointed else (), tuple(troubles))


def _split(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(",")] if cell.strip() else []


def _repair(
    draft: Draft, casts: Sequence[Cast], *, class_of: npt.NDArray[np.int64], keys: Sequence[str], pointed: bool
) -> None:
    """Every voter with a troubled ballot is told of, and the cells say what is counted."""
    votes = draft.votes
    troubled = [number for number, cast in enumerate(casts) if cast.troubles]
    if not troubled:
        return
    for row in np.flatnonzero(np.isin(class_of, troubled)).tolist():
        cast = casts[class_of[row]]
        for code, gaps in cast.troubles:
            draft.findings.meet(code, line=votes.lines[row], **gaps)
        votes.cells("vote")[row] = ",".join(keys[place] for place in cast.chosen)
        if pointed:
            votes.cells("points")[row] = ",".join(cast.points)


def _arrays(casts: Sequence[Cast], *, class_of: npt.NDArray[np.int64], pointed: bool) -> Distinct:
    lengths = np.fromiter((len(cast.chosen) for cast in casts), np.int64, count=len(casts))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    chosen = np.fromiter(chain.from_iterable(cast.chosen for cast in casts), np.int32, count=int(starts[-1]))
    if not pointed:
        return Distinct(class_of, starts, chosen, None)
    texts = list(chain.from_iterable(cast.points for cast in casts))
    decimals = max(map(decimals_of, set(texts)), default=0)
    units = {text: units_of(text, decimals=decimals) for text in set(texts)}
    points = np.fromiter(map(units.__getitem__, texts), np.int64, count=len(texts))
    return Distinct(class_of, starts, chosen, points, points_scale=10**decimals)


def completed(draft: Draft, distinct: Distinct, *, kind: Kind, projects: int) -> Distinct:
    """With `default_score` of META for every project that a scoring ballot does not name."""
    said = draft.facts.get("default_score") if kind == "scoring" else None
    if said is None or distinct.points is None:
        return distinct
    line = draft.facts.line("default_score")
    default = number_in(said, key="default_score", line=line, findings=draft.findings)
    decimals = max(decimals_of(default), len(str(distinct.points_scale)) - 1)
    if units_of(default, decimals=decimals) <= 0:
        return distinct
    ballots = len(distinct.lengths)
    points = np.full((ballots, projects), units_of(default, decimals=decimals), dtype=np.int64)
    owners = np.repeat(np.arange(ballots), distinct.lengths)
    points[owners, distinct.chosen] = distinct.points * (10**decimals // distinct.points_scale)
    return Distinct(
        distinct.class_of,
        np.arange(ballots + 1, dtype=np.int64) * projects,
        np.tile(np.arange(projects, dtype=np.int32), ballots),
        points.ravel(),
        points_scale=10**decimals,
    )
