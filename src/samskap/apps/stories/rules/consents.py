"""What a consent allows, until when, and what happens before and after its last day. On plain values."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = [
    "ASKED_BEFORE_DAYS",
    "KEPT_AFTER_DAYS",
    "MONTHS",
    "OFFERED",
    "Given",
    "consent_problem",
    "erased_after",
    "is_in_force",
    "is_renewable",
    "state_of",
    "until_after",
]

# Every consent that can be asked for: one purpose in one channel, in the order they are asked.
OFFERED = (("show", "web"), ("show", "report"), ("show", "open_data"), ("learn", "package"))

MONTHS = (6, 12, 24)  # how long one may last
ASKED_BEFORE_DAYS = 30
KEPT_AFTER_DAYS = 30


@dataclass(frozen=True, slots=True)
class Given:
    """A yes to one purpose in one channel: in force from when it was given, through `until`, unless withdrawn."""

    purpose: str
    channel: str
    until: date
    withdrawn_on: date | None = None


def consent_problem(wanted: Collection[tuple[str, str]], *, months: int) -> str | None:
    """Why these cannot be given for so many months: `none`, `unknown`, `too_long`; None where they can."""
    if not wanted:
        return "none"
    if any(pair not in OFFERED for pair in wanted):
        return "unknown"
    return None if months in MONTHS else "too_long"


def until_after(day: date, *, months: int) -> date:
    """The last day of a consent that is given on `day` for so many months; the end of February where need be."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_in_force(given: Given, *, today: date) -> bool:
    """Whether it allows anything today: its last day counts."""
    return given.withdrawn_on is None and today <= given.until


def state_of(given: Given | None, *, today: date) -> str:
    """How it stands: `not_given`, `withdrawn`, `ended`, `ends_soon` or `in_force`."""
    if given is None:
        return "not_given"
    if given.withdrawn_on is not None:
        return "withdrawn"
    if not is_in_force(given, today=today):
        return "ended"
    return "ends_soon" if is_renewable(given, today=today) else "in_force"


def is_renewable(given: Given, *, today: date) -> bool:
    """Whether the question is due: the last day is at most thirty days away, or over."""
    return given.withdrawn_on is None and given.until - timedelta(days=ASKED_BEFORE_DAYS) <= today


def erased_after(given: Iterable[Given], *, rejected_on: date | None) -> date | None:
    """The last day a story is kept: thirty days after nothing is allowed any more, or after it was rejected."""
    ends = [min(one.until, one.withdrawn_on or one.until) for one in given]
    if rejected_on is not None:
        ends = [rejected_on]
    return max(ends) + timedelta(days=KEPT_AFTER_DAYS) if ends else None
