"""Who may see and change challenges."""

from __future__ import annotations

from typing import Any

from samskap.apps.actors import permissions as actors
from samskap.apps.challenges.models import Challenge

__all__ = ["can_edit_challenge", "can_see_challenge"]


def can_edit_challenge(person: Any, challenge: Challenge) -> bool:
    """May change, publish, move and delete it."""
    return actors.can_facilitate(person, challenge.municipality)


def can_see_challenge(viewer: Any, challenge: Challenge) -> bool:
    """A published challenge is public; a draft is seen by those who may change it."""
    return challenge.is_published or can_edit_challenge(viewer, challenge)
