"""Everything that changes scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import RestrictedError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samskap.apps.outlook import permissions
from samskap.apps.outlook.models import Scenario
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person

__all__ = ["delete_scenario", "put_in_report", "save_scenario", "take_out_of_report"]


@transaction.atomic
def save_scenario(municipality: Municipality, *, name: str, by: Acting, **fields: Any) -> Scenario:
    """Keep an outlook under a name; it is not public until it is put in the report."""
    municipality = lock(municipality)
    require(isinstance(by, SystemActor) or permissions.can_save_scenario(by, municipality))
    if Scenario.objects.filter(municipality=municipality, name=name).exists():
        raise RuleError(
            _("There is already a scenario with the name “%(name)s”.") % {"name": name},
            cure=_("Choose another name, or delete the old one first."),
        )
    person: Person | None = None if isinstance(by, SystemActor) else by  # type: ignore[assignment]
    scenario = Scenario.objects.create(
        municipality=municipality,
        name=name,
        language=get_language() or "nb",
        created_by=person,
        created_at=clock.now(),
        **fields,
    )
    trail.record("outlook.scenario_saved", scenario, by=by)
    return scenario


@transaction.atomic
def put_in_report(scenario: Scenario, *, by: Acting) -> Scenario:
    """Show the scenario to everybody, and in the report of the municipality's days."""
    return _set_in_report(scenario, by=by, wanted=True)


@transaction.atomic
def take_out_of_report(scenario: Scenario, *, by: Acting) -> Scenario:
    """Take the scenario out of the reports; only those in charge see it then."""
    return _set_in_report(scenario, by=by, wanted=False)


def _set_in_report(scenario: Scenario, *, by: Acting, wanted: bool) -> Scenario:
    scenario = lock(scenario)
    require(isinstance(by, SystemActor) or permissions.can_change_scenario(by, scenario))
    if scenario.in_report != wanted:
        scenario.in_report = wanted
        scenario.save(update_fields=["in_report"])
        verb = "outlook.scenario_put_in_report" if wanted else "outlook.scenario_taken_out"
        trail.record(verb, scenario, by=by, public=True)
    return scenario


@transaction.atomic
def delete_scenario(scenario: Scenario, *, by: Acting) -> None:
    """Delete a scenario for good; not while somebody else's page shows a chart of it."""
    scenario = lock(scenario)
    require(isinstance(by, SystemActor) or permissions.can_change_scenario(by, scenario))
    trail.record("outlook.scenario_deleted", scenario, by=by)
    try:
        scenario.delete()
    except RestrictedError as error:
        shown = ", ".join(sorted({f"“{one}”" for one in error.restricted_objects}))
        raise RuleError(
            _("A chart of this scenario is shown by: %(pages)s.") % {"pages": shown},
            code="scenario_shown",
            cure=_("Take the chart away there first, then delete the scenario."),
        ) from error
