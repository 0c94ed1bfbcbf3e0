"""Equal ballots made one, and ballots sorted by project. Import this only where it runs: numba is slow to import."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

# Places are unsigned: of every other number numba asks whether it counts from the end, which takes half the time.
ONE = np.uint64(1)


def compiled(function: Any) -> Any:
    """Compiled on first use and kept on disk."""
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


@compiled
def _written(starts: Any, chosen: Any, worth: Any, voter: Any, projects: Any, utilities: Any, first: Any) -> Any:
    """Write the choices of a voter that are worth something from `first` on, by project; where they end."""
    end = first
    for entry in range(np.uint64(starts[voter]), np.uint64(starts[voter + ONE])):
        if worth[entry] > 0:
            project, place = np.uint32(chosen[entry]), end
            while place > first and projects[place - ONE] > project:
                projects[place], utilities[place] = projects[place - ONE], utilities[place - ONE]
                place -= ONE
            projects[place], utilities[place] = project, np.uint64(worth[entry])
            end += ONE
    return end


@compiled
def _mark(projects: Any, utilities: Any, first: Any, end: Any) -> Any:
    """One number that depends on all entries, spread over 64 bits (the factors of splitmix64, Steele, Lea and Flood
    2014)."""
    mark = end - first
    for entry in range(first, end):
        mark = (mark ^ np.uint64(projects[entry])) * np.uint64(0xBF58476D1CE4E5B9)
        mark = (mark ^ (mark >> np.uint64(32)) ^ utilities[entry]) * np.uint64(0x94D049BB133111EB)
    return mark ^ (mark >> np.uint64(29))


@compiled
def _same(projects: Any, utilities: Any, one: Any, other: Any, length: Any) -> Any:
    """Whether so many entries are the same from two places on."""
    for entry in range(length):
        if projects[one + entry] != projects[other + entry] or utilities[one + entry] != utilities[other + entry]:
            return False
    return True


@compiled
def merged(starts: Any, chosen: Any, worth: Any) -> Any:
    """The fields of `profile.Profile` from ballots whose choices are worth `worth` (int64[entries])."""
    voters = np.uint64(len(starts) - 1)
    class_starts, weights = np.zeros(voters + ONE, dtype=np.uint64), np.zeros(voters, dtype=np.int64)
    projects, utilities = np.empty(len(chosen), dtype=np.uint32), np.empty(len(chosen), dtype=np.uint64)
    class_of, marks = np.empty(voters, dtype=np.uint32), np.empty(voters, dtype=np.uint64)
    size = ONE
    while size < voters + voters:
        size += size
    table, classes = np.zeros(size, dtype=np.uint32), np.uint64(0)  # of classes, counted from 1
    for voter in range(voters):
        # The ballot is written behind the last class, and stays there if it is new.
        first = class_starts[classes]
        end = _written(starts, chosen, worth, voter, projects, utilities, first)
        mark = _mark(projects, utilities, first, end)
        slot = mark & (size - ONE)
        while table[slot] > 0:
            one = np.uint64(table[slot]) - ONE
            begin, length = class_starts[one], end - first
            is_as_long = marks[one] == mark and class_starts[one + ONE] - begin == length
            if is_as_long and _same(projects, utilities, begin, first, length):
                break
            slot = (slot + ONE) & (size - ONE)
        if table[slot] == 0:
            marks[classes] = mark
            classes += ONE
            class_starts[classes], table[slot] = end, classes
        class_of[voter] = table[slot] - np.uint32(1)
        weights[class_of[voter]] += 1
    entries = class_starts[classes]
    return (
        class_starts[: classes + ONE].copy().view(np.int64),
        projects[:entries].copy().view(np.int32),
        utilities[:entries].copy().view(np.int64),
        weights[:classes].copy(),
        class_of.view(np.int32),
    )


@compiled
def by_project(ballot_starts: Any, ballot_projects: Any, utilities: Any, weights: Any, projects: Any) -> Any:
    """Choices sorted by project: starts, classes and reduced utilities; these by class; the unit of each project; and
    the reduced utility that it gives to all voters together, int64[projects]."""
    unit, totals = np.zeros(projects, dtype=np.int64), np.zeros(projects, dtype=np.int64)
    starts = np.zeros(projects + 1, dtype=np.int64)
    ballot_projects = ballot_projects.view(np.uint32)
    for entry in range(len(ballot_projects)):
        project, rest = ballot_projects[entry], utilities[entry]
        starts[project + 1] += 1
        while rest != 0 and rest != unit[project]:
            unit[project], rest = rest, unit[project] % rest
    starts = np.cumsum(starts)
    places, units = starts.view(np.uint64).copy(), np.empty_like(utilities)
    classes, reduced = np.empty(len(utilities), dtype=np.uint32), np.empty(len(utilities))
    for one in range(len(weights)):
        for entry in range(ballot_starts[one], ballot_starts[one + 1]):
            project = ballot_projects[entry]
            units[entry] = 1 if utilities[entry] == unit[project] else utilities[entry] // unit[project]
            totals[project] += weights[one] * units[entry]
            classes[places[project]], reduced[places[project]] = one, units[entry]
            places[project] += 1
    return starts, classes, reduced, units, unit, totals
