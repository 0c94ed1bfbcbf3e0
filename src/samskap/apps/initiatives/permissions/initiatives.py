"""Who may see and change initiatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.actors import permissions as actors
from samskap.apps.actors.queries import mandates_of

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.models import Initiative

__all__ = ["can_decide_gate", "can_edit_initiative", "can_see_initiative", "can_start_initiative"]


def can_start_initiative(person: Any, municipality: Municipality) -> bool:
    """Those in charge of the municipality write new initiatives and keep the portfolio."""
    return actors.can_facilitate(person, municipality)


def can_decide_gate(person: Any, initiative: Initiative) -> bool:
    """May record what was decided between two stages, publish, hide and delete: those in charge."""
    return actors.can_facilitate(person, initiative.municipality)


def can_edit_initiative(person: Any, initiative: Initiative) -> bool:
    """May change what it says: those in charge, and its owner as long as the owner has a role in the municipality."""
    return can_decide_gate(person, initiative) or _is_owner(person, initiative)


def can_see_initiative(viewer: Any, initiative: Initiative) -> bool:
    """A published initiative is public; a draft is seen by those who may change it."""
    return initiative.is_published or can_edit_initiative(viewer, initiative)


def _is_owner(person: Any, initiative: Initiative) -> bool:
    if initiative.owner_id is None or initiative.owner_id != getattr(person, "pk", None):
        return False
    return bool(getattr(person, "is_active", False)) and bool(mandates_of(person, initiative.municipality))
