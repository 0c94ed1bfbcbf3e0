"""When somebody is reminded of a next step."""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["ESCALATES_AFTER_DAYS", "is_overdue", "reminder_due"]

ESCALATES_AFTER_DAYS = 7


def is_overdue(next_date: date, *, stage: str, today: date) -> bool:
    """The date has passed, and nothing has been set in its place. What is stopped waits for nobody."""
    return stage != "stopped" and next_date < today


def reminder_due(
    next_date: date, *, stage: str, today: date, reminded_for: date | None, escalated_for: date | None
) -> str:
    """Whom to remind now: the `owner` at the date, `those_in_charge` a week later, "" nobody. Each once a date."""
    if stage == "stopped" or today < next_date:
        return ""
    if reminded_for != next_date:
        return "owner"
    if escalated_for != next_date and today >= next_date + timedelta(days=ESCALATES_AFTER_DAYS):
        return "those_in_charge"
    return ""
