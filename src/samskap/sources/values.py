"""What a source gives: figures with their edition. The same values come from a file that somebody imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

__all__ = ["MISSING", "NATION", "AgeProfile", "Fetched", "Figure"]

# The country as a place. Counties have two digits, municipalities four, KOSTRA groups are EKG01 to EKG17.
NATION: Final = "0000"

# Why a figure is missing.
MISSING: Final = ("not_available", "hidden", "not_surveyed", "not_published", "too_uncertain")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an indicator (`key` of the catalogue) for a place and a period.

    `period` is "2024", "2024K1", "2024M01" or "2024-2026". Exactly one of `value` and `missing` (one of `MISSING`) is
    given. `breakdown` says which part of the people it is about, as "age=15-24;sex=female"; "" for all.
    """

    indicator: str
    place: str
    period: str
    value: float | None
    missing: str = ""
    breakdown: str = ""


@dataclass(frozen=True, slots=True)
class AgeProfile:
    """People of a place on 1 January: two tuples (women, men) of persons by single age, the last being 105 and over."""

    place: str
    year: int
    women: tuple[int, ...]
    men: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one table gave at one time: its name and licence, and the figures or age profiles in it.

    `updated_at` is when the publisher last changed the table, `fetched_at` when we asked (both aware).
    `standing` is "official", "ours" or "illustrative". `from_cache` says that no network was used.
    """

    publisher: str
    table: str
    title: str
    url: str
    licence: str
    fetched_at: datetime
    updated_at: datetime | None
    figures: tuple[Figure, ...] = ()
    profiles: tuple[AgeProfile, ...] = ()
    standing: str = "official"
    from_cache: bool = False
