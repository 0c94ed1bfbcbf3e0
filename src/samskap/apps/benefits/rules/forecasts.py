"""What is expected of a benefit on a day, whether a measurement is behind it, and how the benefit stands.

The forecast is a line: level with the baseline until the day from which there can be an effect, then straight from
target to target, and level after the last. The way is the distance from the baseline to the last target. A measurement
is behind where it lacks more than a tenth of the way. Where the last target is to hold the baseline there is no way;
then it is a tenth of the baseline.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

__all__ = [
    "ANSWERED_WITHIN_DAYS",
    "STANDINGS",
    "Course",
    "Due",
    "due_now",
    "expected",
    "expected_gain",
    "forecast_points",
    "gain",
    "is_answered",
    "is_behind",
    "meets",
    "standing",
]

STANDINGS = (
    "waiting_for_baseline", "waiting_for_target", "not_measured", "on_the_way", "behind", "reached", "not_realised",
    "unplanned", "harm",
)  # fmt: skip

ANSWERED_WITHIN_DAYS = 14  # a measurement of the last days before a target day answers it
_BEHIND_SHARE = Decimal("0.1")
_FINEST = Decimal("0.0001")

Point = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class Course:
    """What was promised: where it began, from when it has effect, and the targets by day."""

    better: str
    effects_from: date
    baseline: Point | None = None
    targets: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What is waited for, `baseline` or `target`, and the day by which."""

    kind: str
    on: date


def forecast_points(course: Course) -> tuple[Point, ...]:
    """The corners of the forecast by day; none without a baseline and a target."""
    if course.baseline is None or not course.targets:
        return ()
    measured_on, value = course.baseline
    level = ((course.effects_from, value),) if measured_on < course.effects_from < course.targets[0][0] else ()
    return (course.baseline, *level, *course.targets)


def expected(course: Course, on: date) -> Decimal | None:
    """The value of the forecast on a day; None before the baseline and where there is no forecast."""
    points = forecast_points(course)
    if not points or on < points[0][0]:
        return None
    for (before, low), (after, high) in pairwise(points):
        if on < after:
            share = Decimal((on - before).days) / Decimal((after - before).days)
            return (low + (high - low) * share).quantize(_FINEST)
    return points[-1][1]


def gain(course: Course, value: Decimal) -> Decimal | None:
    """How much better than the baseline, below zero where it is worse; None without a baseline."""
    if course.baseline is None:
        return None
    change = value - course.baseline[1]
    return -change if course.better == "lower" else change


def expected_gain(course: Course, on: date) -> Decimal | None:
    """How much better than the baseline it is to be on a day; None where nothing is expected."""
    there = expected(course, on)
    return None if there is None else gain(course, there)


def meets(course: Course, value: Decimal, target: Decimal) -> bool:
    """The value is as good as the target or better."""
    return value <= target if course.better == "lower" else value >= target


def is_behind(course: Course, on: date, value: Decimal) -> bool:
    """More than a tenth of the way behind what was expected on that day."""
    there = expected(course, on)
    if there is None or course.baseline is None or meets(course, value, there):
        return False
    start = course.baseline[1]
    way = abs(course.targets[-1][1] - start) or abs(start)
    return abs(there - value) > way * _BEHIND_SHARE


def is_answered(due_on: date, measured: Iterable[date]) -> bool:
    """Something was measured on the target day, shortly before or later."""
    return any(day >= due_on - timedelta(days=ANSWERED_WITHIN_DAYS) for day in measured)


def due_now(course: Course, measured: Iterable[date]) -> Due | None:
    """What is waited for next: the baseline, else the first target that nothing was measured for."""
    if course.baseline is None:
        return Due("baseline", course.effects_from)
    days = tuple(measured)
    return next((Due("target", day) for day, _value in course.targets if not is_answered(day, days)), None)


def standing(course: Course, *, latest: Point | None, kind: str, is_ended: bool) -> str:
    """How a benefit stands, a key of `STANDINGS`. `kind` is planned, unplanned or harm; `latest` what counts last."""
    if kind == "harm":
        return "harm"
    if course.baseline is None:
        return "not_realised" if is_ended else "waiting_for_baseline"
    if not course.targets:
        return "unplanned" if kind == "unplanned" else "not_realised" if is_ended else "waiting_for_target"
    if latest is None:
        return "not_realised" if is_ended else "not_measured"
    due_on, target = course.targets[-1]
    if meets(course, latest[1], target):
        return "reached"
    if is_ended or is_answered(due_on, [latest[0]]):
        return "not_realised"
    return "behind" if is_behind(course, *latest) else "on_the_way"
