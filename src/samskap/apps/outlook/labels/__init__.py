"""Words people see for the keys of this module, and how its numbers are written. Sentences are in `sentences`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samskap.formats.charts import Numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django_stubs_ext import StrOrPromise

__all__ = [
    "ESTIMATES",
    "GROUPS",
    "LAYERS",
    "LEVERS",
    "LEVER_GROUPS",
    "LEVER_HELP",
    "LEVER_UNITS",
    "SERVICES",
    "SERVICE_UNITS",
    "STANDINGS",
    "chance",
    "estimate_name",
    "filled_notes",
    "follow_help",
    "group_name",
    "layer_name",
    "millions",
    "numbers",
    "percent",
    "persons",
    "posts",
    "ratio",
    "share",
    "times",
]

GROUPS: dict[str, StrOrPromise] = {
    "total": gettext_lazy("Everybody"),
    "0-5": gettext_lazy("0–5 years"),
    "6-15": gettext_lazy("6–15 years"),
    "16-66": gettext_lazy("16–66 years"),
    "67-79": gettext_lazy("67–79 years"),
    "80-89": gettext_lazy("80–89 years"),
    "90+": gettext_lazy("90 years and over"),
    "80+": gettext_lazy("80 years and over"),
}

SERVICES: dict[str, StrOrPromise] = {
    "kindergarten": gettext_lazy("Kindergarten"),
    "school": gettext_lazy("School"),
    "child_welfare": gettext_lazy("Child welfare"),
    "health": gettext_lazy("Health"),
    "care": gettext_lazy("Care"),
    "social": gettext_lazy("Social services"),
    "administration": gettext_lazy("Administration"),
}

SERVICE_UNITS: dict[str, StrOrPromise] = {
    "children": gettext_lazy("children"),
    "pupils": gettext_lazy("pupils"),
    "recipients": gettext_lazy("recipients"),
    "need": gettext_lazy("units of need"),
}

STANDINGS: dict[str, StrOrPromise] = {
    "official": gettext_lazy("From official figures"),
    "ours": gettext_lazy("From the municipality's own figures"),
    "illustrative": gettext_lazy("Illustrative: made-up figures"),
}

LEVER_GROUPS: dict[str, StrOrPromise] = {
    "people": gettext_lazy("Who lives here"),
    "services": gettext_lazy("What the services do"),
    "money": gettext_lazy("What there is to live on"),
}

LEVERS: dict[str, StrOrPromise] = {
    "births": gettext_lazy("Children born to each woman"),
    "stay": gettext_lazy("Young adults who stay"),
    "come": gettext_lazy("People who move in"),
    "jobs": gettext_lazy("New jobs"),
    "homes": gettext_lazy("New homes"),
    "refugees": gettext_lazy("Refugees settled"),
    "life": gettext_lazy("Length of life"),
    "healthy": gettext_lazy("Healthier old age"),
    "productivity": gettext_lazy("Working smarter"),
    "coverage_kindergarten": gettext_lazy("Children in kindergarten"),
    "coverage_school": gettext_lazy("Use of school"),
    "coverage_child_welfare": gettext_lazy("Use of child welfare"),
    "coverage_health": gettext_lazy("Use of health services"),
    "coverage_care": gettext_lazy("Use of care"),
    "coverage_social": gettext_lazy("Use of social services"),
    "coverage_administration": gettext_lazy("Administration"),
    "freed": gettext_lazy("Time that benefits free"),
    "unit_cost": gettext_lazy("Cost of a place or a user"),
    "saved": gettext_lazy("Money that benefits save"),
    "income": gettext_lazy("Growth of free income"),
    "phase_in_years": gettext_lazy("Years until it works fully"),
}

LEVER_HELP: dict[str, StrOrPromise] = {
    "births": gettext_lazy("Change in per cent from today's number of children a woman."),
    "stay": gettext_lazy("Per cent fewer who move out between 18 and 34 years of age."),
    "come": gettext_lazy("Per cent more who move in from other municipalities between 20 and 44 years of age."),
    "jobs": gettext_lazy("New jobs a year that bring people, above today's."),
    "homes": gettext_lazy("New homes a year, above today's building."),
    "refugees": gettext_lazy("Persons a year, above today's."),
    "life": gettext_lazy("Years more of life expectancy when the outlook ends."),
    "healthy": gettext_lazy("Per cent of the gained years of life after 67 that are free of need."),
    "productivity": gettext_lazy("Per cent less work a year for the same service."),
    "coverage_kindergarten": gettext_lazy("Change in per cent of the share who have a place."),
    "coverage_school": gettext_lazy("Change in per cent of the share who use it."),
    "coverage_child_welfare": gettext_lazy("Change in per cent of the share who use it."),
    "coverage_health": gettext_lazy("Change in per cent of the share who use them."),
    "coverage_care": gettext_lazy("Change in per cent of the share who use it."),
    "coverage_social": gettext_lazy("Change in per cent of the share who use them."),
    "coverage_administration": gettext_lazy("Change in per cent for each inhabitant."),
    "freed": gettext_lazy("Full-time posts of time a year. It is no money until somebody decides so."),
    "unit_cost": gettext_lazy("Change in per cent."),
    "saved": gettext_lazy("Thousand kroner a year less to pay; below 0 more."),
    "income": gettext_lazy("Per cent a year in real terms, beyond what the number and age of people bring."),
    "phase_in_years": gettext_lazy("The changes come evenly over so many years."),
}

LEVER_UNITS: dict[str, StrOrPromise] = {
    "jobs": gettext_lazy("a year"),
    "homes": gettext_lazy("a year"),
    "refugees": gettext_lazy("a year"),
    "life": gettext_lazy("years"),
    "phase_in_years": gettext_lazy("years"),
    "productivity": gettext_lazy("% a year"),
    "freed": gettext_lazy("posts"),
    "saved": gettext_lazy("thousand kroner a year"),
    "income": gettext_lazy("% a year"),
}

LAYERS: dict[str, StrOrPromise] = {
    "nation": gettext_lazy("The country: births, deaths and immigration"),
    "place": gettext_lazy("The municipality: who moves in and out"),
    "people": gettext_lazy("Chance among few people"),
}

ESTIMATES: dict[str, StrOrPromise] = {
    "fertility": gettext_lazy("Children born to each woman"),
    "mortality": gettext_lazy("Deaths, against what the country's ages would give"),
    "net_moves": gettext_lazy("Moves in less moves out, for each 1,000 people a year"),
}


_LINES: dict[str, StrOrPromise] = {
    "free_income": gettext_lazy("free income"),
    "tax": gettext_lazy("tax"),
    "other_income": gettext_lazy("other income"),
    "interest_rate": gettext_lazy("rate of interest"),
    "instalments": gettext_lazy("instalments"),
    "debt": gettext_lazy("debt"),
    "free_funds": gettext_lazy("free funds"),
    "net_result": gettext_lazy("net operating result"),
}
_PARTS: dict[str, StrOrPromise] = {
    "expenditure": gettext_lazy(
        "Kroner not in the accounts are those of the country for people of these ages: %(what)s."
    ),
    "posts": gettext_lazy("Posts are reckoned from the kroner: %(what)s."),
    "users": gettext_lazy("Users are those of the country for people of these ages: %(what)s."),
}


def filled_notes(estimated: Collection[str], *, has_accounts: bool) -> tuple[str, ...]:
    """What had to be assumed because it is not in the accounts, in sentences."""
    if not has_accounts:
        return (_("The accounts are not known. Kroner and posts are those of the country for people of these ages."),)
    told = []
    for part, sentence in _PARTS.items():
        services = [str(name).lower() for key, name in SERVICES.items() if f"{part}.{key}" in estimated]
        if services:
            told.append(str(sentence) % {"what": ", ".join(services)})
    lines = [str(words) for key, words in _LINES.items() if key in estimated]
    if lines:
        told.append(_("These are not in the accounts, and are assumed: %(what)s.") % {"what": ", ".join(lines)})
    return tuple(told)


def group_name(key: str) -> str:
    """An age group in words."""
    return str(GROUPS.get(key, key))


def layer_name(key: str) -> str:
    """A cause of spread in words."""
    return str(LAYERS[key])


def follow_help(projection: str) -> str:
    """What it means to follow an official projection."""
    return _("People at each age are as in “%(name)s”. The spread stays ours, and a line shows our own middle.") % {
        "name": projection
    }


def estimate_name(key: str) -> str:
    """What is estimated, in words."""
    return str(ESTIMATES[key])


def numbers() -> Numbers:
    """How numbers are written in the reader's language."""
    return Numbers(decimal=".", group=",") if get_language() == "en" else Numbers()


