"""Reading outlooks and scenarios."""

from samskap.apps.outlook.queries.charts import (
    SCENARIO_CHARTS,
    chart_name,
    scenario_charts,
    scenario_of,
    scenario_url,
    scenarios_with_charts,
)
from samskap.apps.outlook.queries.comparing import (
    Choice,
    Compared,
    address_of,
    comparable,
    compared,
    compared_context,
    savable_municipality,
    stored,
)
from samskap.apps.outlook.queries.page import (
    CHART_QUANTITIES,
    answer_context,
    assumed_lines,
    chosen_group,
    csv_file,
    document,
    short_context,
)
from samskap.apps.outlook.queries.parameters import Parameter, shown
from samskap.apps.outlook.queries.parts import municipality_parts, place_parts
from samskap.apps.outlook.queries.report import Reported, reported, scenario_context
from samskap.apps.outlook.queries.scenarios import (
    changeable_scenario,
    report_scenarios,
    scenario_story,
    scenarios_of,
    visible_scenario,
)
from samskap.apps.outlook.queries.told import TOTAL, Past, Told

__all__ = [
    "CHART_QUANTITIES",
    "SCENARIO_CHARTS",
    "TOTAL",
    "Choice",
    "Compared",
    "Parameter",
    "Past",
    "Reported",
    "Told",
    "address_of",
    "answer_context",
    "assumed_lines",
    "changeable_scenario",
    "chart_name",
    "chosen_group",
    "comparable",
    "compared",
    "compared_context",
    "csv_file",
    "document",
    "municipality_parts",
    "place_parts",
    "report_scenarios",
    "reported",
    "savable_municipality",
    "scenario_charts",
    "scenario_context",
    "scenario_of",
    "scenario_story",
    "scenario_url",
    "scenarios_of",
    "scenarios_with_charts",
    "short_context",
    "shown",
    "stored",
    "visible_scenario",
]
