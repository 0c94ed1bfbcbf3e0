"""The baseline, the targets, and what is measured: written, approved by another, locked for good, corrected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from samskap.apps.benefits import permissions
from samskap.apps.benefits.actions.benefits import held, is_public, refuse
from samskap.apps.benefits.actions.reminders import order_reminder
from samskap.apps.benefits.models import Baseline, Benefit, Measurement, Target
from samskap.apps.benefits.queries.official import official_at
from samskap.apps.benefits.queries.reading import course_of
from samskap.apps.benefits.rules import measuring
from samskap.apps.initiatives.queries import today
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Person

__all__ = [
    "add_target",
    "approve_measurement",
    "change_measurement",
    "change_target",
    "correct_measurement",
    "delete_measurement",
    "lock_measurement",
    "remove_target",
    "send_back_measurement",
    "set_baseline",
    "take_baseline",
    "take_correction",
    "take_measurement",
    "write_measurement",
]

_FINEST = Decimal("0.0001")


def _measurable(benefit: Benefit, *, by: Acting) -> Benefit:
    """The benefit, locked, for somebody who may write what was measured; an ended one is taken up again first."""
    benefit = lock(benefit)
    require(isinstance(by, SystemActor) or permissions.can_measure(by, benefit))
    if benefit.ended_on is not None:
        refuse(measuring.Problem("benefit_ended", {"day": benefit.ended_on}))
    return benefit


def _drafted(measurement: Measurement, *, by: Acting) -> Measurement:
    """A draft, read again under the lock of its benefit."""
    benefit = _measurable(measurement.benefit, by=by)
    found = _again(measurement, benefit)
    if found.state != "draft":
        refuse(measuring.Problem("not_a_draft"))
    return found


def _in_charge(measurement: Measurement, *, by: Acting) -> Measurement:
    """A measurement, read again under the lock of its benefit, for those who approve and lock."""
    benefit = lock(measurement.benefit)
    require(isinstance(by, SystemActor) or permissions.can_lock(by, measurement))
    return _again(measurement, benefit)


def _again(measurement: Measurement, benefit: Benefit) -> Measurement:
    found = lock(measurement)
    found.benefit = benefit
    return found


def _person(by: Acting) -> Person | None:
    return None if isinstance(by, SystemActor) else cast("Person", by)


def _record(verb: str, benefit: Benefit, *, by: Acting, **data: Any) -> None:
    told = {name: _plain(value) for name, value in data.items()}
    trail.record(f"benefits.{verb}", benefit, by=by, public=is_public(benefit), data=told)


def _plain(value: Any) -> str:
    """A value as it stands in the trail: 12.5 and never 1.25E+1."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _days(benefit: Benefit, keep: Callable[[Measurement], bool]) -> list[date]:
    return [one.measured_on for one in benefit.measurements.all() if keep(one)]


def _counts(one: Measurement) -> bool:
    return one.state != "draft"


@transaction.atomic
def set_baseline(
    benefit: Benefit, *, measured_on: date, value: Decimal, source: str, by: Acting, site: str = "", **taken: Any
) -> Baseline:
    """Say how it was before, or say it anew; stands once a measurement is locked. `taken`: of published figures."""
    benefit = _measurable(benefit, by=by)
    locked = benefit.measurements.filter(state="locked").exists()
    refuse(
        measuring.baseline_problem(
            measured_on, value, effects_from=benefit.effects_from, today=today(),
            may_be_negative=benefit.allows_negative or bool(taken),
            measured=_days(benefit, lambda one: True), is_locked=locked,
        )
    )  # fmt: skip
    begun = replace(course_of(benefit), baseline=(measured_on, value))
    refuse(measuring.aim_problem(begun, is_harm=benefit.is_harm))
    plain = {"standing": "ours", "period": "", "edition": None}
    fields = {"measured_on": measured_on, "value": value.quantize(_FINEST), "source": source, **plain, **taken}
    baseline, is_new = Baseline.objects.update_or_create(benefit=benefit, defaults=fields)
    verb = "baseline_set" if is_new else "baseline_changed"
    _record(verb, benefit, by=by, value=baseline.value, day=measured_on)
    order_reminder(benefit, site=site)
    return baseline


@transaction.atomic
def take_baseline(benefit: Benefit, *, period: str, by: Acting, site: str = "") -> Baseline:
    """Let the published figure of a period be the baseline, with its source and edition."""
    return set_baseline(benefit, by=by, site=site, **official_at(benefit, period).fields)


