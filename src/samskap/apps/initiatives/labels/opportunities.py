"""Words people see about opportunities, partners and what they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.initiatives.rules.commitments import MOST_HOURS, MOST_MONEY_NOK
from samskap.web.money import kroner

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "COMMITMENT_COLOURS",
    "OPPORTUNITY_COLOURS",
    "PROBLEMS",
    "amount_words",
    "problem_sentence",
    "residents_words",
]

OPPORTUNITY_COLOURS = {"open": "success", "taken_up": "info", "set_aside": "neutral"}
COMMITMENT_COLOURS = {"promised": "warning", "confirmed": "info", "delivered": "success", "not_delivered": "danger"}

# What is wrong with a promise: the field it is said at, and the sentence.
PROBLEMS: dict[str, tuple[str, StrOrPromise]] = {
    "money_missing": ("amount", _("Write how many whole kroner, above zero.")),
    "money_too_much": ("amount", _("That is more than %(most)s. Write whole kroner, not øre.")),
    "hours_missing": ("amount", _("Write how many whole hours, above zero.")),
    "hours_too_much": ("amount", _("That is more than %(most)s hours. Check the number.")),
    "words_missing": ("text", _("Say in words what you bring.")),
    "date_past": ("due_on", _("That day is over. Choose today or later.")),
    "date_far": ("due_on", _("That year is too far away. Choose one up to 2100.")),
}


def problem_sentence(problem: str) -> str:
    """The sentence about a problem of a promise."""
    most = kroner(MOST_MONEY_NOK) if problem.startswith("money") else MOST_HOURS
    return str(PROBLEMS[problem][1]) % {"most": most}


def amount_words(kind: str, amount: int | None) -> str:
    """How much is promised: kroner, hours, or a number of promises of a kind without amount."""
    if amount is None:
        return ""
    if kind == "money":
        return kroner(amount)
    if kind == "hours":
        return ngettext("%(n)s hour", "%(n)s hours", amount) % {"n": amount}
    return ngettext("%(n)s promise", "%(n)s promises", amount) % {"n": amount}


def residents_words(residents: int) -> str:
    """How many residents have joined."""
    if not residents:
        return gettext("No residents have joined yet.")
    return ngettext("%(n)s resident has joined.", "%(n)s residents have joined.", residents) % {"n": residents}
