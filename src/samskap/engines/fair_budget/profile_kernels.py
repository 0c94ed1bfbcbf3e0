"""Equal ballots made one, and ballots sorted by project. Import this only where it runs: numba is slow to import."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np


def compiled(function: Any) -> Any:
    """Compiled on first use and kept on disk."""
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


@compiled
def _mixed(number: Any) -> Any:
    """One number spread over all 64 bits (the finaliser of splitmix64, Steele, Lea and Flood 2014)."""
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return number ^ (number >> np.uint64(31))


@compiled
def _sorted_in(projects: Any, utilities: Any, first: Any, end: Any, project: Any, utility: Any) -> None:
    """Put one choice among those from `first` to `end`, which stand by project."""
    place = end
    while place > first and projects[place - 1] > project:
        projects[place], utilities[place] = projects[place - 1], utilities[place - 1]
        place -= 1
    projects[place], utilities[place] = project, utility


@compiled
def _same(starts: Any, projects: Any, utilities: Any, one: Any, first: Any, end: Any) -> Any:
    """Whether class `one` has the entries from `first` to `end`."""
    begin = starts[one]
    if starts[one + 1] - begin != end - first:
        return False
    for entry in range(end - first):
        if projects[begin + entry] != projects[first + entry] or utilities[begin + entry] != utilities[first + entry]:
            return False
    return True


@compiled
def merged(starts: Any, chosen: Any, worth: Any) -> Any:
    """The fields of `profile.Profile` from ballots whose choices are worth `worth` (int64[entries])."""
    voters = len(starts) - 1
    class_starts, weights = np.zeros(voters + 1, dtype=np.int64), np.zeros(voters, dtype=np.int64)
    projects, utilities = np.empty(len(chosen), dtype=np.int32), np.empty(len(chosen), dtype=np.int64)
    class_of = np.empty(voters, dtype=np.int32)
    size = 4
    while size < 2 * voters:
        size *= 2
    table = np.full(size, -1, dtype=np.int32)
    classes = 0
    for voter in range(voters):
        # The ballot is written behind the last class, and stays there if it is new.
        first = end = class_starts[classes]
        for entry in range(starts[voter], starts[voter + 1]):
            if worth[entry] > 0:
                _sorted_in(projects, utilities, first, end, chosen[entry], worth[entry])
                end += 1
        mark = np.uint64(end - first)
        for entry in range(first, end):
            mark = _mixed(mark ^ np.uint64(projects[entry])) + np.uint64(utilities[entry])
        slot = np.int64(_mixed(mark) & np.uint64(size - 1))
        while table[slot] >= 0 and not _same(class_starts, projects, utilities, table[slot], first, end):
            slot = (slot + 1) & (size - 1)
        if table[slot] < 0:
            table[slot] = classes
            classes += 1
            class_starts[classes] = end
        class_of[voter] = table[slot]
        weights[table[slot]] += 1
    entries = class_starts[classes]
    return (
        class_starts[: classes + 1].copy(),
        projects[:entries].copy(),
        utilities[:entries].copy(),
        weights[:classes].copy(),
        class_of,
    )


@compiled
def by_project(ballot_starts: Any, ballot_projects: Any, utilities: Any, weights: Any, projects: Any) -> Any:
    """Choices sorted by project: starts, classes and reduced utilities; these by class; the unit of each project; and
    the reduced utility that it gives to all voters together, int64[projects]."""
    unit, totals = np.zeros(projects, dtype=np.int64), np.zeros(projects, dtype=np.int64)
    starts = np.zeros(projects + 1, dtype=np.int64)
    for entry in range(len(ballot_projects)):
        project, rest = ballot_projects[entry], utilities[entry]
        starts[project + 1] += 1
        while rest != 0 and rest != unit[project]:
            unit[project], rest = rest, unit[project] % rest
    starts = np.cumsum(starts)
    places, units = starts.copy(), np.empty_like(utilities)
    classes, reduced = np.empty(len(utilities), dtype=np.uint32), np.empty(len(utilities))
    for one in range(len(weights)):
        for entry in range(ballot_starts[one], ballot_starts[one + 1]):
            project = ballot_projects[entry]
            units[entry] = 1 if utilities[entry] == unit[project] else utilities[entry] // unit[project]
            totals[project] += weights[one] * units[entry]
            classes[places[project]], reduced[places[project]] = one, units[entry]
            places[project] += 1
    return starts, classes, reduced, units, unit, totals
