"""Who may save scenarios, and who sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.actors import permissions as actors

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.outlook.models import Scenario

__all__ = ["can_change_scenario", "can_save_scenario", "can_see_scenario"]


def can_save_scenario(person: Any, municipality: Municipality | None) -> bool:
    """Those in charge of the municipality may keep a scenario for it."""
    return municipality is not None and actors.can_facilitate(person, municipality)


def can_change_scenario(person: Any, scenario: Scenario) -> bool:
    """May delete it, and put it in the report or take it out."""
    return can_save_scenario(person, scenario.municipality)


def can_see_scenario(viewer: Any, scenario: Scenario) -> bool:
    """What is in the report is public; the rest is seen by those in charge."""
    return scenario.in_report or can_change_scenario(viewer, scenario)
