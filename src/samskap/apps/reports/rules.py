"""Decisions on plain values: whose results are hidden, what may stand in a public file, how rows are ordered."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

__all__ = ["SMALLEST_CELL", "down", "hidden_reason", "may_tell_sectors", "percent", "to_the_hour", "up"]

SMALLEST_CELL = 5


def hidden_reason(results: Sequence[tuple[str, str]]) -> str:
    """Why hidden results are hidden, for the page that says so. `results` are state and rule of each window."""
    opened = [rule for state, rule in results if state != "planned"]
    if not opened:
        return "not_opened"
    return next(reason for reason in ("never", "when_shown", "after_voting", "always") if reason in opened)


def may_tell_sectors(cells: Iterable[tuple[str, ...]]) -> bool:
    """Whether a file may carry the sector of each person.

    `cells` has one entry for each person who said their sector: it, and what else the file tells about them in groups
    (their group on the map). No combination may be smaller than five people.
    """
    counts = Counter(cells)
    return bool(counts) and min(counts.values()) >= SMALLEST_CELL


def to_the_hour(moment: datetime) -> datetime:
    """The hour a moment lies in, UTC: enough for a study, too little to find out whose vote it was."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def percent(value: float) -> int:
    """A share as the nearest whole percentage."""
    return int(value * 100 + 0.5)


def down(value: float) -> int:
    """A lower bound as a whole percentage, never above what is claimed."""
    return math.floor(value * 100 + 1e-9)


def up(value: float) -> int:
    """An upper bound as a whole percentage, never below what is claimed."""
    return math.ceil(value * 100 - 1e-9)
