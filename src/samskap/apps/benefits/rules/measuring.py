"""What may be written of a benefit: each check gives the first thing that is wrong, or None."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from samskap.apps.benefits.rules.effects import FIRST_YEAR, LAST_YEAR
from samskap.apps.benefits.rules.forecasts import Course, is_answered, is_behind, meets

__all__ = [
    "FIELDS",
    "GIVEN_UNITS",
    "Problem",
    "aim_problem",
    "approval_problem",
    "baseline_problem",
    "indicator_problem",
    "lock_problem",
    "measurement_problem",
    "start_problem",
    "target_change_problem",
    "target_problem",
    "unit_problem",
    "value_problem",
]

# Kinds that are always counted in one unit, so that those of one kind can be read together.
GIVEN_UNITS = {"saved_money": "kroner_a_year", "avoided_cost": "kroner_a_year", "freed_time": "hours_a_year"}

# The field of a form beside which a problem stands.
FIELDS = {
    "target_without_unit": "unit", "not_in_kroner_a_year": "unit", "not_in_hours_a_year": "unit",
    "indicator_other_unit": "indicator", "indicator_unknown": "indicator",
    "effects_before_initiative": "effects_from", "start_before_baseline": "effects_from",
    "start_after_target": "effects_from", "start_too_early": "effects_from", "start_too_late": "effects_from",
    "owner_elsewhere": "owner", "owner_of_another": "owner",
    "baseline_after_start": "measured_on", "day_to_come": "measured_on", "baseline_after_measurement": "measured_on",
    "baseline_too_early": "measured_on",
    "target_before_start": "due_on", "target_too_late": "due_on", "target_twice": "due_on",
    "target_measured": "due_on",
    "target_worse_higher": "value", "target_worse_lower": "value",
    "measured_before_baseline": "measured_on", "measured_twice": "measured_on", "measured_out_of_order": "measured_on",
    "cause_missing": "cause", "negative": "value",
}  # fmt: skip

_OLDEST_BASELINE = 1900  # no file of figures is older

# The units of published figures that each kind with a given unit can be measured by.
_PUBLISHED_IN = {"kroner_a_year": {"nok"}, "hours_a_year": set[str]()}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong: its key, and the values that its sentence names."""

    key: str
    gaps: Mapping[str, date | Decimal | str] = field(default_factory=dict)


def unit_problem(kind: str, unit: str, *, known: Mapping[str, Collection[str]]) -> Problem | None:
    """A target without a unit says nothing. `known` are the ways to write each of the given units."""
    given = GIVEN_UNITS.get(kind)
    if given is None:
        return None if unit.strip() else Problem("target_without_unit")
    written = " ".join(unit.casefold().split())
    if written and written not in known[given]:
        return Problem(f"not_in_{given}", {"unit": unit})
    return None


def indicator_problem(kind: str, unit_key: str) -> Problem | None:
    """Money is measured by figures in kroner, and freed time by no published figure."""
    given = GIVEN_UNITS.get(kind)
    if given is None or unit_key in _PUBLISHED_IN[given]:
        return None
    return Problem("indicator_other_unit")


def start_problem(
    effects_from: date, *, starts_on: date | None, baseline_on: date | None, first_target: date | None
) -> Problem | None:
    """The effects begin with or after the initiative, after the baseline and before the first target."""
    if effects_from.year < FIRST_YEAR:
        return _year_problem("start_too_early", effects_from)
    if effects_from.year > LAST_YEAR:
        return _year_problem("start_too_late", effects_from)
    if starts_on is not None and effects_from < starts_on:
        return Problem("effects_before_initiative", {"day": starts_on})
    if baseline_on is not None and baseline_on >= effects_from:
        return Problem("start_before_baseline", {"day": baseline_on})
    if first_target is not None and first_target <= effects_from:
        return Problem("start_after_target", {"day": first_target})
    return None


