"""The scenarios of the example municipality, computed as anybody's are."""

from __future__ import annotations

from typing import Any

from samskap.cli.demo_texts import content
from samskap.kernel.acting import SYSTEM_DEMO

__all__ = ["save_scenarios"]


def save_scenarios(municipality: Any) -> dict[str, int]:
    """Save what the content names, and put in the report what belongs there. Needs the figures. Gives ids by name."""
    from samskap.apps.outlook import actions, compute  # noqa: PLC0415 -- needs settings

    place, name, saved = municipality.number, municipality.name, {}
    for entry in content("outlook")["scenarios"]:
        levers = dict(entry["levers"])
        told = compute.outlook(place, name=name, levers=levers, replaced={})
        kept = compute.scenario_fields(told, levers=levers, replaced={})
        kept["address"] = {key: f"{value:g}" for key, value in levers.items()}
        scenario = actions.save_scenario(municipality, name=entry["name"], by=SYSTEM_DEMO, **kept)
        if entry["in_report"]:
            actions.put_in_report(scenario, by=SYSTEM_DEMO)
        saved[scenario.name] = scenario.pk
    return saved
