"""Words people see for the keys of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits.labels.effects import SPREADS, spread_choices

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "BETTER",
    "CERTAINTIES",
    "CONTRACT_ROLES",
    "EFFECT_KINDS",
    "KINDS",
    "LINKS",
    "MEASUREMENT_STATES",
    "PAYMENT_KINDS",
    "PAYMENT_STATES",
    "SECTORS",
    "SPREADS",
    "better_choices",
    "certainty_choices",
    "effect_kind_choices",
    "kind_choices",
    "link_choices",
    "measurement_state_choices",
    "payment_kind_choices",
    "payment_state_choices",
    "sector_choices",
    "spread_choices",
]

# Five kinds that are never added to each other.
KINDS = {
    "saved_money": _("Saved money"),
    "freed_time": _("Freed time"),
    "avoided_cost": _("Avoided cost"),
    "quality": _("Quality"),
    "value_for_others": _("Value for others"),
}

EFFECT_KINDS = {**KINDS, "cost": _("Cost")}

LINKS = {
    "input": _("Input"),
    "activity": _("Activity"),
    "output": _("Output"),
    "outcome": _("Outcome"),
    "impact": _("Impact on society"),
}

CERTAINTIES = {
    "sure": _("Sure"),
    "hoped": _("Hoped"),
}

BETTER = {
    "higher": _("A higher number is better."),
    "lower": _("A lower number is better."),
}

MEASUREMENT_STATES = {
    "draft": _("Draft"),
    "approved": _("Approved"),
    "locked": _("Locked"),
}

SECTORS = {
    "public": _("Public sector"),
    "private": _("Private sector"),
    "voluntary": _("Voluntary sector"),
    "people": _("Residents"),
}

CONTRACT_ROLES = {
    "payer": _("Payer"),
    "investor": _("Investor"),
    "provider": _("Provider"),
    "coordinator": _("Coordinator"),
    "evaluator": _("Independent evaluator"),
}

PAYMENT_KINDS = {
    "outcome": _("Payment for results"),
    "investment": _("Investment"),
    "return": _("Repayment to the investor"),
}

PAYMENT_STATES = {
    "planned": _("Planned"),
    "paid": _("Paid"),
}


def kind_choices() -> list[tuple[str, StrOrPromise]]:
    return list(KINDS.items())


def effect_kind_choices() -> list[tuple[str, StrOrPromise]]:
    return list(EFFECT_KINDS.items())


def link_choices() -> list[tuple[str, StrOrPromise]]:
    return list(LINKS.items())


def certainty_choices() -> list[tuple[str, StrOrPromise]]:
    return list(CERTAINTIES.items())


def better_choices() -> list[tuple[str, StrOrPromise]]:
    return list(BETTER.items())


def measurement_state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(MEASUREMENT_STATES.items())


def sector_choices() -> list[tuple[str, StrOrPromise]]:
    return list(SECTORS.items())


def payment_kind_choices() -> list[tuple[str, StrOrPromise]]:
    return list(PAYMENT_KINDS.items())


def payment_state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(PAYMENT_STATES.items())
