"""Who may, in the terms of mandates. An operator is not a facilitator: operating the machine gives no say."""

from __future__ import annotations

from typing import Any

from samskap.apps.actors import rules
from samskap.apps.actors.models import Mandate, Municipality, Person

__all__ = [
    "can_administer",
    "can_facilitate",
    "can_give_mandate",
    "can_operate",
    "can_withdraw_mandate",
    "has_role",
    "is_staff_somewhere",
]


def has_role(person: Any, municipality: Municipality, *roles: str) -> bool:
    """A signed-in, active person holds one of these roles in this municipality."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    return Mandate.objects.filter(person=person, municipality=municipality, role__in=roles).exists()


def can_facilitate(person: Any, municipality: Municipality) -> bool:
    """May prepare and run processes, conversations and gatherings."""
    return has_role(person, municipality, *rules.IN_CHARGE)


def can_administer(person: Any, municipality: Municipality) -> bool:
    """May change the municipality's own settings, organisations and mandates."""
    return has_role(person, municipality, *rules.IN_CHARGE)


def is_staff_somewhere(person: Any) -> bool:
    """Holds the role leader or facilitator in at least one municipality: a second factor can be asked of these."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    return Mandate.objects.filter(person=person, role__in=rules.IN_CHARGE).exists()


def can_operate(person: Any) -> bool:
    """May add and delete municipalities."""
    return isinstance(person, Person) and person.is_active and person.is_operator


def can_give_mandate(person: Any, municipality: Municipality, role: str) -> bool:
    """May give this role: what one's own roles reach; an operator names the first where nobody is in charge."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    own = Mandate.objects.filter(person=person, municipality=municipality).values_list("role", flat=True)
    if rules.may_give(own, role=role):
        return True
    return can_operate(person) and role in rules.IN_CHARGE and not _has_someone_in_charge(municipality)


def can_withdraw_mandate(person: Any, mandate: Mandate) -> bool:
    """May take this mandate back: one's own always, others' as far as one may give them."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    if mandate.person_id == person.pk:
        return True
    own = Mandate.objects.filter(person=person, municipality_id=mandate.municipality_id).values_list("role", flat=True)
    return rules.may_give(own, role=mandate.role)


def _has_someone_in_charge(municipality: Municipality) -> bool:
    return Mandate.objects.filter(municipality=municipality, role__in=rules.IN_CHARGE, person__is_active=True).exists()
