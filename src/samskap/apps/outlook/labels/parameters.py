"""Words for the rules, prices and weights that a user can replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskap.apps.outlook.labels import SERVICES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["parameter_name", "parameter_unit"]

_PERCENT: StrOrPromise = "%"
_A_HEAD: StrOrPromise = gettext_lazy("kroner for each inhabitant")
# Parameters that are not shares. Shares are shown and typed as per cent.
_UNITS: dict[str, StrOrPromise] = {
    "national.free_income": _A_HEAD,
    "national.need": _A_HEAD,
    "national.tax": _A_HEAD,
    "national.pays": "",
    "national.prices": "",
    "tax.weight_67+": "",
    "other.elasticity": "",
    "debt.share": "",
    "prices": gettext_lazy("% a year"),
    "more_work": gettext_lazy("% a year"),
    "cost_of_post": gettext_lazy("kroner"),
}

_NAMES: dict[str, StrOrPromise] = {
    "norm": gettext_lazy("Net operating result that is recommended, of the revenue"),
    "national.free_income": gettext_lazy("Free income of the country's municipalities"),
    "national.need": gettext_lazy("Need of the country's municipalities"),
    "national.tax": gettext_lazy("Tax of the country's municipalities"),
    "national.pays": gettext_lazy("How much of the demographic cost the state pays (1 is all)"),
    "national.prices": gettext_lazy("Price year of the country's kroner"),
    "tax.symmetric": gettext_lazy("Tax equalisation: what is evened out"),
    "tax.supplement": gettext_lazy("Tax equalisation: what the poorest get besides"),
    "tax.threshold": gettext_lazy("Tax equalisation: who counts as poor, of the country's mean"),
    "tax.weight_67+": gettext_lazy("Tax of a person of 67 and over, against one of 16 to 66"),
    "other_income.share": gettext_lazy("Other income, of the revenue"),
    "other.elasticity": gettext_lazy("How other income and cost follow the number of people (1 is fully)"),
    "prices": gettext_lazy("Growth of prices and pay"),
    "interest": gettext_lazy("Rate of interest"),
    "debt.share": gettext_lazy("Debt where it is not known, over the revenue"),
    "instalments": gettext_lazy("Instalments, of the debt"),
    "funds.share": gettext_lazy("Free funds where they are not known, of the revenue"),
    "invested": gettext_lazy("What goes into investment of a positive result, at most, of the revenue"),
    "wage_share": gettext_lazy("Pay and pension, of the cost of a service"),
    "cost_of_post": gettext_lazy("Cost of a full-time post a year"),
    "more_work": gettext_lazy("More work for each user"),
    "users.kindergarten.1-5": gettext_lazy("Children of 1 to 5 in kindergarten"),
    "users.school.6-15": gettext_lazy("Children of 6 to 15 in the municipality's schools"),
}


def parameter_name(key: str) -> str:
    """A parameter in words; a family of them by its parts."""
    if key in _NAMES:
        return str(_NAMES[key])
    family, _dot, rest = key.partition(".")
    service, _dot, part = rest.partition(".")
    gaps = {"service": str(SERVICES.get(service, service)), "part": part.replace("_", " ")}
    if family == "alone":
        return _("People of %(ages)s years who live alone") % {"ages": rest}
    if family == "users":
        return _("%(service)s: users of %(part)s years") % gaps
    if family == "sector":
        return _("%(service)s, of the need of all services") % gaps
    if family == "criterion":
        return _("%(service)s: weight of %(part)s") % gaps
    return key


def parameter_unit(key: str) -> str:
    """The unit in which a parameter is shown and typed."""
    return str(_UNITS.get(key, _PERCENT))
