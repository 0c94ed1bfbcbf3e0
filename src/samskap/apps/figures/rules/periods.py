"""Periods as `sources.values.Figure` writes them: 2024, 2024K1, 2024M01, 2024-2026."""

from __future__ import annotations

__all__ = ["period_year", "years_of"]


def period_year(period: str) -> float:
    """Where a period stands on an axis of years: the year, the beginning of a quarter or month, the middle of years."""
    year = int(period[:4])
    if period[4:5] == "K":
        return year + (int(period[5]) - 1) / 4
    if period[4:5] == "M":
        return year + (int(period[5:7]) - 1) / 12
    if period[4:5] == "-":
        return (year + int(period[5:9])) / 2
    return float(year)


def years_of(periods: list[str]) -> list[int]:
    """The periods that are whole years, as numbers in rising order."""
    return sorted(int(period) for period in periods if len(period) == 4)
