"""Ballots that cannot be read at a glance: what is meant where there is no doubt, and what was wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samskap.formats.pabulib.numbers import is_number, plainly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from samskap.formats.pabulib.drafts import Draft

__all__ = ["Mended", "are_points", "mended", "tell"]

_LONGEST = 13

Trouble = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Mended:
    """One ballot: places of projects, their points as plain text, and what was wrong."""

    chosen: tuple[int, ...]
    points: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def are_points(text: str) -> bool:
    """A number in plain form that is not too long to be added up."""
    return len(text) <= _LONGEST and is_number(text)


def mended(vote: str, points: str, *, places: Mapping[str, int], pointed: bool) -> Mended:
    """A ballot from its cells. Where points and projects cannot be told together it is empty."""
    items, given = _split(vote), _split(points)
    troubles: list[Trouble] = [("choice_empty", {}) for item in items if not item]
    if pointed and len(given) != len(items):
        items = [item for item in items if item]
        if len(given) != len(items):
            troubles.append(("points_length", {"choices": len(items), "points": len(given)}))
            return Mended((), troubles=tuple(troubles))
    found: dict[int, str] = {}
    for item, point in zip(items, given if pointed else items, strict=True):
        if not item:
            continue
        if item not in places or places[item] in found:
            troubles.append(("choice_unknown" if item not in places else "choice_twice", {"project": item}))
            continue
        plain = point if not pointed or is_number(point) else plainly(point)
        if plain is None or (pointed and len(plain) > _LONGEST):
            troubles.append(("points_number", {"project": item, "value": point}))
            return Mended((), troubles=tuple(troubles))
        if plain != point:
            troubles.append(("number_form", {"key": "points", "value": point, "wanted": plain}))
        found[places[item]] = plain
    return Mended(tuple(found), tuple(found.values()) if pointed else (), tuple(troubles))


def tell(
    draft: Draft,
    ballots: Mapping[int, Mended],
    *,
    class_of: npt.NDArray[np.int64],
    keys: Sequence[str],
    pointed: bool,
) -> None:
    """Every voter with a troubled ballot is told of, in the order of the file, and the cells say what is counted."""
    troubled = [number for number, one in ballots.items() if one.troubles]
    for row in np.flatnonzero(np.isin(class_of, troubled)).tolist():
        one = ballots[int(class_of[row])]
        for code, gaps in one.troubles:
            draft.findings.meet(code, line=draft.votes.lines[row], **gaps)
        draft.votes.cells("vote")[row] = ",".join(keys[place] for place in one.chosen)
        if pointed:
            draft.votes.cells("points")[row] = ",".join(one.points)


def _split(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(",")] if cell.strip() else []
