"""When somebody is reminded that a benefit is to be measured."""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["ASKED_BEFORE_DAYS", "ESCALATES_AFTER_DAYS", "next_reminder", "reminder_due"]

ASKED_BEFORE_DAYS = 14
ESCALATES_AFTER_DAYS = 7


def reminder_due(due_on: date, *, today: date, asked_for: date | None, escalated_for: date | None) -> str:
    """Whom to remind now: the `owner` before the day, `those_in_charge` a week after, "" nobody. Each once a day."""
    day = next_reminder(due_on, asked_for=asked_for, escalated_for=escalated_for)
    if day is None or today < day:
        return ""
    return "owner" if asked_for != due_on else "those_in_charge"


def next_reminder(due_on: date, *, asked_for: date | None, escalated_for: date | None) -> date | None:
    """The day on which somebody is to be reminded next; None where everybody was."""
    if escalated_for == due_on:
        return None
    if asked_for != due_on:
        return due_on - timedelta(days=ASKED_BEFORE_DAYS)
    return due_on + timedelta(days=ESCALATES_AFTER_DAYS)
