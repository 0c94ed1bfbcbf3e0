"""Words people see for the keys of figures: topics, units, standings, reasons why a figure is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format, get_format, number_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samskap.formats.charts import Numbers
from samskap.kernel.counties import COUNTY_NAMES
from samskap.kernel.municipalities import municipality_name
from samskap.sources.values import NATION

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "MISSING",
    "STANDINGS",
    "TOPICS",
    "UNITS",
    "chart_numbers",
    "citation",
    "missing_choices",
    "number",
    "place_name",
    "standing_choices",
    "topic_choices",
    "unit_choices",
    "with_sign",
]

# In the order in which a page shows them.
TOPICS = {
    "people": _("Inhabitants"),
    "ageing": _("Growing old"),
    "youth": _("Children and young people"),
    "work": _("Work and income"),
    "services": _("Services"),
    "economy": _("The municipality's economy"),
}

UNITS = {
    "persons": _("persons"),
    "percent": _("per cent"),
    "per_1000": _("per 1,000 persons"),
    "nok": _("kroner"),
    "nok_per_person": _("kroner per inhabitant"),
    "nok_per_household": _("kroner per household"),
    "posts": _("full-time posts"),
    "jobs": _("jobs"),
    "households": _("households"),
    "years": _("years"),
    "ratio": _("persons per person"),
    "index": _("index, the country is 1"),
    "number": _("number"),
}

STANDINGS = {
    "official": _("Official figures"),
    "ours": _("The municipality's own figures"),
    "illustrative": _("Illustrative figures, made up for the example"),
}

MISSING = {
    "not_available": _("No figure"),
    "hidden": _("Hidden for privacy"),
    "not_surveyed": _("Not surveyed that year"),
    "not_published": _("Not published"),
    "too_uncertain": _("Too uncertain to publish"),
}


def topic_choices() -> list[tuple[str, StrOrPromise]]:
    return list(TOPICS.items())


def unit_choices() -> list[tuple[str, StrOrPromise]]:
    return list(UNITS.items())


def standing_choices() -> list[tuple[str, StrOrPromise]]:
    return list(STANDINGS.items())


def missing_choices() -> list[tuple[str, StrOrPromise]]:
    return list(MISSING.items())


def place_name(place: str) -> str:
    """A municipality, the country, a county or a KOSTRA group, as people call it."""
    if place == NATION:
        return gettext("Norway")
    if place.startswith("EKG"):
        return gettext("KOSTRA group %(number)s") % {"number": int(place[3:])}
    if len(place) == 2:
        return COUNTY_NAMES.get(place, place)
    return municipality_name(place) or place


def number(value: float | None, *, decimals: int = 0) -> str:
    """A number as the reader's language writes it; an en dash where there is none."""
    if value is None:
        return "–"
    # Django cuts decimals off and keeps a minus before nought.
    return number_format(round(value, decimals) + 0, decimal_pos=decimals, force_grouping=True)


def with_sign(value: float, *, unit: str, decimals: int = 0) -> str:
    """A number; a share with the sign of per cent."""
    shown = number(value, decimals=decimals)
    return gettext("%(number)s %%") % {"number": shown} if unit == "percent" else shown


def citation(*, publisher: str, tables: Iterable[tuple[str, datetime]]) -> str:
    """Where figures come from, as it is to be cited: tables of one publisher, and when each was fetched."""
    by_day: dict[str, list[str]] = {}
    for table, fetched_at in dict.fromkeys(tables):
        by_day.setdefault(date_format(localtime(fetched_at), "DATE_FORMAT"), []).append(table)
    parts = [
        ngettext("table %(tables)s, fetched %(date)s", "tables %(tables)s, fetched %(date)s", len(of_day))
        % {"tables": get_text_list(of_day, gettext("and")), "date": day}
        for day, of_day in by_day.items()
    ]
    return gettext("Source: %(publisher)s, %(parts)s") % {"publisher": publisher, "parts": "; ".join(parts)}


def chart_numbers() -> Numbers:
    """How a chart writes numbers in the reader's language."""
    return Numbers(decimal=str(get_format("DECIMAL_SEPARATOR")), group=str(get_format("THOUSAND_SEPARATOR")))