def baseline_problem(
    measured_on: date, value: Decimal, *, effects_from: date, today: date, may_be_negative: bool,
    measured: Collection[date] = (), is_locked: bool = False,
) -> Problem | None:  # fmt: skip
    """The baseline is dated before the effects and what was measured, and stands once something was locked."""
    if is_locked:
        return Problem("baseline_fixed")
    if measured_on >= effects_from:
        return Problem("baseline_after_start", {"measured": measured_on, "day": effects_from})
    if measured_on > today:
        return Problem("day_to_come", {"measured": measured_on})
    if measured_on.year < _OLDEST_BASELINE:
        return _year_problem("baseline_too_early", measured_on, first=_OLDEST_BASELINE)
    if measured and measured_on >= min(measured):
        return Problem("baseline_after_measurement", {"day": min(measured)})
    return value_problem(value, may_be_negative=may_be_negative)


def target_problem(
    due_on: date, value: Decimal, *, course: Course, is_harm: bool, may_be_negative: bool
) -> Problem | None:
    """A target lies after the effects begin, one a day, and is no worse than where it began."""
    if due_on <= course.effects_from:
        return Problem("target_before_start", {"day": course.effects_from})
    if due_on.year > LAST_YEAR:
        return _year_problem("target_too_late", due_on)
    if due_on in {day for day, _value in course.targets}:
        return Problem("target_twice", {"day": due_on})
    worse = aim_problem(replace(course, targets=((due_on, value),)), is_harm=is_harm)
    return worse or value_problem(value, may_be_negative=may_be_negative)


def aim_problem(course: Course, *, is_harm: bool) -> Problem | None:
    """No target is worse than where it began; only a harm may be allowed to grow."""
    if is_harm or course.baseline is None:
        return None
    start = course.baseline[1]
    if all(meets(course, value, start) for _day, value in course.targets):
        return None
    return Problem(f"target_worse_{course.better}", {"baseline": start})


def target_change_problem(due_on: date, *, measured: Collection[date]) -> Problem | None:
    """A target that something was measured for stays as it was."""
    return Problem("target_measured", {"day": due_on}) if is_answered(due_on, measured) else None


def measurement_problem(
    measured_on: date, value: Decimal, *, baseline_on: date | None, others: Collection[date],
    counting: Collection[date], today: date, may_be_negative: bool,
) -> Problem | None:  # fmt: skip
    """Measurements come after the baseline, in the order of their days, one a day.

    `others` are the days of all that is written, `counting` of what is approved or locked.
    """
    if baseline_on is None:
        return Problem("no_baseline")
    if measured_on > today:
        return Problem("day_to_come", {"measured": measured_on})
    if measured_on <= baseline_on:
        return Problem("measured_before_baseline", {"measured": measured_on, "day": baseline_on})
    if measured_on in others:
        return Problem("measured_twice", {"day": measured_on})
    if counting and measured_on < max(counting):
        return Problem("measured_out_of_order", {"measured": measured_on, "day": max(counting)})
    return value_problem(value, may_be_negative=may_be_negative)


def approval_problem(
    course: Course, on: date, value: Decimal, *, cause: str, drafts: Collection[date]
) -> Problem | None:
    """Earlier drafts come first; what is more than a tenth of the way behind says why."""
    earlier = [day for day in drafts if day < on]
    if earlier:
        return Problem("earlier_draft", {"day": min(earlier)})
    if is_behind(course, on, value) and not cause.strip():
        return Problem("cause_missing")
    return None


def lock_problem(on: date, *, unlocked: Collection[date]) -> Problem | None:
    """What was measured before is locked before."""
    earlier = [day for day in unlocked if day < on]
    return Problem("earlier_unlocked", {"day": min(earlier)}) if earlier else None


def _year_problem(key: str, day: date, *, first: int = FIRST_YEAR) -> Problem:
    """A day in a year that no effect list holds and that nobody means, such as 0026."""
    return Problem(key, {"year": str(day.year), "first": str(first), "last": str(LAST_YEAR)})


def value_problem(value: Decimal, *, may_be_negative: bool) -> Problem | None:
    """What is counted is below zero only where that can be."""
    return Problem("negative", {"value": value}) if value < 0 and not may_be_negative else None
