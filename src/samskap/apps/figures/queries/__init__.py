"""Reading figures: places, series, people, pages, editions."""

from __future__ import annotations

from samskap.apps.figures.queries.drawing import Chart
from samskap.apps.figures.queries.editions import (
    EditionRow,
    all_editions,
    changeable_indicator,
    choosable,
    deletable_edition,
    edition_by_id,
    editions_for,
    indicator_by_key,
    indicators_of,
    measures,
    stored_state,
)
from samskap.apps.figures.queries.lines import Lines
from samskap.apps.figures.queries.open_data import csv_file, jsonstat_document
from samskap.apps.figures.queries.pages import (
    chart_choices,
    charts_of,
    concept_page,
    indicator_page,
    indicator_url,
    municipality_parts,
    place_page,
)
from samskap.apps.figures.queries.people import (
    PlaceAccounts,
    PlacePeople,
    accounts_of,
    ground_changed_at,
    people_of,
    population_edition,
    population_of,
    populations,
)
from samskap.apps.figures.queries.places import (
    Place,
    counties,
    listed_places,
    neighbours,
    place_by_number,
    successors,
)
from samskap.apps.figures.queries.preview import Preview, preview_of, problems_in, read_waiting
from samskap.apps.figures.queries.series import Cited, Current, current_series, joined, latest_values, yearly
from samskap.apps.figures.queries.vintages import Projected, projections_of

__all__ = [
    "Chart",
    "Cited",
    "Current",
    "EditionRow",
    "Lines",
    "Place",
    "PlaceAccounts",
    "PlacePeople",
    "Preview",
    "Projected",
    "accounts_of",
    "all_editions",
    "changeable_indicator",
    "chart_choices",
    "charts_of",
    "choosable",
    "concept_page",
    "counties",
    "csv_file",
    "current_series",
    "deletable_edition",
    "edition_by_id",
    "editions_for",
    "ground_changed_at",
    "indicator_by_key",
    "indicator_page",
    "indicator_url",
    "indicators_of",
    "joined",
    "jsonstat_document",
    "latest_values",
    "listed_places",
    "measures",
    "municipality_parts",
    "neighbours",
    "people_of",
    "place_by_number",
    "place_page",
    "population_edition",
    "population_of",
    "populations",
    "preview_of",
    "problems_in",
    "projections_of",
    "read_waiting",
    "stored_state",
    "successors",
    "yearly",
]
