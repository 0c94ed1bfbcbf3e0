"""Everything that changes a benefit itself: written, changed, ended, taken up again and deleted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from samskap.apps.actors.queries import mandates_of
from samskap.apps.benefits import permissions
from samskap.apps.benefits.actions.reminders import order_reminder
from samskap.apps.benefits.labels.benefits import GIVEN_UNITS, UNIT_WAYS, problem_words
from samskap.apps.benefits.models import Benefit
from samskap.apps.benefits.queries.official import indicator_series
from samskap.apps.benefits.queries.reading import course_of
from samskap.apps.benefits.rules import measuring
from samskap.apps.initiatives.queries import today
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation, Person
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "create_benefit",
    "delete_benefit",
    "end_benefit",
    "held",
    "is_public",
    "refuse",
    "reopen_benefit",
    "update_benefit",
]

# What is counted: fixed from the first approved measurement on, so that numbers keep their meaning.
_COUNTED = ("kind", "measure", "unit", "better", "indicator", "indicator_part", "effects_from", "is_harm")


def refuse(problem: measuring.Problem | None) -> None:
    """Stop with the sentence of a problem, if there is one."""
    if problem is not None:
        message, cure = problem_words(problem)
        raise RuleError(message, code=problem.key, cure=cure, gaps=problem.gaps)


def held(benefit: Benefit, *, by: Acting) -> Benefit:
    """The benefit, locked, for somebody who may change it."""
    benefit = lock(benefit)
    require(isinstance(by, SystemActor) or permissions.can_edit_benefits(by, benefit.initiative))
    return benefit


def is_public(benefit: Benefit) -> bool:
    """Whether what happens to it is told on its public history."""
    return benefit.initiative.is_published


@transaction.atomic
def create_benefit(initiative: Initiative, *, by: Acting, site: str = "", **fields: Any) -> Benefit:
    """Write a benefit of an initiative, as the last. `owner_role` and `owner_organisation` say who answers for it.

    `site` is the address under which people reach this server, for the letters that remind of the baseline.
    """
    initiative = lock(initiative)
    require(isinstance(by, SystemActor) or permissions.can_edit_benefits(by, initiative))
    benefit = Benefit(initiative=initiative, **fields)
    _complete(benefit)
    _check(benefit)
    last = Benefit.objects.filter(initiative=initiative).aggregate(last=Max("order"))["last"]
    benefit.order = 0 if last is None else last + 1
    benefit.save()
    trail.record("benefits.benefit_added", benefit, by=by, public=is_public(benefit))
    order_reminder(benefit, site=site)
    return benefit


@transaction.atomic
def update_benefit(benefit: Benefit, *, by: Acting, site: str = "", **fields: Any) -> Benefit:
    """Change a benefit. What is counted stays as it is once a measurement of it is approved."""
    benefit = held(benefit, by=by)
    was = {name: getattr(benefit, name) for name in _COUNTED}
    for name, value in fields.items():
        setattr(benefit, name, value)
    _complete(benefit)
    _check(benefit)
    changed = [name for name in _COUNTED if getattr(benefit, name) != was[name]]
    if changed and _is_measured(benefit):
        refuse(measuring.Problem("benefit_measured"))
    if changed:
        refuse(measuring.aim_problem(course_of(benefit), is_harm=benefit.is_harm))
    benefit.save(update_fields=sorted({*fields, "unit", "measure"}))
    trail.record("benefits.benefit_changed", benefit, by=by, public=is_public(benefit), data={"fields": sorted(fields)})
    order_reminder(benefit, site=site)
    return benefit


@transaction.atomic
def end_benefit(benefit: Benefit, *, reason: str, by: Acting, on: date | None = None) -> Benefit:
    """Stop following a benefit, and say why. Nobody is reminded of it any more."""
    benefit = held(benefit, by=by)
    if benefit.ended_on is not None:
        refuse(measuring.Problem("benefit_ended", {"day": benefit.ended_on}))
    benefit.ended_on = on or today()
    benefit.ended_reason = reason
    benefit.save(update_fields=["ended_on", "ended_reason"])
    trail.record("benefits.benefit_ended", benefit, by=by, public=is_public(benefit), data={"reason": reason})
    return benefit


@transaction.atomic
def reopen_benefit(benefit: Benefit, *, by: Acting, site: str = "") -> Benefit:
    """Follow an ended benefit again."""
    benefit = held(benefit, by=by)
    if benefit.ended_on is None:
        return benefit
    benefit.ended_on, benefit.ended_reason = None, ""
    benefit.save(update_fields=["ended_on", "ended_reason"])
    trail.record("benefits.benefit_reopened", benefit, by=by, public=is_public(benefit))
    order_reminder(benefit, site=site)
    return benefit


@transaction.atomic
def delete_benefit(benefit: Benefit, *, by: Acting) -> None:
    """Delete a benefit that nothing is approved of; else it is ended with a reason."""
    benefit = held(benefit, by=by)
    if _is_measured(benefit):
        refuse(measuring.Problem("benefit_kept"))
    trail.record("benefits.benefit_deleted", benefit, by=by, public=is_public(benefit), data={"title": benefit.title})
    benefit.delete()


def _is_measured(benefit: Benefit) -> bool:
    return benefit.measurements.exclude(state="draft").exists()


def _complete(benefit: Benefit) -> None:
    """Fill in the unit that its kind is counted in, and the measure and unit of a published series, in its language."""
    given = measuring.GIVEN_UNITS.get(benefit.kind)
    series = _series(benefit)
    if series is not None:
        refuse(measuring.indicator_problem(benefit.kind, series.unit_key))
        benefit.measure = benefit.measure or series.title[:200]
        benefit.unit = benefit.unit or series.unit[:40]
    refuse(measuring.unit_problem(benefit.kind, benefit.unit, known=UNIT_WAYS))
    if given is not None:
        with translation.override(benefit.language):
            benefit.unit = str(GIVEN_UNITS[given])


def _series(benefit: Benefit) -> Any:
    if not benefit.indicator:
        return None
    with translation.override(benefit.language):
        found = indicator_series(benefit.initiative.municipality, benefit.indicator, benefit.indicator_part)
    if found is None:
        refuse(measuring.Problem("indicator_unknown"))
    return found


def _check(benefit: Benefit) -> None:
    course = course_of(benefit) if benefit.pk else None
    refuse(
        measuring.start_problem(
            benefit.effects_from,
            starts_on=benefit.initiative.starts_on,
            baseline_on=course.baseline[0] if course and course.baseline else None,
            first_target=course.targets[0][0] if course and course.targets else None,
        )
    )
    _check_owner(benefit, benefit.owner, benefit.owner_organisation)


def _check_owner(benefit: Benefit, owner: Person | None, organisation: Organisation) -> None:
    """The organisation is one of the municipality's; an account that is named leads there or for the municipality."""
    municipality = benefit.initiative.municipality
    if organisation.municipality_id != municipality.pk:
        refuse(measuring.Problem("owner_organisation_foreign"))
    if owner is None:
        return
    mandates = mandates_of(owner, municipality)
    if not mandates:
        refuse(measuring.Problem("owner_elsewhere"))
    if all(one.organisation_id not in {None, organisation.pk} for one in mandates):
        refuse(measuring.Problem("owner_of_another"))
