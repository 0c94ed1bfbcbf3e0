"""Words people see for the keys of this module, and how its numbers are written. Sentences are in `sentences`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from samskap.formats.charts import Numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django_stubs_ext import StrOrPromise

__all__ = [
    "GROUPS",
    "LAYERS",
    "LEVERS",
    "LEVER_GROUPS",
    "LEVER_HELP",
    "LEVER_UNITS",
    "PARAMETERS",
    "SERVICES",
    "SERVICE_UNITS",
    "STANDINGS",
    "chance",
    "estimate_name",
    "filled_notes",
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
    "total": _lazy("Everybody"),
    "0-5": _lazy("0–5 years"),
    "6-15": _lazy("6–15 years"),
    "16-66": _lazy("16–66 years"),
    "67-79": _lazy("67–79 years"),
    "80-89": _lazy("80–89 years"),
    "90+": _lazy("90 years and over"),
    "80+": _lazy("80 years and over"),
}

SERVICES: dict[str, StrOrPromise] = {
    "kindergarten": _lazy("Kindergarten"),
    "school": _lazy("School"),
    "child_welfare": _lazy("Child welfare"),
    "health": _lazy("Health"),
    "care": _lazy("Care"),
    "social": _lazy("Social services"),
    "administration": _lazy("Administration"),
}

SERVICE_UNITS: dict[str, StrOrPromise] = {
    "children": _lazy("children"),
    "pupils": _lazy("pupils"),
    "recipients": _lazy("recipients"),
    "need": _lazy("units of need"),
}

STANDINGS: dict[str, StrOrPromise] = {
    "official": _lazy("From official figures"),
    "ours": _lazy("From the municipality's own figures"),
    "illustrative": _lazy("Illustrative: made-up figures"),
}

LEVER_GROUPS: dict[str, StrOrPromise] = {
    "people": _lazy("Who lives here"),
    "services": _lazy("What the services do"),
    "money": _lazy("What there is to live on"),
}

LEVERS: dict[str, StrOrPromise] = {
    "births": _lazy("Children born to each woman"),
    "stay": _lazy("Young adults who stay"),
    "come": _lazy("People who move in"),
    "jobs": _lazy("New jobs"),
    "homes": _lazy("New homes"),
    "refugees": _lazy("Refugees settled"),
    "life": _lazy("Length of life"),
    "healthy": _lazy("Healthier old age"),
    "productivity": _lazy("Working smarter"),
    "coverage_kindergarten": _lazy("Children in kindergarten"),
    "coverage_school": _lazy("Use of school"),
    "coverage_child_welfare": _lazy("Use of child welfare"),
    "coverage_health": _lazy("Use of health services"),
    "coverage_care": _lazy("Use of care"),
    "coverage_social": _lazy("Use of social services"),
    "coverage_administration": _lazy("Administration"),
    "unit_cost": _lazy("Cost of a place or a user"),
    "income": _lazy("Growth of free income"),
    "phase_in_years": _lazy("Years until it works fully"),
}

LEVER_HELP: dict[str, StrOrPromise] = {
    "births": _lazy("Change in per cent from today's number of children a woman."),
    "stay": _lazy("Per cent fewer who move out between 18 and 34 years of age."),
    "come": _lazy("Per cent more who move in from other municipalities between 20 and 44 years of age."),
    "jobs": _lazy("New jobs a year that bring people, above today's."),
    "homes": _lazy("New homes a year, above today's building."),
    "refugees": _lazy("Persons a year, above today's."),
    "life": _lazy("Years more of life expectancy when the outlook ends."),
    "healthy": _lazy("Per cent of the gained years of life after 67 that are free of need."),
    "productivity": _lazy("Per cent less work a year for the same service."),
    "coverage_kindergarten": _lazy("Change in per cent of the share who have a place."),
    "coverage_school": _lazy("Change in per cent of the share who use it."),
    "coverage_child_welfare": _lazy("Change in per cent of the share who use it."),
    "coverage_health": _lazy("Change in per cent of the share who use them."),
    "coverage_care": _lazy("Change in per cent of the share who use it."),
    "coverage_social": _lazy("Change in per cent of the share who use them."),
    "coverage_administration": _lazy("Change in per cent for each inhabitant."),
    "unit_cost": _lazy("Change in per cent."),
    "income": _lazy("Per cent a year in real terms, beyond what the number and age of people bring."),
    "phase_in_years": _lazy("The changes come evenly over so many years."),
}

LEVER_UNITS: dict[str, StrOrPromise] = {
    "jobs": _lazy("a year"),
    "homes": _lazy("a year"),
    "refugees": _lazy("a year"),
    "life": pgettext_lazy("length of time", "years"),
    "phase_in_years": pgettext_lazy("length of time", "years"),
    "productivity": _lazy("% a year"),
    "income": _lazy("% a year"),
}

LAYERS: dict[str, StrOrPromise] = {
    "nation": _lazy("The country: births, deaths and immigration"),
    "fertility": _lazy("How many children are born"),
    "mortality": _lazy("How long people live"),
    "immigration": _lazy("How many come from abroad"),
    "place": _lazy("The municipality: who moves in and out"),
    "area": _lazy("The municipality: who moves in and out"),
    "people": _lazy("Chance among few people"),
}

PARAMETERS: dict[str, StrOrPromise] = {
    "fertility": _lazy("Children born to each woman"),
    "births": _lazy("Children born to each woman"),
    "mortality": _lazy("Deaths at each age"),
    "deaths": _lazy("Deaths at each age"),
    "out_moves": _lazy("Moves out"),
    "in_moves": _lazy("Moves in"),
    "share": _lazy("Moves in"),
    "immigration": _lazy("Immigration"),
    "net_migration": _lazy("Moves in less moves out"),
    "level": _lazy("Moves in less moves out"),
    "level_sd": _lazy("How far moving strays over time"),
}


_LINES: dict[str, StrOrPromise] = {
    "free_income": _lazy("free income"),
    "tax": _lazy("tax"),
    "other_income": _lazy("other income"),
    "interest_rate": _lazy("rate of interest"),
    "instalments": _lazy("instalments"),
    "debt": _lazy("debt"),
    "free_funds": _lazy("free funds"),
    "net_result": _lazy("net operating result"),
}
_PARTS: dict[str, StrOrPromise] = {
    "expenditure": _lazy("Kroner not in the accounts are those of the country for people of these ages: %(what)s."),
    "posts": _lazy("Posts are reckoned from the kroner: %(what)s."),
    "users": _lazy("Users are those of the country for people of these ages: %(what)s."),
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
    return str(LAYERS.get(key, key.replace("_", " ").capitalize()))


def estimate_name(key: str) -> str:
    """What is estimated, in words; a key may carry ages after a space or a colon."""
    name, _colon, ages = key.replace(":", " ").partition(" ")
    words = str(PARAMETERS.get(name, name.replace("_", " ").capitalize()))
    return f"{words}, {ages}" if ages else words


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
    if low < 0 or high < 0:
        return _("%(low)s to %(high)s") % {"low": write(low), "high": write(high)}
    return f"{write(low)}–{write(high)}"
