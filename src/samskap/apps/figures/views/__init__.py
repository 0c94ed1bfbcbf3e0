"""Pages of figures: those that everybody reads, and the desk of those who look after them."""

from __future__ import annotations

from samskap.apps.figures.views.desk import (
    change_indicator,
    delete_edition,
    delete_indicator,
    desk,
    import_file,
    new_indicator,
    preview_file,
)
from samskap.apps.figures.views.public import concept, indicator, indicator_csv, indicator_json, place, places

__all__ = [
    "change_indicator",
    "concept",
    "delete_edition",
    "delete_indicator",
    "desk",
    "import_file",
    "indicator",
    "indicator_csv",
    "indicator_json",
    "new_indicator",
    "place",
    "places",
    "preview_file",
]
