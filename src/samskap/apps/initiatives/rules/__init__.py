"""Decisions on plain values."""

from samskap.apps.initiatives.rules.costs import Line, Money, Promise, YearRow, money_of, year_rows
from samskap.apps.initiatives.rules.effort import asked_of, level_of, unanswered
from samskap.apps.initiatives.rules.following_up import ESCALATES_AFTER_DAYS, is_overdue, reminder_due
from samskap.apps.initiatives.rules.stages import EXPECTED, STAGES, STOPPED, decision, missing_for, next_stage, targets

__all__ = [
    "ESCALATES_AFTER_DAYS",
    "EXPECTED",
    "STAGES",
    "STOPPED",
    "Line",
    "Money",
    "Promise",
    "YearRow",
    "asked_of",
    "decision",
    "is_overdue",
    "level_of",
    "missing_for",
    "money_of",
    "next_stage",
    "reminder_due",
    "targets",
    "unanswered",
    "year_rows",
]
