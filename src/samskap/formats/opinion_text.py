"""The opinion map drawn in letters, for a terminal."""

from __future__ import annotations

from samskap.engines.opinion_map import OpinionMap

__all__ = ["text_map"]

CROWD = 3
NOBODY = " "
UNGROUPED = "·"
UNGROUPED_CROWD = ":"


def text_map(result: OpinionMap, *, width: int = 64, height: int = 16) -> str:
    """Lines of text: a small letter is one or two people of a group, a capital three or more, a dot no group."""
    people = result.people
    if not people:
        return ""
    left, right = min(person.x for person in people), max(person.x for person in people)
    bottom, top = min(person.y for person in people), max(person.y for person in people)
    field: dict[tuple[int, int], list[str | None]] = {}
    for person in people:
        row = _cell(top - person.y, extent=top - bottom, cells=height)
        field.setdefault((row, _cell(person.x - left, extent=right - left, cells=width)), []).append(person.group)
    lines = ("".join(_sign(field.get((row, at), [])) for at in range(width)).rstrip() for row in range(height))
    return "\n".join(lines)


def _cell(way: float, *, extent: float, cells: int) -> int:
    return min(int(way / extent * cells), cells - 1) if extent > 0 else cells // 2


def _sign(groups: list[str | None]) -> str:
    if not groups:
        return NOBODY
    named = sorted(group for group in groups if group)
    if not named:
        return UNGROUPED_CROWD if len(groups) >= CROWD else UNGROUPED
    most = max(named, key=named.count)
    return most if named.count(most) >= CROWD else most.lower()
