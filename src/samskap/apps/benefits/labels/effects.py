"""Words about the effect list: what each choice means, and what is wrong with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "PROBLEMS",
    "SCALE",
    "SHARES",
    "SPREADS",
    "SPREAD_MEANINGS",
    "problem_words",
    "scale_choices",
    "spread_choices",
]

# The nine places of the plus-minus method of the Norwegian guide to economic analysis.
SCALE: dict[int, StrOrPromise] = {
    4: _("++++ very large and good"),
    3: _("+++ large and good"),
    2: _("++ middling and good"),
    1: _("+ small and good"),
    0: _("0 none"),
    -1: _("− small and bad"),
    -2: _("−− middling and bad"),
    -3: _("−−− large and bad"),
    -4: _("−−−− very large and bad"),
}

SPREADS: dict[str, StrOrPromise] = {
    "normal": _("Normal"),
    "triangular": _("Triangular"),
    "uniform": _("Uniform"),
    "lognormal": _("Lognormal"),
}

SPREAD_MEANINGS: dict[str, StrOrPromise] = {
    "normal": _("As often above as below, seldom far off. Give the standard deviation."),
    "triangular": _("Between a lowest and a highest, most often near a third. Give all three."),
    "uniform": _("Anything between a lowest and a highest is as likely. Give both."),
    "lognormal": _("Never below 0, with some far above. Give the standard deviation."),
}

# The four shares of SROI: what each is called, and what it asks.
SHARES: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "deadweight": (_("Deadweight"), _("How much of it would have come anyway?")),
    "displacement": (_("Displacement"), _("How much of it only moved from others?")),
    "attribution": (_("Attribution to others"), _("How much of it is due to others than this initiative?")),
    "drop_off": (_("Drop-off"), _("How much of it is lost each year, from the year after?")),
}

# What is wrong with an effect, by the key of the rule; the gaps are those that the rule fills.
PROBLEMS: dict[str, StrOrPromise] = {
    "negative_quantity": _(
        "The quantity of %(year)s is %(value)s. Write it above 0; that it is unwanted is said by “This is a harm”."
    ),
    "quantity_too_large": _("The quantity of %(year)s is too large. Count in a larger unit."),
    "no_quantity": _("Say how much there is of it in at least one year."),
    "year_unknown": _("%(year)s cannot be used. Years from %(first)s to %(last)s can."),
    "year_twice": _("%(year)s stands there twice."),
    "line_unclear": _("“%(line)s” is not understood. Write a year, a colon and a number on each line: 2028: 12.5."),
    "years_backwards": _("The last year is before the first."),
    "price_without_year": _("Say which year’s prices this price is in."),
    "year_without_price": _("There is a price year, but no price."),
    "price_year_unknown": _("There is no price index for %(year)s. Years that can be used: %(years)s."),
    "scale_beside_price": _(
        "Give a price or a place on the scale, not both: priced effects are not weighed once more."
    ),
    "scale_against_kind": _("A harm stands below 0 on the scale, and what is good above it."),
    "scale_of_cost": _("A cost is in kroner: give it a price."),
    "cost_is_harm": _("A cost counts as minus already. Mark only benefits that are unwanted."),
    "in_kind_is_cost": _("What is given in kind is an input: choose “Cost” as its kind."),
    "public_share_without_cash": _("Freed time and what is given in kind are never cash: leave this empty."),
    "shares_without_source": _("Say where these shares come from."),
    "index_needed": _(
        "Some prices are of %(year)s, and the answer is in prices of %(base)s: choose or write a price index."
    ),
    "index_lacks": _("The price index does not have %(year)s. It has: %(years)s."),
    "index_not_above_nothing": _("The index of %(year)s must be above 0."),
    "spread_sd_missing": _("Give the standard deviation, above 0."),
    "spread_ends_missing": _("Give the lowest and the highest, the lowest first and not below 0."),
    "spread_mode_missing": _("Give also what is most likely, between the lowest and the highest."),
}


def scale_choices() -> list[tuple[str, StrOrPromise]]:
    """The places of the scale, the best first."""
    return [(str(place), words) for place, words in SCALE.items()]


def spread_choices() -> list[tuple[str, StrOrPromise]]:
    """The distributions, with what each is for."""
    return [(key, f"{name}: {SPREAD_MEANINGS[key]}") for key, name in SPREADS.items()]


def problem_words(problem: Any) -> str:
    """The sentence of an `EffectProblem`."""
    words: str = str(PROBLEMS[problem.key]) % problem.gaps
    return words
