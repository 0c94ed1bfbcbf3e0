"""Fitting to official totals: flows are raked, and a path of ours is laid on an official one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samskap.engines.outlook.ages import AGES, Group
from samskap.engines.outlook.errors import OutlookError

__all__ = ["ConstraintError", "Projection", "constrained", "rake"]

Array = NDArray[np.float64]
Draws = NDArray[np.float32]

SINGLE_AGES: Final[tuple[Group, ...]] = tuple((age, age) for age in range(AGES))
CLOSE: Final = 1e-12
MOST_ROUNDS: Final = 10_000


class ConstraintError(OutlookError):
    """Official figures that ours cannot be fitted to."""

    code = "outlook_constraint"


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """An official projection of one place: persons on 1 January of `years` by group of ages; the groups cover all ages
    once. `edition` names who published it, when, and which alternative."""

    edition: str
    place: str
    years: tuple[int, ...]
    groups: Mapping[Group, tuple[float, ...]]


def rake(
    flows: ArrayLike, *, rows: ArrayLike | None = None, columns: ArrayLike | None = None, close: float = CLOSE
) -> Array:
    """`flows` (R, C), none negative, scaled so that rows and columns add up to what is given, shape kept.

    For births, deaths and moves of places (rows) by kind or age (columns): flows are raked, never stocks. With one
    margin this is one scaling; with both, rows and columns in turn until both hold to `close` (relative).
    Raises ConstraintError for margins that disagree, and for a margin above 0 over flows that are all 0.
    """
    fitted = np.array(flows, dtype=np.float64)
    wanted = [None if margin is None else np.asarray(margin, dtype=np.float64) for margin in (rows, columns)]
    _check_margins(fitted, wanted)
    for _ in range(MOST_ROUNDS):
        for axis, margin in enumerate(wanted):
            if margin is not None:
                fitted *= np.expand_dims(_factor(margin, fitted.sum(axis=1 - axis)), 1 - axis)
        if wanted[0] is None or _off(wanted[0], fitted.sum(axis=1)) <= close:
            return fitted
    raise ConstraintError(
        "The flows cannot meet both margins.", cure="Look for rows or columns whose flows are nearly all 0."
    )


def _factor(wanted: Array, found: Array) -> Array:
    return np.divide(wanted, found, out=np.ones_like(wanted), where=found > 0)


def _off(wanted: Array, found: Array) -> float:
    return float(np.max(np.abs(found - wanted) / np.maximum(np.abs(wanted), 1e-12)))


def _check_margins(flows: Array, wanted: list[Array | None]) -> None:
    if flows.ndim != 2 or not np.isfinite(flows).all() or (flows < 0).any():
        raise ConstraintError("Flows to be raked are a table of numbers, none negative.", cure="Look for the odd one.")
    for axis, margin in enumerate(wanted):
        if margin is None:
            continue
        if margin.shape != (flows.shape[axis],) or (margin < 0).any():
            raise ConstraintError(
                f"A margin of {margin.size} numbers is given for {flows.shape[axis]} of them.",
                cure="Give one total a row or column, none negative.",
            )
        if ((flows.sum(axis=1 - axis) == 0) & (margin > 0)).any():
            raise ConstraintError("A total above 0 is asked for where all flows are 0.", cure="Give it a flow, or 0.")
    given = [margin.sum() for margin in wanted if margin is not None]
    if len(given) == 2 and abs(given[0] - given[1]) > 1e-6 * max(given[0], 1.0):
        raise ConstraintError(
            f"Rows are to add up to {given[0]:g} and columns to {given[1]:g}.", cure="Both must have the same sum."
        )


def constrained(
    persons: Draws,
    projection: Projection,
    *,
    base_year: int,
    classes: Sequence[Group] = SINGLE_AGES,
    unlevered: Draws | None = None,
) -> Draws:
    """`persons` (Y + 1, classes, draws) scaled by group of ages so that the median of each is the official figure.

    The relative spread of each group stays. Years between those of the projection take a factor on the straight line,
    later ones the last; the base year is left as it is. Where levers are pulled, `unlevered` are the people without
    them: the projection knows of no lever, so the factors are those that lay the path without levers on it, and what a
    lever changes stays. Raises ConstraintError for groups that do not cover all ages once, for no year after the base
    year, and for figures that are not persons.
    """
    _check_projection(projection, base_year=base_year, last=base_year + len(persons) - 1)
    years = np.arange(base_year, base_year + len(persons))
    fitted = np.empty_like(persons)
    start = persons if unlevered is None else unlevered
    for (first, last), official in projection.groups.items():
        inside = _inside((first, last), classes=classes)
        ours = np.median(start[:, inside].sum(axis=1), axis=-1)
        known = [(year, value) for year, value in zip(projection.years, official, strict=True) if year in years[1:]]
        factors = [value / max(float(ours[year - base_year]), 0.5) for year, value in known]
        factor = np.interp(years, [base_year, *(year for year, _ in known)], [1.0, *factors])
        fitted[:, inside] = persons[:, inside] * factor.astype(np.float32)[:, None, None]
    return fitted


def _inside(group: Group, *, classes: Sequence[Group]) -> slice:
    """The classes of ages that make up a group."""
    firsts, lasts = [first for first, _ in classes], [last for _, last in classes]
    if group[0] not in firsts or group[1] not in lasts:
        raise ConstraintError(
            f"Ages {group[0]} to {group[1]} of the projection are cut by the classes of ages that people are in.",
            cure="Simulate by single year of age.",
        )
    return slice(firsts.index(group[0]), lasts.index(group[1]) + 1)


def _check_projection(projection: Projection, *, base_year: int, last: int) -> None:
    covered = np.zeros(AGES, dtype=np.int64)
    for (first, oldest), persons in projection.groups.items():
        covered[first : oldest + 1] += 1
        if len(persons) != len(projection.years) or not np.isfinite(persons).all() or min(persons) < 0:
            raise ConstraintError(
                f"The projection {projection.edition} of {projection.place} has no proper figures for ages {first} to "
                f"{oldest}.",
                cure="Give a number of persons for every year of it.",
            )
    if not (covered == 1).all():
        raise ConstraintError(
            f"The groups of the projection {projection.edition} cover age {int(np.argmax(covered != 1))} "
            f"{int(covered[np.argmax(covered != 1)])} times.",
            cure="Groups of ages must cover every age once.",
        )
    if not any(base_year < year <= last for year in projection.years):
        raise ConstraintError(
            f"The projection {projection.edition} has no year from {base_year + 1} to {last}.",
            cure="Take a newer projection, or none.",
        )