@transaction.atomic
def add_target(benefit: Benefit, *, due_on: date, value: Decimal, by: Acting, site: str = "") -> Target:
    """Say what is to be reached by a day."""
    benefit = held(benefit, by=by)
    _check_target(benefit, due_on, value)
    target = Target.objects.create(benefit=benefit, due_on=due_on, value=value.quantize(_FINEST))
    _record("target_set", benefit, by=by, value=target.value, day=due_on)
    order_reminder(benefit, site=site)
    return target


@transaction.atomic
def change_target(target: Target, *, due_on: date, value: Decimal, by: Acting, site: str = "") -> Target:
    """Move a target that nothing was measured for; what it was stays in the history."""
    benefit = held(target.benefit, by=by)
    target = lock(target)
    refuse(measuring.target_change_problem(target.due_on, measured=_days(benefit, _counts)))
    _check_target(benefit, due_on, value, besides=target)
    was_value, was_day = target.value, target.due_on
    target.due_on, target.value = due_on, value.quantize(_FINEST)
    target.save(update_fields=["due_on", "value"])
    _record(
        "target_changed", benefit, by=by,
        was_value=was_value, was_day=was_day, value=target.value, day=due_on,
    )  # fmt: skip
    order_reminder(benefit, site=site)
    return target


@transaction.atomic
def remove_target(target: Target, *, by: Acting, site: str = "") -> None:
    """Take away a target that nothing was measured for; that it was there stays in the history."""
    benefit = held(target.benefit, by=by)
    target = lock(target)
    refuse(measuring.target_change_problem(target.due_on, measured=_days(benefit, _counts)))
    _record("target_removed", benefit, by=by, value=target.value, day=target.due_on)
    target.delete()
    order_reminder(benefit, site=site)


def _check_target(benefit: Benefit, due_on: date, value: Decimal, *, besides: Target | None = None) -> None:
    if benefit.ended_on is not None:
        refuse(measuring.Problem("benefit_ended", {"day": benefit.ended_on}))
    course = course_of(benefit)
    if besides is not None:
        course = replace(course, targets=tuple(one for one in course.targets if one[0] != besides.due_on))
    refuse(
        measuring.target_problem(
            due_on, value, course=course, is_harm=benefit.is_harm, may_be_negative=benefit.allows_negative
        )
    )


@transaction.atomic
def write_measurement(
    benefit: Benefit, *, measured_on: date, value: Decimal, source: str, by: Acting, cause: str = "", **taken: Any
) -> Measurement:
    """Write down what was measured, as a draft that somebody else approves. `taken`: of published figures."""
    benefit = _measurable(benefit, by=by)
    _check_measurement(benefit, measured_on, value, is_taken=bool(taken))
    made = Measurement.objects.create(
        benefit=benefit, measured_on=measured_on, value=value.quantize(_FINEST), source=source, cause=cause,
        written_by=_person(by), written_at=clock.now(), **taken,
    )  # fmt: skip
    _record("measurement_written", benefit, by=by, day=measured_on)
    return made


@transaction.atomic
def take_measurement(benefit: Benefit, *, period: str, by: Acting) -> Measurement:
    """Let the published figure of a period be a measurement, with its source and edition."""
    return write_measurement(benefit, by=by, **official_at(benefit, period).fields)


@transaction.atomic
def change_measurement(
    measurement: Measurement, *, measured_on: date, value: Decimal, source: str, by: Acting, cause: str = ""
) -> Measurement:
    """Change a draft. Who changes it has written it, and does not approve it; a taken figure becomes one's own."""
    found = _drafted(measurement, by=by)
    day = found.measured_on if found.corrects_id else measured_on
    number = (day, value.quantize(_FINEST), source)
    is_same = number == (found.measured_on, found.value, found.source)
    is_taken = is_same and bool(found.period)
    if found.corrects_id is None:
        _check_measurement(found.benefit, day, value, besides=found, is_taken=is_taken)
    else:
        _check_correction(found.benefit, value, is_taken=is_taken)
    if not is_same:
        found.standing, found.period, found.edition = "ours", "", None
    found.measured_on, found.value, found.source = number
    found.cause = cause
    found.written_by = _person(by)
    found.written_at = clock.now()
    found.save(
        update_fields=[
            "measured_on", "value", "source", "standing", "period", "edition", "cause", "written_by", "written_at",
        ]
    )  # fmt: skip
    _record("measurement_changed", found.benefit, by=by, day=day)
    return found


@transaction.atomic
def delete_measurement(measurement: Measurement, *, by: Acting) -> None:
    """Delete a draft."""
    found = _drafted(measurement, by=by)
    _record("measurement_deleted", found.benefit, by=by, day=found.measured_on)
    found.delete()


