"""The scenarios that stand in the report of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from samskap.apps.outlook.queries.comparing import address_of, stored
from samskap.apps.outlook.queries.page import short_context
from samskap.apps.outlook.queries.scenarios import report_scenarios
from samskap.kernel.municipalities import MUNICIPALITY_NAMES

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["Reported", "reported"]


@dataclass(frozen=True)
class Reported:
    """One scenario as a report tells it: `context` is what its page shows, `data` where it can be had as open data."""

    pk: int
    name: str
    lang: str
    url: str
    data: str
    context: dict[str, Any]


def reported(municipality: Municipality) -> tuple[Reported, ...]:
    """The scenarios that a municipality puts in its reports, as they were saved. One query."""
    return tuple(
        Reported(
            pk=one.pk,
            name=one.name,
            lang=one.language,
            url=reverse("outlook:scenario", args=[one.place, one.pk]),
            data=f"{reverse('outlook:outlook_json', args=[one.place])}?{address_of(one)}",
            context=short_context(
                stored(one, name=MUNICIPALITY_NAMES.get(one.place, municipality.name)), prefix=f"scenario-{one.pk}-"
            ),
        )
        for one in report_scenarios(municipality)
    )
