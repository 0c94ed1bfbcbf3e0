"""Words people see for the keys of figures: topics, units, standings, reasons why a figure is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "MISSING",
    "STANDINGS",
    "TOPICS",
    "UNITS",
    "missing_choices",
    "standing_choices",
    "topic_choices",
    "unit_choices",
]

# In the order in which a page shows them.
TOPICS = {
    "people": _("People"),
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
