"""Which part of the people, the jobs or the users a series is about, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["PARTS", "PART_TITLES", "breakdown_words", "dividing"]

# What the codes of SSB mean; `sources/ssb.py` looks whether the table still means it by them.
PARTS: dict[str, dict[str, StrOrPromise]] = {
    "alternative": {
        "MMMM": _("main alternative"),
        "LLML": _("low national growth"),
        "HHMH": _("high national growth"),
    },
    "industry": {
        "01-03": _("agriculture, forestry and fishing"),
        "05-09": _("mining and extraction"),
        "10-33": _("manufacturing"),
        "35-39": _("electricity, water and waste"),
        "41-43": _("construction"),
        "45-47": _("trade and repair of motor vehicles"),
        "49-53": _("transport and storage"),
        "55-56": _("accommodation and food service"),
        "58-63": _("information and communication"),
        "64-66": _("finance and insurance"),
        "68-75": _("real estate and technical services"),
        "77-82": _("administrative and support services"),
        "84": _("public administration and defence"),
        "85": _("teaching"),
        "86-88": _("health and social services"),
        "90-99": _("personal services"),
    },
    "kind": {
        "home": _("services at home"),
        "institution": _("in an institution"),
    },
    "sex": {
        "female": _("women"),
        "male": _("men"),
    },
    "status": {
        "A.01": _("employed"),
        "A.09": _("unemployed"),
        "U.01": _("on labour market measures"),
        "U.03": _("in education"),
        "U.04-U.05": _("assessment allowance or disability benefit"),
        "U.06-U.07": _("with a pension"),
        "U.90A": _("in other ways"),
    },
}

_FORMS = {
    "age": _("aged %(value)s"),
    "alternative": _("alternative %(value)s"),
    "grade": _("grade %(value)s"),
    "industry": _("industry %(value)s"),
    "kind": _("kind: %(value)s"),
    "status": _("status %(value)s"),
    "vintage": _("made in %(value)s"),
}

# What divides a whole, so that its parts add up to it, and the name of a chart of all parts.
PART_TITLES: dict[str, StrOrPromise] = {
    "industry": _("%(title)s by industry, %(period)s"),
    "kind": _("%(title)s by kind, %(period)s"),
    "status": _("%(title)s, %(period)s"),
}


def breakdown_words(breakdown: str) -> str:
    """Which part a series is about, in words; "" for everybody. Codes that we do not know stand as they are."""
    return ", ".join(_part(*part.partition("=")[::2]) for part in breakdown.split(";") if part)


def _part(name: str, value: str) -> str:
    known: Mapping[str, StrOrPromise] = PARTS.get(name, {})
    if value in known:
        return str(known[value])
    if name in _FORMS:
        return str(_FORMS[name]) % {"value": value.replace("-", "–")}
    return gettext("%(name)s: %(value)s") % {"name": name, "value": value}


def dividing(breakdowns: Collection[str]) -> str:
    """The one thing that divides all these series into parts of a whole, a key of `PART_TITLES`, else ""."""
    names = {part.partition("=")[0] if ";" not in part else "" for part in breakdowns}
    [name] = names if len(names) == 1 and len(breakdowns) > 1 else [""]
    return name if name in PART_TITLES else ""
