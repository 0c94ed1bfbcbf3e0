"""Words about appraisals: conventions with their meanings, and sentences about an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

__all__ = [
    "DENOMINATORS",
    "EDITION_WORDS",
    "INDEXES",
    "KIND_NOTES",
    "MISSING",
    "NOTES",
    "REFUSALS",
    "SPREAD_WORDS",
    "TIMINGS",
    "refusal_words",
]

# What the net present value is divided by: the name, and what it is.
DENOMINATORS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "budget_without_tax_cost": (
        _("Net budget cost"),
        _("What public budgets pay less what they save, without the cost of taxes."),
    ),
    "outlays_without_tax_cost": (
        _("Outlays alone"),
        _("What public budgets pay, whatever they save, without the cost of taxes."),
    ),
    "budget_with_tax_cost": (
        _("Net budget cost with the cost of taxes"),
        _("An older practice: the cost of taxes stands below the line too."),
    ),
}

TIMINGS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "first_year_undiscounted": (
        _("First year as it is"),
        _("What comes in the comparison year is not discounted."),
    ),
    "first_year_discounted": (
        _("First year discounted"),
        _("What comes in a year counts as of its end, also in the comparison year."),
    ),
}

INDEXES: dict[str, StrOrPromise] = {
    "none": _("None: all prices are of the same year"),
    "official": _("The consumer price index that is stored here"),
    "typed": _("The one written below"),
}

KIND_NOTES: dict[str, StrOrPromise] = {
    "saved_money": _("Kroner that are no longer spent."),
    "freed_time": _("Time that can be used for something else. It is not kroner, whatever its price."),
    "avoided_cost": _("Kroner that would have come to be spent."),
    "quality": _("Better services for those who use them."),
    "value_for_others": _("What is worth something to others than the one who pays."),
    "cost": _("What is put in."),
}

SPREAD_WORDS: dict[str, StrOrPromise] = {
    "normal": _("normal, standard deviation %(sd)s"),
    "lognormal": _("lognormal, standard deviation %(sd)s"),
    "triangular": _("triangular from %(low)s over %(mode)s to %(high)s"),
    "uniform": _("uniform from %(low)s to %(high)s"),
}

# What social return misses of an effect, by the field of the engine.
MISSING: dict[str, StrOrPromise] = {
    "price": _("a price"),
    "deadweight": _("deadweight"),
    "displacement": _("displacement"),
    "attribution": _("attribution to others"),
    "drop_off": _("drop-off"),
    "source": _("the source of the shares"),
}

NOTES: dict[str, StrOrPromise] = {
    "kbn": _(
        "The rate here is that of Norwegian economic analysis. The rate that is used for municipal fees, which "
        "Kommunalbanken publishes, follows what loans cost and is another thing."
    ),
    "municipality": _(
        "The circular binds measures of the state. A municipality uses it as a standard, and is not bound by it."
    ),
    "npv": _(
        "The net present value adds up kroner of everything that has a price: that is what it is. The kinds of benefit "
        "are not added together anywhere else."
    ),
    "zero": _(
        "The zero alternative is going on as today. It is 0 in every line, and every number is a difference from it."
    ),
}

# What the engine says of the Norwegian editions, which stand in it in English.
EDITION_WORDS = (
    gettext_noop("Ministry of Finance, circular R-109 of 25 June 2021 (21/2720-8)"),
    gettext_noop("Ministry of Finance, circular R-109 of 30 April 2014 (13/5240-27)"),
    gettext_noop("Ministry of Finance, press release 59/2005"),
    gettext_noop("Norwegian act on copyright, section 14: no copyright in public circulars"),
    gettext_noop(
        "Values read in the parameter sheet of the Coastal Administration's model FRAM, which cites the circular. It "
        "binds state measures; a municipality uses it as a standard."
    ),
    gettext_noop(
        "Rates read in the program code of FRAM, which cites the circular; the circular of 2021 says that it is mainly "
        "unchanged from this one."
    ),
    gettext_noop(
        "4 % is 2 % without risk and 2 % for normal risk, read in the press release. That it holds for all years, the "
        "tax cost and the day of the circular were not read in it."
    ),
)

# Why the engine refuses, by its code; the gaps are those of the error.
REFUSALS: dict[str, StrOrPromise] = {
    "appraisal_no_effects": _("The effect list is empty: add the costs and the benefits first."),
    "appraisal_price_index": _(
        "The price index does not have %(year)s. Give one that has %(from_year)s and %(to_year)s."
    ),
    "appraisal_contradiction": _(
        "The correlations contradict each other: they cannot all hold. Bring them nearer to 0."
    ),
    "appraisal_years": _("“%(effect)s” has too many years."),
    "appraisal_no_inputs": _("Social return needs something that was put in: add the costs, or hours that are given."),
    "appraisal_edition": _("This version of Samskap does not know the edition %(edition)s."),
}


def refusal_words(code: str, *, detail: str, gaps: Mapping[str, object] | None = None) -> str:
    """Why nothing can be computed, in the reader's language; `detail` is what the engine says where we know no more."""
    known = REFUSALS.get(code)
    if known is None:
        return str(_("The list cannot be appraised: %(detail)s")) % {"detail": detail}
    return str(known) % (gaps or {})
