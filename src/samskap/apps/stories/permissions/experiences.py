"""Who may export, import and read experiences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.actors import permissions as actors
from samskap.apps.initiatives import permissions as initiatives

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.models import Initiative

__all__ = ["can_export_experience", "can_import_experiences"]


def can_import_experiences(person: Any, municipality: Municipality) -> bool:
    """May bring in what others learned, read it here and begin from it: those in charge."""
    return actors.can_facilitate(person, municipality)


def can_export_experience(person: Any, initiative: Initiative) -> bool:
    """May fetch the file: of a published initiative those in charge of any municipality, who are to learn from it.

    The stories in it are lent to other municipalities, not published.
    """
    if not initiatives.can_see_initiative(person, initiative):
        return False
    return initiative.is_published and actors.is_staff_somewhere(person)
