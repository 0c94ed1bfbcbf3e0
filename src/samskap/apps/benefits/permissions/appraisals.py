"""Who may write effect lists, and make, show and see appraisals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.initiatives import permissions as initiatives

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Appraisal
    from samskap.apps.initiatives.models import Initiative

__all__ = ["can_appraise", "can_edit_effects", "can_see_appraisal"]


def can_edit_effects(person: Any, initiative: Initiative) -> bool:
    """May write the effect list: those who may change the initiative."""
    return initiatives.can_edit_initiative(person, initiative)


def can_appraise(person: Any, initiative: Initiative) -> bool:
    """May make an appraisal, show it to everybody and delete it: those in charge."""
    return initiatives.can_decide_gate(person, initiative)


def can_see_appraisal(viewer: Any, appraisal: Appraisal) -> bool:
    """An appraisal that is shown, of a published initiative, is public; others are for those who work with it."""
    initiative = appraisal.initiative
    is_public = appraisal.is_shown and initiative.is_published
    return is_public or initiatives.can_edit_initiative(viewer, initiative)
