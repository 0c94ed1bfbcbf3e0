"""Decisions about windows and access, on plain values."""

from __future__ import annotations

from datetime import datetime

__all__ = ["ASSURANCE_RANK", "are_results_visible", "is_open", "is_strong_enough", "window_phase"]

# A ticket of a higher rank is let in where a lower one is asked for.
ASSURANCE_RANK = {"open": 0, "code": 1, "invited": 2, "verified": 3}


def is_open(state: str, *, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> bool:
    """Whether people may act in a window: the host's word (`state`) decides, inside the times that are set."""
    if state != "open":
        return False
    return (opens_at is None or opens_at <= now) and (closes_at is None or now < closes_at)


def window_phase(state: str, *, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> str:
    """Where a window is in its life: `planned`, `opens_later` (a time is set), `open` or `closed`."""
    if state == "closed" or (closes_at is not None and closes_at <= now):
        return "closed"
    if opens_at is not None and opens_at > now:
        return "opens_later"
    return state


def is_strong_enough(assurance: str, *, access: str) -> bool:
    """Whether a ticket of this assurance may enter a window with this access."""
    return ASSURANCE_RANK[assurance] >= ASSURANCE_RANK[access]


def are_results_visible(results: str, *, shown_at: datetime | None, voted: bool) -> bool:
    """Whether a participant or the public sees results now. `voted`: this participant has answered everything open."""
    if results == "always":
        return True
    if results == "never":
        return False
    if results == "after_voting":
        return voted or shown_at is not None
    return shown_at is not None
