"""The scenarios that stand in the report of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from samskap.apps.outlook import rules
from samskap.apps.outlook.queries.comparing import address_of, stored
from samskap.apps.outlook.queries.page import short_context, unreadable_context
from samskap.apps.outlook.queries.scenarios import report_scenarios
from samskap.kernel.municipalities import MUNICIPALITY_NAMES

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.outlook.models import Scenario

__all__ = ["Reported", "reported", "scenario_context"]


@dataclass(frozen=True)
class Reported:
    """One scenario as a report tells it: `context` is what its page shows, `data` where it can be had as open data."""

    pk: int
    name: str
    lang: str
    url: str
    data: str
    context: dict[str, Any]


def scenario_context(scenario: Scenario, *, prefix: str = "") -> dict[str, Any]:
    """What a scenario tells, as it was saved."""
    told = stored(scenario, name=MUNICIPALITY_NAMES.get(scenario.place, scenario.municipality.name))
    if told is None:
        return unreadable_context(
            levers=rules.in_order(scenario.levers),
            address=rules.in_order(scenario.address),
            standing=scenario.standing,
        )
    return short_context(told, prefix=prefix)


def reported(municipality: Municipality) -> tuple[Reported, ...]:
    """The scenarios that a municipality puts in its reports, as they were saved. One query."""
    return tuple(
        Reported(
            pk=one.pk,
            name=one.name,
            lang=one.language,
            url=reverse("outlook:scenario", args=[one.place, one.pk]),
            data=f"{reverse('outlook:outlook_json', args=[one.place])}?{address_of(one)}",
            context=scenario_context(one, prefix=f"scenario-{one.pk}-"),
        )
        for one in report_scenarios(municipality)
    )
