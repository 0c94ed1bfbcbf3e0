"""VOTES in arrays: equal ballots are read once, and every row of the file points to what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from samskap.formats.pabulib.mending import are_points, mended, tell
from samskap.formats.pabulib.money import number_in
from samskap.formats.pabulib.numbers import decimals_of, units_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from samskap.engines.fair_budget.election import Kind
    from samskap.formats.pabulib.drafts import Draft
    from samskap.formats.pabulib.mending import Mended

__all__ = ["Distinct", "completed", "distinct_ballots"]


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


def distinct_ballots(draft: Draft, *, keys: Sequence[str], pointed: bool) -> Distinct:
    """The ballots of all rows, with their points where the kind has them."""
    votes, numbers = draft.votes, _Numbers()
    if pointed and "points" not in votes.names:
        draft.findings.fail("column_missing", line=votes.line, section=votes.title, column="points")
    # Cells alone are found faster than pairs of them.
    given = zip(votes.cells("vote"), votes.cells("points"), strict=True) if pointed else votes.cells("vote")
    class_of = np.fromiter(map(numbers.__getitem__, given), np.int64, count=len(votes))
    cells: list[Any] = list(numbers)
    places = {key: place for place, key in enumerate(keys)}
    choices = _torn([vote for vote, _ in cells] if pointed else cells)
    tokens = _torn([point for _, point in cells]) if pointed else _Torn(choices.starts, [])
    found = np.fromiter(map(places.get, choices.items, repeat(-1)), np.int32, count=len(choices.items))
    amiss = _amiss(choices, found, projects=len(keys)) | (_astray(tokens, choices) if pointed else set())
    troubled = {number: cells[number] if pointed else (cells[number], "") for number in sorted(amiss)}
    repaired = {number: mended(*pair, places=places, pointed=pointed) for number, pair in troubled.items()}
    tell(draft, repaired, class_of=class_of, keys=keys, pointed=pointed)
    starts, chosen, texts = _spliced(choices, found, tokens, repaired=repaired)
    if not pointed:
        return Distinct(class_of, starts, chosen, None)
    return Distinct(class_of, starts, chosen, *_in_units(texts))


class _Numbers(dict[str | tuple[str, str], int]):
    """Numbers cells, or pairs of cells, in the order in which they first come."""

    def __missing__(self, key: str | tuple[str, str]) -> int:
        self[key] = number = len(self)
        return number


@dataclass(frozen=True, eq=False, slots=True)
class _Torn:
    """Cells torn at their commas, one after the other: `items[starts[c]:starts[c + 1]]` are those of cell c."""

    starts: npt.NDArray[np.int64]
    items: list[str]

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        """int64[items]: the cell of each."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def _torn(cells: Sequence[str]) -> _Torn:
    counts = np.fromiter((cell.count(",") + 1 if cell else 0 for cell in cells), np.int64, count=len(cells))
    full = [cell for cell in cells if cell]
    return _Torn(np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), ",".join(full).split(",") if full else [])


def _amiss(choices: _Torn, found: npt.NDArray[np.int32], *, projects: int) -> set[int]:
    """Cells that name what is not there at first glance (spaces hide it, too), or a project more than once."""
    owners = choices.owners
    known = found >= 0
    pairs = np.sort(owners[known] * projects + found[known])
    return {*owners[~known].tolist(), *(pairs[1:][pairs[1:] == pairs[:-1]] // projects).tolist()}


def _astray(tokens: _Torn, choices: _Torn) -> set[int]:
    """Cells with points that are no plain numbers, or not as many as the ballot names projects."""
    fits = {token: are_points(token) for token in set(tokens.items)}
    astray = ~np.fromiter(map(fits.__getitem__, tokens.items), np.bool_, count=len(tokens.items))
    lengths = np.flatnonzero(np.diff(tokens.starts) != np.diff(choices.starts))
    return {*tokens.owners[astray].tolist(), *lengths.tolist()}


def _spliced(
    choices: _Torn, found: npt.NDArray[np.int32], tokens: _Torn, *, repaired: Mapping[int, Mended]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], list[str]]:
    """Starts, places and points of all ballots, those that were repaired in their stead."""
    if not repaired:
        return choices.starts, found, tokens.items
    parts = np.split(found, choices.starts[1:-1])
    texts = [tokens.items[start:end] for start, end in pairwise(tokens.starts.tolist())]
    for number, one in repaired.items():
        parts[number], texts[number] = np.array(one.chosen, dtype=np.int32), list(one.points)
    starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    return starts, np.concatenate(parts), list(chain.from_iterable(texts))


def _in_units(texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], int]:
    """Points as whole numbers, and how many of them are one point."""
    known = set(texts)
    decimals = max(map(decimals_of, known), default=0)
    units = {text: units_of(text, decimals=decimals) for text in known}
    return np.fromiter(map(units.__getitem__, texts), np.int64, count=len(texts)), 10**decimals


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
