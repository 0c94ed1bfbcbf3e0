"""Who may see and change figures. What is stored is public; only what a municipality imports is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.actors import permissions as actors
from samskap.apps.figures.models import Edition, Indicator

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["can_change_indicator", "can_delete_edition", "can_import_figures"]


def can_import_figures(person: Any, municipality: Municipality) -> bool:
    """May import figures for the pages of this municipality, and make indicators of its own."""
    return actors.can_facilitate(person, municipality)


def can_delete_edition(person: Any, edition: Edition) -> bool:
    """May delete what the municipality imported; an operator may delete anything."""
    if edition.municipality is not None and can_import_figures(person, edition.municipality):
        return True
    return actors.can_operate(person)


def can_change_indicator(person: Any, indicator: Indicator) -> bool:
    """May change an indicator that the municipality made itself; those of the catalogue are nobody's."""
    return indicator.municipality is not None and can_import_figures(person, indicator.municipality)
