"""Who may see and change the effect chain of an initiative: those who may see and change the initiative."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.initiatives import permissions as initiatives

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative

__all__ = ["can_edit_chain", "can_see_chain"]


def can_see_chain(viewer: Any, initiative: Initiative) -> bool:
    """The chain of a published initiative is public; that of a draft is seen by those who may change it."""
    return initiatives.can_see_initiative(viewer, initiative)


def can_edit_chain(person: Any, initiative: Initiative) -> bool:
    """May add, change, move and delete links and arrows, and hang benefits on outcomes."""
    return initiatives.can_edit_initiative(person, initiative)
