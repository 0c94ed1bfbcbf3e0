"""What a portfolio of benefits tells on plain values: which measurement answers which target, and sums by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from samskap.apps.benefits.rules.forecasts import ANSWERED_WITHIN_DAYS, Course, Point, expected_gain, meets
from samskap.apps.benefits.rules.room import Promise, level

__all__ = [
    "MOST_YEARS",
    "Answer",
    "YearMet",
    "YearSum",
    "answers",
    "told_years",
    "year_end",
    "years_met",
    "years_summed",
]

MOST_YEARS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """A target, and what was measured for it; None where nothing was."""

    due_on: date
    target: Decimal
    measured: Point | None
    is_met: bool


@dataclass(frozen=True, slots=True)
class YearSum:
    """What was promised and what came at the end of a year, against the baselines; `actual` is None of a year to come.

    `target` is None where nothing was promised by then.
    """

    year: int
    target: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, slots=True)
class YearMet:
    """How many of the targets of a year were met."""

    year: int
    met: int
    targets: int


def year_end(year: int) -> date:
    return date(year, 12, 31)


def answers(course: Course, measured: Sequence[Point]) -> tuple[Answer, ...]:
    """Each target with the measurement that answers it: the last one until its day, else the first one after it.

    A measurement answers one target, from two weeks before its day until two weeks before that of the next.
    """
    days = [day for day, _value in course.targets]
    ends = [*days, date.max][1:]
    return tuple(_answer(course, target, measured, until=end) for target, end in zip(course.targets, ends, strict=True))


def _answer(course: Course, target: Point, measured: Sequence[Point], *, until: date) -> Answer:
    early = timedelta(days=ANSWERED_WITHIN_DAYS)
    due_on, value = target
    fits = [one for one in measured if due_on - early <= one[0] < (until if until == date.max else until - early)]
    before = [one for one in fits if one[0] <= due_on]
    found = before[-1] if before else fits[0] if fits else None
    return Answer(due_on, value, found, found is not None and meets(course, found[1], value))


def told_years(promises: Iterable[Promise], *, today: date) -> tuple[int, ...]:
    """The years with a target or a measurement and those between, the six around this year where there are more."""
    days = [day for one in promises for day, _value in (*one.course.targets, *one.measured)]
    if not days:
        return ()
    years = range(min(days).year, max(days).year + 1)
    if len(years) <= MOST_YEARS:
        return tuple(years)
    first = min(max(today.year - 2, years[0]), years[-1] - MOST_YEARS + 1)
    return tuple(range(first, first + MOST_YEARS))


def years_summed(promises: Sequence[Promise], years: Iterable[int], *, today: date) -> tuple[YearSum, ...]:
    """Promised and measured at the end of each year, of benefits of one kind in one unit; this year as of today."""
    return tuple(
        YearSum(
            year,
            _sum(expected_gain(one.course, year_end(year)) for one in promises),
            None if year > today.year else _sum(level(one, min(year_end(year), today)) for one in promises),
        )
        for year in years
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def years_met(promises: Iterable[Promise], years: Iterable[int]) -> tuple[YearMet, ...]:
    """How many targets of each year were met: benefits with units of their own are counted, never added."""
    found = [answer for one in promises for answer in answers(one.course, one.measured)]
    return tuple(
        YearMet(
            year,
            met=sum(one.is_met for one in found if one.due_on.year == year),
            targets=sum(one.due_on.year == year for one in found),
        )
        for year in years
    )