def persons(value: float) -> str:
    """People as far as an outlook can tell: to ten above a thousand, to a hundred above a hundred thousand."""
    step = 100 if abs(value) >= 100_000 else 10 if abs(value) >= 1_000 else 1
    return numbers().write(round(value / step) * step)


def posts(value: float) -> str:
    """Full-time posts: whole ones, with a decimal below ten."""
    return numbers().write(value, 0 if abs(value) >= 9.95 else 1)


def millions(kroner: float) -> str:
    """Kroner as millions: "12,4"."""
    value = kroner / 1e6
    return numbers().write(value, 0 if abs(value) >= 99.5 else 1)


def ratio(value: float) -> str:
    """A ratio with one decimal."""
    return numbers().write(value, 1)


def share(value: float) -> str:
    """A percentage with one decimal: "1,8 %"."""
    return _("%(percent)s%%") % {"percent": numbers().write(value, 1)}


def percent(value: float) -> str:
    """A share from 0 to 1 as a whole percentage: "62 %"."""
    return _("%(percent)s%%") % {"percent": numbers().write(value * 100)}


def chance(value: float) -> str:
    """A probability as a whole percentage that is never surer than a thousand draws can be."""
    if 0 < value < 0.01:
        return _("less than %(percent)s") % {"percent": percent(0.01)}
    if 0.99 < value < 1:
        return _("more than %(percent)s") % {"percent": percent(0.99)}
    return percent(value)


def times(write: Callable[[float], str], *, low: float, high: float) -> str:
    """A band in words: "3 510–4 080"; with a word between where a sign could be taken for the dash."""
    if write(low) == write(high):
        return write(low)
    if low < 0 or high < 0:
        return _("%(low)s to %(high)s") % {"low": write(low), "high": write(high)}
    return f"{write(low)}–{write(high)}"
