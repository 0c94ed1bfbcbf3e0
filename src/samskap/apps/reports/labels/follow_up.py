"""Words of the follow-up of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.benefits.labels.benefits import amount_with_unit

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = ["follow_up_of", "more", "paper_words", "title", "value"]


def follow_up_of(year: int) -> str:
    """What a link to it says."""
    return _("Follow-up of %(year)s") % {"year": year}


def title(year: int, *, place: str) -> str:
    """What stands over it."""
    return _("Benefits in %(place)s: follow-up of %(year)s") % {"place": place, "year": year}


def value(number: Decimal, unit: str) -> str:
    """A number with its unit."""
    return amount_with_unit(number, unit)


def more(number: int) -> str:
    """How many lines did not fit; "" where all did."""
    if not number:
        return ""
    return ngettext(
        "%(number)s more is on the page, whose address stands below.",
        "%(number)s more are on the page, whose address stands below.",
        number,
    ) % {"number": number}


def paper_words(year: int) -> dict[str, str]:
    """All words of the template by their place."""
    return {
        "figure": _("Figure"),
        "illustrative": _("Illustrative: made up for the example"),
        "kinds": _("By kind"),
        "never_added": _("Benefits of different kinds are never added together."),
        "by_year": _("Year by year"),
        "room": _("Room for manoeuvre"),
        "costs": _("What the initiatives cost"),
        "no_costs": _("No costs of these years are written down."),
        "benefits": _("Each benefit, what went worst first"),
        "no_benefits": _("No benefits are written down yet."),
        "benefit": _("Benefit"),
        "standing": _("How it stands"),
        "before": _("Before"),
        "now": _("Now"),
        "target": _("Target"),
        "why": _("Why:"),
        "decided": _("Decided in %(year)s") % {"year": year},
        "coming": _("To be decided until the end of %(year)s") % {"year": year + 1},
        "nothing": _("Nothing."),
        "page": _("The whole follow-up, with every benefit:"),
    }
