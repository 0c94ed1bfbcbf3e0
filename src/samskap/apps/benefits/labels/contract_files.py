"""What is wrong in a file of the INDIGO standard: a sentence for each key that `formats/indigo` gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits.labels.contracts import money, units

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.formats.errors import FormatError
    from samskap.formats.indigo import Problem

__all__ = ["PROBLEMS", "REFUSALS", "problem_words", "refusal_words"]

PROBLEMS: dict[str, StrOrPromise] = {
    "currency": _("The currency is “%(value)s”. Only amounts in NOK can be brought in, and none is converted."),
    "ledgers_differ": _(
        "For “%(metric)s” the payments for results come to %(payments)s and the transactions to %(transactions)s, or"
        " they go between others. Both lists must say the same money."
    ),
    "metric_twice": _("“%(metric)s” stands twice."),
    "missing": _("This must be said, and is not in the file."),
    "negative": _("%(value)s is below nothing. Amounts and counts are positive."),
    "no_metric": _("There is nothing that is counted and paid for."),
    "no_plan": _("This planned payment does not say which of the plans it belongs to."),
    "no_price": _("There is no price for “%(metric)s”."),
    "not_a_date": _("“%(value)s” is not a date such as 2026-11-29."),
    "not_a_list": _("This must be a list."),
    "not_a_number": _("“%(value)s” is not a number."),
    "not_a_text": _("%(value)s is not a text."),
    "not_above_nothing": _("The amount must be above 0."),
    "payment_type": _("“%(value)s” is neither Planned nor Actual."),
    "periods_overlap": _("The period begins on %(begun)s, and the one before it lasts until %(last)s."),
    "plan_twice": _("The plan “%(plan)s” stands twice."),
    "priced_twice": _("“%(metric)s” has more than one price."),
    "too_fine": _("%(value)s has more than %(decimals)s decimals. Nothing is rounded."),
    "too_large": _("%(value)s is more than can be here. Check the noughts."),
    "too_many": _("A contract has at most %(most)s of these."),
    "too_long": _("The text has %(length)s signs, and at most %(most)s can be kept."),
    "two_links": _("This payment belongs both to a result and to an investment. It must be one of them."),
    "unknown_investment": _("There is no investment “%(investment)s” in the file."),
    "unknown_metric": _("“%(metric)s” is not among what is counted."),
    "unknown_plan": _("There is no plan “%(plan)s” in the file."),
}

# Files that cannot be read at all, by the code of the error; its own words are English.
REFUSALS: dict[str, StrOrPromise] = {
    "format_encoding": _("Row %(row)s is not in UTF-8: it has the byte %(byte)s. Save the file as UTF-8."),
    "indigo_json": _("The file is not whole as JSON. Fetch or write it again."),
    "indigo_projects": _("The file has no project of the INDIGO standard, or more than 200."),
}

_MONEY = {"payments", "transactions"}


def problem_words(problem: Problem) -> str:
    """A problem as a sentence."""
    gaps = {name: _gap(name, value) for name, value in problem.gaps.items()}
    return str(PROBLEMS[problem.code]) % gaps


def _gap(name: str, value: object) -> str:
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, Decimal):
        return money(value) if name in _MONEY else units(value)
    return str(value)


def refusal_words(error: FormatError) -> str:
    """Why a file cannot be read, in the reader's language."""
    return str(REFUSALS.get(error.code, REFUSALS["indigo_json"])) % error.gaps
