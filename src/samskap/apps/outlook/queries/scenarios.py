"""Reading scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.outlook import permissions
from samskap.apps.outlook.models import Scenario
from samskap.apps.trail.queries import Story
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["changeable_scenario", "report_scenarios", "scenario_story", "scenarios_of", "visible_scenario"]


def _find(pk: int) -> Scenario | None:
    return Scenario.objects.select_related("municipality").filter(pk=pk).first()


def visible_scenario(pk: int, *, place: str, viewer: Any) -> Scenario:
    """The scenario of a place, or `NotFound` where it does not exist or this viewer may not see it."""
    scenario = _find(pk)
    if scenario is None or scenario.place != place or not permissions.can_see_scenario(viewer, scenario):
        raise NotFound(_("There is no such scenario here."), cure=_("Go back to the outlook of the municipality."))
    return scenario


def changeable_scenario(pk: int, *, place: str, viewer: Any) -> Scenario:
    """The scenario, for those who may change it; `NotFound` for everybody else."""
    scenario = _find(pk)
    if scenario is None or scenario.place != place or not permissions.can_change_scenario(viewer, scenario):
        raise NotFound(_("There is no such scenario here."), cure=_("Go back to the outlook of the municipality."))
    return scenario


def scenarios_of(place: str, *, viewer: Any) -> list[Scenario]:
    """The scenarios of a place that this viewer sees, the newest first, without their results."""
    found = Scenario.objects.select_related("municipality").filter(place=place).defer("result")
    return [one for one in found if permissions.can_see_scenario(viewer, one)]


def report_scenarios(municipality: Municipality) -> list[Scenario]:
    """The scenarios that a municipality puts in its reports, the oldest first."""
    found = Scenario.objects.select_related("municipality").filter(municipality=municipality, in_report=True)
    return list(found.order_by("created_at", "pk"))


def scenario_story(pk: int, *, viewer: Any) -> Story:
    """The history of a scenario, for those who may see it."""
    scenario = _find(pk)
    if scenario is None or not permissions.can_see_scenario(viewer, scenario):
        raise NotFound(_("There is no such scenario here."))
    url = reverse("outlook:scenario", args=[scenario.place, pk])
    return Story(scenario.name, scenario.language, url, (scenario,))
