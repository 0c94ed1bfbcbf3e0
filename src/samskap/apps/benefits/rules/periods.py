"""The last day of a published period: a figure of 2025 tells of the time until 31 December 2025."""

from __future__ import annotations

import calendar
from datetime import date

__all__ = ["period_end"]


def period_end(period: str) -> date:
    """The last day of 2024, 2024K1, 2024M01 or 2024-2026."""
    year, mark, rest = int(period[:4]), period[4:5], period[5:]
    if mark == "-":
        return date(int(rest[:4]), 12, 31)
    month = int(rest[0]) * 3 if mark == "K" else int(rest[:2]) if mark == "M" else 12
    return date(year, month, calendar.monthrange(year, month)[1])
