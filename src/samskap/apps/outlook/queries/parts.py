"""What this module puts on the pages of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.outlook.queries.scenarios import scenarios_of
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.web.parts import Card, Part

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["municipality_parts", "place_parts"]


def place_parts(place: str, viewer: Any) -> list[Part]:
    """The outlook and the scenarios that this viewer sees, for the page with the figures of a place."""
    if place not in MUNICIPALITY_NAMES:
        return []
    outlook = Card(
        title=_("What comes in 25 years"),
        url=reverse("outlook:outlook", args=[place]),
        text=_("People, services and room for manoeuvre, with levers to try what can be done."),
    )
    scenarios = [
        Card(
            title=one.name,
            url=reverse("outlook:scenario", args=[place, one.pk]),
            eyebrow=_("Scenario"),
            lang=one.language,
        )
        for one in scenarios_of(place, viewer=viewer)
    ]
    return [Part(title=_("Outlook"), cards=(outlook, *scenarios), order=35)]


def municipality_parts(municipality: Municipality, viewer: Any) -> list[Part]:
    """The same, for the municipality's own page."""
    return place_parts(municipality.number, viewer)
