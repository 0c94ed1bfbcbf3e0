"""Who may, in the terms of mandates. An operator is not a facilitator: operating the machine gives no say."""

from __future__ import annotations

from typing import Any

from samskap.apps.actors.models import Mandate, Municipality, Person

__all__ = ["can_administer", "can_facilitate", "has_role", "is_staff_somewhere"]


def has_role(person: Any, municipality: Municipality, *roles: str) -> bool:
    """A signed-in, active person holds one of these roles in this municipality."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    return Mandate.objects.filter(person=person, municipality=municipality, role__in=roles).exists()


def can_facilitate(person: Any, municipality: Municipality) -> bool:
    """May prepare and run processes, conversations and gatherings."""
    return has_role(person, municipality, "facilitator", "leader")


def can_administer(person: Any, municipality: Municipality) -> bool:
    """May change the municipality's own settings, organisations and mandates."""
    return has_role(person, municipality, "leader", "facilitator")


def is_staff_somewhere(person: Any) -> bool:
    """Holds the role leader or facilitator in at least one municipality: a second factor can be asked of these."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    return Mandate.objects.filter(person=person, role__in=["leader", "facilitator"]).exists()
