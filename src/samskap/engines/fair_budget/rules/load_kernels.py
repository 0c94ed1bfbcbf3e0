"""Prices laid on supporters, compiled. Import this module only where it runs: numba is slow to import.

A flow of whole numbers from projects to the classes of their supporters. Entries of ballots are edges, named by their
place in the profile: `entries[project_starts[p]:project_starts[p + 1]]` are those of project p, and
`class_starts[c]:class_starts[c + 1]` those of class c. `project_of`, `class_of`: int64[edges], what an edge joins.
`flow`: int64[edges], what lies there. `room`: int64[classes], what a class can still take. Levels and tries are
scratch paper of the length of projects or classes.

These five arrays go about as one plain tuple, `net`, in the order project_starts, entries, class_starts, project_of,
class_of. A named tuple would be in numba's cache on disk by its name, and a later release that calls it something else
could not read that cache.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np


def compiled(function: Any) -> Any:
    """Compiled on first use and kept on disk."""
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


@compiled
def laid(net: Any, source: Any, supply: Any, flow: Any, room: Any) -> Any:
    """Lay as much of the supply of one project as there is room for, moving what others laid; what is not laid.

    By blocking flows by levels (Dinic 1970).
    """
    project_starts, _, class_starts, _, _ = net
    while supply > 0:
        project_levels, class_levels, nearest = levelled(net, source, flow, room)
        if nearest < 0:
            break
        tries = project_starts[:-1].copy(), class_starts[:-1].copy()
        supply -= passed_on(net, source, supply, flow, room, (project_levels, class_levels), tries, nearest)
    return supply


@compiled
def passed_on(net: Any, project: Any, supply: Any, flow: Any, room: Any, levels: Any, tries: Any, nearest: Any) -> Any:
    """Lay as much of a supply as goes along the levels to classes with room, and say how much that was.

    On the way a project takes the place of others, which lay as much one level further on. `tries`: where projects
    and classes look on, for nothing goes before it any more.
    """
    project_starts, entries, class_starts, project_of, class_of = net
    if levels[0][project] + 1 == nearest:
        return laid_straight(net, project, supply, flow, room, tries[0])
    rest = supply
    while rest > 0 and tries[0][project] < project_starts[project + 1]:
        there = entries[tries[0][project]]
        one = class_of[there]
        is_further = levels[1][one] > levels[0][project]
        while is_further and rest > 0 and tries[1][one] < class_starts[one + 1]:
            back = tries[1][one]
            other = project_of[back]
            if flow[back] > 0 and levels[0][other] > levels[1][one]:
                moved = passed_on(net, other, min(rest, flow[back]), flow, room, levels, tries, nearest)
                flow[back] -= moved
                flow[there] += moved
                rest -= moved
            if rest > 0:
                tries[1][one] += 1
        if rest > 0:
            tries[0][project] += 1
    return supply - rest


@compiled
def laid_straight(net: Any, project: Any, supply: Any, flow: Any, room: Any, tries: Any) -> Any:
    """Lay a supply on the project's own supporters as far as they have room, and say how much that was."""
    project_starts, entries, _, _, class_of = net
    rest = supply
    while rest > 0 and tries[project] < project_starts[project + 1]:
        edge = entries[tries[project]]
        amount = min(rest, room[class_of[edge]])
        flow[edge] += amount
        room[class_of[edge]] -= amount
        rest -= amount
        if rest > 0:
            tries[project] += 1
    return supply - rest


@compiled
def taken_over(net: Any, flow: Any, old: Any, new: Any, room: Any) -> None:
    """Write a flow in parts of 1 / `new` instead of 1 / `old`, into the room there is.

    What is not whole any more, or finds no room, is laid on the next supporter of the same project. So little is left
    for which something else must be moved.
    """
    project_starts, entries, _, _, class_of = net
    for project in range(len(project_starts) - 1):
        over = rest = np.int64(0)  # whole new parts, and a remainder in parts of 1 / (old * new)
        for place in range(project_starts[project], project_starts[project + 1]):
            edge = entries[place]
            if flow[edge] == 0 and over == 0 and rest < old:
                continue
            rest += flow[edge] % old * new
            amount = flow[edge] // old * new + over + rest // old
            rest %= old
            flow[edge] = min(amount, room[class_of[edge]])
            room[class_of[edge]] -= flow[edge]
            over = amount - flow[edge]


@compiled
def levelled(net: Any, source: Any, flow: Any, room: Any) -> Any:
    """How many steps from the source projects and classes are (-1: out of reach), and how many the nearest is that has
    room."""
    project_starts, entries, class_starts, project_of, class_of = net
    project_levels = np.full(len(project_starts) - 1, -1, dtype=np.int64)
    class_levels = np.full(len(class_starts) - 1, -1, dtype=np.int64)
    queue = np.empty(len(project_levels), dtype=np.int64)
    queue[0], head, tail = source, 0, 1
    project_levels[source] = 0
    nearest = -1
    while head < tail:
        project = queue[head]
        head += 1
        step = project_levels[project] + 1
        if nearest >= 0 and step > nearest:
            break
        for place in range(project_starts[project], project_starts[project + 1]):
            one = class_of[entries[place]]
            if class_levels[one] >= 0:
                continue
            class_levels[one] = step
            if room[one] > 0:
                nearest = step
                continue
            for edge in range(class_starts[one], class_starts[one + 1]):
                other = project_of[edge]
                if flow[edge] > 0 and project_levels[other] < 0:
                    project_levels[other] = step + 1
                    queue[tail] = other
                    tail += 1
    return project_levels, class_levels, nearest
