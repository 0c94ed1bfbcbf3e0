"""What benefits change of the room for manoeuvre, in whole sentences: sure and hoped apart, money and time apart."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskap.apps.benefits.labels.benefits import amount
from samskap.apps.outlook.labels import posts as posts_words
from samskap.web.money import kroner

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.apps.benefits.rules.room import Amounts, RoomEffect

__all__ = [
    "ROOM_OUTLOOKS",
    "ROOM_SCENARIOS",
    "ROOM_STEPS",
    "hours_words",
    "money_words",
    "room_sentences",
    "twice_sentences",
    "whole_hours",
]


# What is counted, one more each time.
ROOM_STEPS: dict[str, StrOrPromise] = {
    "realised": gettext_lazy("With what is realised"),
    "sure": gettext_lazy("With what is sure to come too"),
    "hoped": gettext_lazy("With what is hoped for too"),
}

# The outlook that holds it, and what a scenario made of that is called.
ROOM_OUTLOOKS: dict[str, StrOrPromise] = {
    "realised": gettext_lazy("The outlook with what is realised"),
    "sure": gettext_lazy("The outlook with what is sure to come too"),
    "hoped": gettext_lazy("The outlook with what is hoped for too"),
}


ROOM_SCENARIOS: dict[str, StrOrPromise] = {
    "realised": gettext_lazy("Benefits that are realised, %(day)s"),
    "sure": gettext_lazy("Benefits that are realised or sure, %(day)s"),
    "hoped": gettext_lazy("Benefits that are realised, sure or hoped for, %(day)s"),
}


def money_words(value: Decimal) -> str:
    """Kroner a year as a whole amount, with a real minus below zero."""
    words = kroner(abs(int(value.to_integral_value())))
    return f"\N{MINUS SIGN}{words}" if value < 0 else words


def whole_hours(value: Decimal) -> str:
    """Hours a year, whole ones."""
    return amount(value.to_integral_value())


def hours_words(hours: Decimal, *, hours_a_post: int) -> str:
    """Hours a year, and how many posts they are."""
    gaps = {"hours": whole_hours(hours), "posts": posts_words(float(hours / hours_a_post))}
    return _("%(hours)s hours a year, worth %(posts)s posts") % gaps


def room_sentences(effect: RoomEffect, *, accounts: int | None, hours_a_post: int) -> tuple[str, ...]:
    """What is realised, what the accounts of that year hold already, and what is told beside it."""
    told = [
        _saved(effect.saved, accounts=accounts),
        _in_accounts(effect.saved, accounts=accounts),
        _freed(effect.freed, hours_a_post=hours_a_post),
        _avoided(effect.avoided),
        _waiting(effect.waiting),
    ]
    return tuple(sentence for sentence in told if sentence)


def _saved(saved: Amounts, *, accounts: int | None) -> str:
    gaps = {"amount": money_words(abs(saved.new)), "year": accounts}
    if not saved.new:
        return _("No saved money is measured that the accounts do not hold.")
    if accounts is None:
        more = _("What is measured saves %(amount)s a year.")
        less = _("What is measured costs %(amount)s more a year.")
    else:
        more = _("What is measured since the accounts of %(year)s saves %(amount)s a year.")
        less = _("What is measured since the accounts of %(year)s costs %(amount)s more a year.")
    return (more if saved.new > 0 else less) % gaps


def _in_accounts(saved: Amounts, *, accounts: int | None) -> str:
    if not saved.in_accounts or accounts is None:
        return ""
    gaps = {"amount": money_words(saved.in_accounts), "year": accounts}
    return _("%(amount)s a year was there already in the accounts of %(year)s, and is not counted again.") % gaps


def _freed(freed: Amounts, *, hours_a_post: int) -> str:
    if not freed.new:
        return ""
    gaps = {"time": hours_words(abs(freed.new), hours_a_post=hours_a_post), "hours": amount(Decimal(hours_a_post))}
    if freed.new < 0:
        return _("Time is bound: %(time)s, at %(hours)s hours a post.") % gaps
    return _("Time is freed: %(time)s, at %(hours)s hours a post. It is no money until somebody decides so.") % gaps


def _avoided(avoided: Amounts) -> str:
    if not avoided.realised:
        return ""
    gaps = {"amount": money_words(avoided.realised)}
    return _("Cost avoided is told apart, for it is not money in hand: %(amount)s a year.") % gaps


def _waiting(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s benefit waits for its baseline and is not counted.",
        "%(count)s benefits wait for their baselines and are not counted.",
        count,
    ) % {"count": count}


def twice_sentences(groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """A warning for each group of benefits, by title, that may be one saving told twice."""
    return tuple(
        _("Check whether these are one saving counted twice: %(titles)s.")
        % {"titles": ", ".join(f"“{title}”" for title in titles)}
        for titles in groups
    )
