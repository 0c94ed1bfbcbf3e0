"""Decisions about gatherings, on plain values."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

__all__ = [
    "HALL_INTERVAL_MS",
    "LEAST_SHOWN",
    "are_alike",
    "may_be_reset",
    "may_move_to",
    "neighbours",
    "phone_interval_ms",
    "place_in_line",
    "reminder_at",
    "shown_counts",
    "tidy_code",
]

HALL_INTERVAL_MS = 1000
LEAST_SHOWN = 5

_FASTEST_MS, _SLOWEST_MS, _ASLEEP_MS = 1500, 5000, 30_000
_MS_A_PERSON = 4  # at most 250 looks a second, whatever the number of phones, until the slowest pace is reached

# Signs that are taken for each other on a screen far away or when a code is read aloud.
_ALIKE = str.maketrans({"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "7": "1", "S": "5", "Z": "2", "B": "8",
                        "G": "6", "V": "U", "Y": "U"})  # fmt: skip

_MOVES = {"planned": {"open"}, "open": {"ended"}, "ended": {"open"}}


def tidy_code(typed: str) -> str:
    """What a person typed as a code: capital letters and figures only, so case, spaces and dashes do not matter."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())


def are_alike(code: str, typed: str) -> bool:
    """Whether a tidy typed code can be meant as this code: signs that look alike are taken for the same."""
    return code.translate(_ALIKE) == typed.translate(_ALIKE)


def may_move_to(state: str, *, wanted: str) -> bool:
    """Planned gatherings open, open ones end, and one that was ended by mistake can be opened again."""
    return wanted in _MOVES[state]


def may_be_reset(state: str, *, starts_at: datetime, illustrative: bool, now: datetime) -> bool:
    """Whether a rehearsal may be wiped: before the announced beginning, or where nothing is real."""
    return state != "ended" and (illustrative or now < starts_at)


def phone_interval_ms(state: str, *, present: int) -> int:
    """How long a phone waits between two looks, in milliseconds: longer the more phones there are."""
    if state == "ended":
        return _ASLEEP_MS
    return min(_SLOWEST_MS, max(_FASTEST_MS, math.ceil(present * _MS_A_PERSON)))


def place_in_line(capacity: int | None, *, registered: int) -> str:
    """The state of a new registration: `registered`, or `waiting` where the places are taken."""
    return "registered" if capacity is None or registered < capacity else "waiting"


def reminder_at(starts_at: datetime) -> datetime:
    """When those who asked for it are reminded: a day before."""
    return starts_at - timedelta(days=1)


def neighbours(slots: list[int], *, current: int | None) -> tuple[int | None, int | None]:
    """The slot before and the slot after, by id; before the first one, the next is the first."""
    if current not in slots:
        return None, slots[0] if slots else None
    at = slots.index(current)
    return (slots[at - 1] if at else None), (slots[at + 1] if at + 1 < len(slots) else None)


def shown_counts(counts: Mapping[str, int | None]) -> dict[str, int | None]:
    """A breakdown that tells about nobody: counts of one to four are hidden (None), nought is nought.

    Where the hidden ones add up to fewer than five, or only one is hidden, the total would give it away: the
    smallest of the others is hidden too. A count that comes in hidden stays hidden.
    """
    shown = {key: None if count is None or 0 < count < LEAST_SHOWN else count for key, count in counts.items()}
    hidden = [key for key, count in shown.items() if count is None]
    while hidden and (len(hidden) < 2 or _sum_if_known(counts, hidden) < LEAST_SHOWN):
        left = [(count, key) for key, count in shown.items() if count]
        if not left:
            break
        shown[min(left)[1]] = None
        hidden.append(min(left)[1])
    return shown


def _sum_if_known(counts: Mapping[str, int | None], keys: list[str]) -> int:
    """The sum of the hidden counts; one whose number is not known is taken as the least it can be."""
    return sum(1 if counts[key] is None else counts[key] or 0 for key in keys)
