"""Who may see benefits, follow them up, and approve and lock what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.actors import permissions as actors
from samskap.apps.actors.queries import mandates_of
from samskap.apps.initiatives import permissions as initiatives

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Benefit, Measurement
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "can_approve",
    "can_edit_benefits",
    "can_lock",
    "can_measure",
    "can_see_benefits",
    "is_benefit_owner",
]


def can_see_benefits(viewer: Any, initiative: Initiative) -> bool:
    """The benefits of a published initiative are public; those of a draft are seen by who may change it."""
    return initiatives.can_see_initiative(viewer, initiative)


def can_edit_benefits(person: Any, initiative: Initiative) -> bool:
    """May write, change and end benefits: who may change the initiative."""
    return initiatives.can_edit_initiative(person, initiative)


def can_measure(person: Any, benefit: Benefit) -> bool:
    """May write the baseline and measurements: who may change the benefit, and who answers for it."""
    return can_edit_benefits(person, benefit.initiative) or is_benefit_owner(person, benefit)


def can_approve(person: Any, measurement: Measurement) -> bool:
    """May approve a measurement: somebody in charge who did not write it."""
    return can_lock(person, measurement) and measurement.written_by_id != person.pk


def can_lock(person: Any, measurement: Measurement) -> bool:
    """May lock an approved measurement for good, or send it back: those in charge."""
    return actors.can_facilitate(person, measurement.benefit.initiative.municipality)


def is_benefit_owner(person: Any, benefit: Benefit) -> bool:
    """Answers for the benefit, and still has a role in the municipality."""
    if benefit.owner_id is None or benefit.owner_id != getattr(person, "pk", None):
        return False
    return bool(getattr(person, "is_active", False)) and bool(mandates_of(person, benefit.initiative.municipality))
