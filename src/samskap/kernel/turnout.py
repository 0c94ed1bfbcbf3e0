"""The five counts of taking part, which are five different numbers.

| count | who |
|---|---|
| eligible | everyone who was entitled to take part, as the host has stated it |
| invited | those who were sent or given a personal invitation |
| registered | those who signed up and did not cancel; the waiting list does not count |
| present | participants who joined the gathering with its code or were checked in |
| answered | participants with at least one vote, idea, support or ballot that counts, on any channel |

The same definitions, in the words that people see, are `apps.processes.labels.COUNTS`. Every page, the hall screen,
the report and the open data use these; a count that is not known is None and never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COUNT_KEYS", "Turnout"]

COUNT_KEYS = ("eligible", "invited", "registered", "present", "answered")


@dataclass(frozen=True)
class Turnout:
    """Whole numbers of people. None: not known, or hidden because a breakdown would tell about fewer than five."""

    eligible: int | None = None
    invited: int | None = None
    registered: int | None = None
    present: int | None = None
    answered: int | None = None