def _check_measurement(
    benefit: Benefit, measured_on: date, value: Decimal, *, besides: Measurement | None = None, is_taken: bool = False
) -> None:
    base = course_of(benefit).baseline
    others = _days(benefit, lambda one: one.corrects_id is None and one != besides)
    refuse(
        measuring.measurement_problem(
            measured_on, value, baseline_on=base[0] if base else None, others=others,
            counting=_days(benefit, _counts), today=today(), may_be_negative=benefit.allows_negative or is_taken,
        )
    )  # fmt: skip


@transaction.atomic
def approve_measurement(measurement: Measurement, *, by: Acting, cause: str = "", site: str = "") -> Measurement:
    """Approve a draft that another wrote: it counts from now on. What is far behind the forecast says why."""
    found = _in_charge(measurement, by=by)
    if found.state != "draft":
        return found
    person = _person(by)
    if person is not None and not permissions.can_approve(person, found):
        refuse(measuring.Problem("approved_by_writer"))
    found.cause = cause.strip() or found.cause
    is_first_of_day = found.corrects_id is None
    drafts = _days(found.benefit, lambda one: one.state == "draft" and one.corrects_id is None)
    refuse(
        measuring.approval_problem(
            course_of(found.benefit), found.measured_on, found.value,
            cause=found.cause, drafts=drafts if is_first_of_day else (),
        )
    )  # fmt: skip
    if is_first_of_day:
        _check_measurement(found.benefit, found.measured_on, found.value, besides=found, is_taken=bool(found.period))
    found.state, found.approved_by, found.approved_at = "approved", person, clock.now()
    found.save(update_fields=["state", "cause", "approved_by", "approved_at"])
    _record("measurement_approved", found.benefit, by=by, value=found.value, day=found.measured_on)
    order_reminder(found.benefit, site=site)
    return found


@transaction.atomic
def send_back_measurement(measurement: Measurement, *, by: Acting, site: str = "") -> Measurement:
    """Make an approved measurement a draft again, as long as it is not locked."""
    found = _in_charge(measurement, by=by)
    _check_approved(found)
    found.state, found.approved_by, found.approved_at = "draft", None, None
    found.save(update_fields=["state", "approved_by", "approved_at"])
    _record("measurement_sent_back", found.benefit, by=by, day=found.measured_on)
    order_reminder(found.benefit, site=site)
    return found


@transaction.atomic
def lock_measurement(measurement: Measurement, *, by: Acting) -> Measurement:
    """Lock an approved measurement for good: nobody changes it, only a correction stands beside it."""
    found = _in_charge(measurement, by=by)
    if found.state == "locked":
        return found
    _check_approved(found)
    if found.corrects_id is None:
        unlocked = _days(found.benefit, lambda one: one.state != "locked" and one.corrects_id is None)
        refuse(measuring.lock_problem(found.measured_on, unlocked=unlocked))
    found.state, found.locked_by, found.locked_at = "locked", _person(by), clock.now()
    found.save(update_fields=["state", "locked_by", "locked_at"])
    _record("measurement_locked", found.benefit, by=by, value=found.value, day=found.measured_on)
    return found


def _check_approved(found: Measurement) -> None:
    if found.state == "locked":
        refuse(measuring.Problem("is_locked"))
    if found.state != "approved":
        refuse(measuring.Problem("not_approved"))


@transaction.atomic
def correct_measurement(
    measurement: Measurement, *, value: Decimal, source: str, correction: str, by: Acting, cause: str = "", **taken: Any
) -> Measurement:
    """Write a draft that stands in the place of a locked measurement when it is approved, and says why."""
    benefit = _measurable(measurement.benefit, by=by)
    found = _again(measurement, benefit)
    if found.state != "locked":
        refuse(measuring.Problem("not_locked"))
    if Measurement.objects.filter(corrects=found).exists():
        refuse(measuring.Problem("corrected_already"))
    _check_correction(benefit, value, is_taken=bool(taken))
    made = Measurement.objects.create(
        benefit=benefit, corrects=found, measured_on=found.measured_on, value=value.quantize(_FINEST),
        source=source, correction=correction, cause=cause, written_by=_person(by),
        written_at=clock.now(), **taken,
    )  # fmt: skip
    _record("measurement_corrected", benefit, by=by, day=found.measured_on, reason=correction)
    return made


def _check_correction(benefit: Benefit, value: Decimal, *, is_taken: bool) -> None:
    refuse(measuring.value_problem(value, may_be_negative=benefit.allows_negative or is_taken))


@transaction.atomic
def take_correction(measurement: Measurement, *, correction: str, by: Acting) -> Measurement:
    """Correct a locked figure by what its publisher says now, with the new source and edition."""
    fields = official_at(measurement.benefit, measurement.period).fields
    fields.pop("measured_on")
    return correct_measurement(measurement, correction=correction, cause=measurement.cause, by=by, **fields)
