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

    First straight on its own supporters, then by blocking flows by levels (Dinic 1970).
    """
    supply -= laid_straight(net, source, supply, flow, room)
    project_starts, _, class_starts, _, class_of = net
    project_tries = np.empty(len(project_starts) - 1, dtype=np.int64)
    class_tries = np.empty(len(class_starts) - 1, dtype=np.int64)
    while supply > 0:
        project_levels, class_levels, found = levelled(net, source, flow, room)
        if not found:
            break
        project_tries[:] = project_starts[:-1]
        class_tries[:] = class_starts[:-1]
        before = supply
        while supply > 0:
            path = walked(net, source, flow, room, (project_levels, class_levels), (project_tries, class_tries))
            if len(path) == 0:
                break
            supply -= pushed(class_of, path, supply, flow, room)
        if supply == before:
            break
    return supply


@compiled
def laid_straight(net: Any, source: Any, supply: Any, flow: Any, room: Any) -> Any:
    """Lay a supply on the project's own supporters as far as they have room, and say how much that was."""
    project_starts, entries, _, _, class_of = net
    rest = supply
    for place in range(project_starts[source], project_starts[source + 1]):
        if rest == 0:
            break
        edge = entries[place]
        amount = min(rest, room[class_of[edge]])
        flow[edge] += amount
        room[class_of[edge]] -= amount
        rest -= amount
    return supply - rest


@compiled
def levelled(net: Any, source: Any, flow: Any, room: Any) -> Any:
    """How many steps from the source projects and classes are (-1: out of reach), and whether one has room."""
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
    return project_levels, class_levels, nearest >= 0


@compiled
def walked(net: Any, source: Any, flow: Any, room: Any, levels: Any, tries: Any) -> Any:
    """Edges of a path from the source to a class with room, there and back in turns; empty where there is none.

    `levels` and `tries`: of projects and of classes.
    """
    _, _, _, project_of, class_of = net
    path = np.empty(2 * len(levels[0]) + 2, dtype=np.int64)
    steps, project, one = 0, source, 0
    while True:
        if steps % 2 == 0:
            edge = edge_there(net, project, levels, tries[0])
            if edge >= 0:
                one = class_of[edge]
            elif steps == 0:
                return path[:0]
            else:
                one = class_of[path[steps - 1]]
                tries[1][one] += 1
        else:
            edge = edge_back(net, one, flow, levels, tries[1])
            if edge >= 0:
                project = project_of[edge]
            else:
                project = project_of[path[steps - 1]]
                tries[0][project] += 1
        if edge < 0:  # a dead end: one step back
            steps -= 1
            continue
        path[steps] = edge
        steps += 1
        if steps % 2 == 1 and room[one] > 0:
            return path[:steps]


@compiled
def edge_there(net: Any, project: Any, levels: Any, tries: Any) -> Any:
    """The next edge from a project to a class one level further on, or -1."""
    project_starts, entries, _, _, class_of = net
    while tries[project] < project_starts[project + 1]:
        edge = entries[tries[project]]
        if levels[1][class_of[edge]] == levels[0][project] + 1:
            return edge
        tries[project] += 1
    return -1


@compiled
def edge_back(net: Any, one: Any, flow: Any, levels: Any, tries: Any) -> Any:
    """The next edge from a class to a project one level further on that has something laid there, or -1."""
    _, _, class_starts, project_of, _ = net
    while tries[one] < class_starts[one + 1]:
        edge = tries[one]
        if flow[edge] > 0 and levels[0][project_of[edge]] == levels[1][one] + 1:
            return edge
        tries[one] += 1
    return -1


@compiled
def pushed(class_of: Any, path: Any, supply: Any, flow: Any, room: Any) -> Any:
    """Lay as much as goes along a path, and say how much that was."""
    last = class_of[path[-1]]
    amount = min(supply, room[last])
    for step in range(1, len(path), 2):
        amount = min(amount, flow[path[step]])
    for step in range(len(path)):
        flow[path[step]] += amount if step % 2 == 0 else -amount
    room[last] -= amount
    return amount
