"""Who may moderate stories, and who may write one down for somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.actors import permissions as actors
from samskap.apps.initiatives import permissions as initiatives

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.models import Initiative

__all__ = ["can_moderate_stories", "can_tell_story", "can_write_for_teller"]


def can_moderate_stories(person: Any, municipality: Municipality) -> bool:
    """May read what waits, decide, propose changes and take stories away: those in charge."""
    return actors.can_facilitate(person, municipality)


def can_tell_story(viewer: Any, initiative: Initiative) -> bool:
    """Anybody may tell a story of an initiative that is public."""
    return initiative.is_published and initiatives.can_see_initiative(viewer, initiative)


def can_write_for_teller(person: Any, initiative: Initiative) -> bool:
    """May write down what somebody else tells: everybody with a role in the municipality."""
    roles = ("leader", "facilitator", "unit_manager", "partner")
    return initiative.is_published and actors.has_role(person, initiative.municipality, *roles)
