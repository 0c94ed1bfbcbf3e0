"""Decisions about experience packages, on plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from samskap.formats.experience_values import Parts, StoryTold

__all__ = [
    "BRINGS",
    "Known",
    "is_from_the_future",
    "last_day",
    "lent",
    "shown_language",
    "standing",
    "unchanged",
    "with_stories",
]

# What can be brought along from an experience to an initiative of one's own.
BRINGS = ("questions", "affected", "risks", "chain", "benefits")

_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """What is here already of the same initiative: when it was exported, and what it says."""

    exported_at: datetime
    fingerprint: str


def standing(known: Known | None, *, exported_at: datetime, fingerprint: str) -> str:
    """How a package stands to what is here: new, same (says nothing else), newer or older than it."""
    if known is None:
        return "new"
    if known.fingerprint == fingerprint:
        return "same"
    return "newer" if exported_at > known.exported_at else "older"


def is_from_the_future(exported_at: datetime, *, now: datetime) -> bool:
    """Whether the time of an export cannot be; the clocks of two machines may differ by a day."""
    return exported_at > now + _CLOCKS_DIFFER


def lent(parts: Parts, *, today: date) -> Parts:
    """The parts with those stories that are lent today; the last day counts."""
    return replace(parts, stories=tuple(one for one in parts.stories if date.fromisoformat(one.until) >= today))


def last_day(stories: Iterable[StoryTold]) -> date | None:
    """The first day at whose end a story must go; None where there is none."""
    return min((date.fromisoformat(one.until) for one in stories), default=None)


def with_stories(parts: Parts, *, keys: Collection[str]) -> Parts:
    """The parts with these stories only."""
    return replace(parts, stories=tuple(one for one in parts.stories if one.key in keys))


def unchanged(parts: Parts, *, told: Iterable[StoryTold]) -> Parts:
    """The parts with those stories only that say what they say at the origin today, whatever their last day."""
    words = {replace(one, until="") for one in told}
    return replace(parts, stories=tuple(one for one in parts.stories if replace(one, until="") in words))


def shown_language(words: Mapping[str, object], *, wanted: str, original: str) -> str:
    """The language in which texts are shown: the reader's where it is there, else the one they were written in."""
    return wanted if wanted in words else original
