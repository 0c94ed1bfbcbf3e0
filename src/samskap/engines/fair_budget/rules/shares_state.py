"""What the rounds of Equal Shares are computed on: arrays, one tuple that stays and one that a run changes."""

from __future__ import annotations

from typing import Any, NamedTuple


class Ground(NamedTuple):
    """What no run changes, but for the order of supporters: project p has `classes` (uint32) and `units` (float64), its
    reduced utility to them, from `starts[p]` to `starts[p + 1]`; class c has `ballot_projects` and `ballot_units` from
    `ballot_starts[c]`.

    costs, unit: float64[projects]; merits: float64[projects], cost for all utility that the project gives; order:
    int64[projects], its place by exact merit and then by the tie-break. `bonds` from `bond_starts[2 * p]` are the
    projects that p needs, from `bond_starts[2 * p + 1]` its rivals.
    """

    starts: Any
    classes: Any
    units: Any
    ballot_starts: Any
    ballot_projects: Any
    ballot_units: Any
    costs: Any
    unit: Any
    merits: Any
    order: Any
    bond_starts: Any
    bonds: Any


class Run(NamedTuple):
    """What one run changes. purses: float64[classes, 3], what a voter of a class has, its error, and how many they are;
    drifts: float64[classes, 2], the rest of the line of that. quotes: float64[projects, 4], a line that price / unit is
    never below; states: int8[projects]; having: int64[projects], supporters who may have money left, they stand first;
    seen: int32[projects], the round of the quote; turn_of: int32[projects], the round in which it was chosen or -1;
    given: int32[classes], room for a list of classes.
    """

    purses: Any
    drifts: Any
    quotes: Any
    states: Any
    having: Any
    seen: Any
    turn_of: Any
    given: Any
