"""Words about benefits: how each stands, what is counted in which unit, and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits.labels.effects import PROBLEMS as EFFECT_PROBLEMS
from samskap.apps.figures.labels import number

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.apps.benefits.rules.measuring import Problem

__all__ = [
    "GIVEN_UNITS",
    "PROBLEMS",
    "STANDINGS",
    "STANDING_COLOURS",
    "STANDING_MEANINGS",
    "UNIT_WAYS",
    "amount",
    "amount_with_unit",
    "forecast_amount",
    "problem_words",
    "signed_amount",
]

STANDINGS: dict[str, StrOrPromise] = {
    "waiting_for_baseline": _("Waits for its baseline"),
    "waiting_for_target": _("Waits for a target"),
    "not_measured": _("Not measured yet"),
    "on_the_way": _("On the way"),
    "behind": _("Behind the forecast"),
    "reached": _("Reached"),
    "not_realised": _("Not realised"),
    "unplanned": _("Came unplanned"),
    "harm": _("Harm"),
}

STANDING_MEANINGS: dict[str, StrOrPromise] = {
    "waiting_for_baseline": _(
        "Nobody has measured how it was before. Without that nothing can be said to have changed."
    ),
    "waiting_for_target": _("It is known how it was before, but not what is to be reached."),
    "not_measured": _("There is a baseline and a target, and nothing is measured since."),
    "on_the_way": _("The last measurement is at most a tenth of the way behind the forecast."),
    "behind": _("The last measurement is more than a tenth of the way behind the forecast."),
    "reached": _("The last measurement is as good as the last target, or better."),
    "not_realised": _(
        "The day of the last target has passed, or the benefit was ended, and the target was not reached."
    ),
    "unplanned": _("Nobody had planned it, so there is no target to hold it against."),
    "harm": _("Something unwanted that came with the initiative."),
}

STANDING_COLOURS = {
    "waiting_for_baseline": "warning", "waiting_for_target": "warning", "not_measured": "neutral",
    "on_the_way": "info", "behind": "warning", "reached": "success", "not_realised": "danger",
    "unplanned": "info", "harm": "danger",
}  # fmt: skip

GIVEN_UNITS: dict[str, StrOrPromise] = {
    "kroner_a_year": _("kroner a year"),
    "hours_a_year": _("hours a year"),
}

# The ways in which people write the given units; all are stored as the words above.
UNIT_WAYS: dict[str, frozenset[str]] = {
    "kroner_a_year": frozenset(
        {
            "kr", "nok", "kroner", "kr/år", "kr/year", "kroner/år", "kr per år", "kr i året", "kroner per år",
            "kroner i året", "kroner om året", "kroner a year", "kroner per year", "nok a year", "nok per year",
        }
    ),
    "hours_a_year": frozenset(
        {
            "t", "timer", "timar", "hours", "timer/år", "timar/år", "t/år", "timer per år", "timer i året",
            "timer om året", "timar per år", "timar i året", "timar om året", "hours a year", "hours per year",
        }
    ),
}  # fmt: skip

# What is wrong, by the key of the rule, and what to do about it; the gaps are those that the rule fills.
PROBLEMS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "target_without_unit": (
        _("A target without a unit says nothing."),
        _("Write what is counted, such as “persons” or “days”."),
    ),
    "not_in_kroner_a_year": (
        _("Saved money and avoided cost are counted in kroner a year, not in “%(unit)s”."),
        _("Leave the unit empty, or choose another kind."),
    ),
    "not_in_hours_a_year": (
        _("Freed time is counted in hours a year, not in “%(unit)s”."),
        _("Leave the unit empty, or choose another kind."),
    ),
    "indicator_other_unit": (
        _("This kind of benefit is not counted in the unit of those figures."),
        _("Choose another kind, or count it yourselves."),
    ),
    "indicator_unknown": (_("There are no such figures of the municipality."), _("Choose others.")),
    "owner_elsewhere": (
        _("Who answers for a benefit must have a role in the municipality."),
        _("Invite the person first, or leave the account empty and write the role."),
    ),
    "owner_of_another": (
        _("That person speaks for another organisation."),
        _("Choose the organisation that the person leads in, or somebody else."),
    ),
    "owner_organisation_foreign": (
        _("That organisation belongs to another municipality."),
        _("Add it to the organisations here first."),
    ),
    "benefit_measured": (
        _("Measurements have been approved, so what is counted stays as it is."),
        _("End this benefit with a reason, and write a new one."),
    ),
    "benefit_ended": (_("This benefit was ended on %(day)s."), _("Take it up again first.")),
    "benefit_kept": (
        _("Measurements of this benefit have been approved, so it is not deleted."),
        _("End it with a reason. It then stays in the story."),
    ),
    "not_a_draft": (
        _("This measurement is approved already."),
        _("Send it back to be a draft, or correct it when it is locked."),
    ),
    "not_approved": (_("Only what is approved is locked or sent back."), _("Approve it first.")),
    "is_locked": (_("This measurement is locked for good."), _("Write a correction that says why.")),
    "not_locked": (_("Only what is locked is corrected."), _("Change the draft, or send it back first.")),
    "corrected_already": (_("This measurement has been corrected already."), _("Correct the newest one.")),
    "approved_by_writer": (
        _("You wrote this measurement, so somebody else approves it."),
        _("Ask another leader or facilitator."),
    ),
    "effects_before_initiative": (
        _("The initiative starts on %(day)s, so it can have no effect before that day."),
        _("Choose that day or a later one."),
    ),
    "start_before_baseline": (
        _("The baseline is of %(day)s, and must be older than the first effects."),
        _("Choose a later day, or measure the baseline anew."),
    ),
    "start_after_target": (
        _("The first target is for %(day)s, and lies after the first effects."),
        _("Choose an earlier day, or change the target."),
    ),
    "start_too_early": (EFFECT_PROBLEMS["year_unknown"], _("Choose a later day.")),
    "start_too_late": (EFFECT_PROBLEMS["year_unknown"], _("Choose an earlier day.")),
    "baseline_too_early": (EFFECT_PROBLEMS["year_unknown"], _("Choose a later day.")),
    "target_too_late": (EFFECT_PROBLEMS["year_unknown"], _("Choose an earlier day.")),
    "baseline_fixed": (
        _("A measurement has been locked against this baseline, so it stands."),
        _("End this benefit with a reason, and write a new one with the right baseline."),
    ),
    "baseline_after_start": (
        _("The baseline of %(measured)s is not from before the start: there can be effects from %(day)s."),
        _("Use a number from before that day. What is measured later shows the effect, not how it was before."),
    ),
    "day_to_come": (_("%(measured)s is still to come."), _("Choose the day on which it was measured.")),
    "baseline_after_measurement": (
        _("There is a measurement of %(day)s, and the baseline must be older."),
        _("Choose an earlier day."),
    ),
    "target_before_start": (
        _("There can be effects from %(day)s, so a target lies after that day."),
        _("Choose a later day."),
    ),
    "target_twice": (_("There is a target for %(day)s already."), _("Change that one, or choose another day.")),
    "target_worse_higher": (
        _("The target is lower than the baseline of %(baseline)s, and a higher number is better."),
        _("Check the number, or say that a lower number is better."),
    ),
    "target_worse_lower": (
        _("The target is higher than the baseline of %(baseline)s, and a lower number is better."),
        _("Check the number, or say that a higher number is better."),
    ),
    "target_measured": (
        _("Something has been measured for the target of %(day)s, so it stays as it was set."),
        _("Set a new target for a later day."),
    ),
    "no_baseline": (
        _("There is no baseline yet, so there is nothing to compare a measurement with."),
        _("Write the baseline first."),
    ),
    "measured_before_baseline": (
        _("The measurement of %(measured)s is not after the baseline, which is of %(day)s."),
        _("Choose a later day."),
    ),
    "measured_twice": (
        _("There is a measurement of %(day)s already."),
        _("Change that one while it is a draft, or correct it when it is locked."),
    ),
    "measured_out_of_order": (
        _("The measurement of %(measured)s is out of order: that of %(day)s is approved already."),
        _("Choose a later day, or correct the one that is there."),
    ),
    "earlier_draft": (
        _("The measurement of %(day)s is still a draft, and comes first."),
        _("Approve or delete it first."),
    ),
    "earlier_unlocked": (_("The measurement of %(day)s is not locked yet, and comes first."), _("Lock it first.")),
    "cause_missing": (
        _("This is more than a tenth of the way behind the forecast."),
        _("Say why. A sentence is enough."),
    ),
    "negative": (
        _("%(value)s is below zero, and what is counted here cannot be."),
        _("Check the number, or say on the page of the benefit that it can be below zero."),
    ),
}  # fmt: skip


def problem_words(problem: Problem) -> tuple[str, str]:
    """What is wrong, and what to do about it, in the reader's language."""
    message, cure = PROBLEMS[problem.key]
    gaps = {name: _shown(value) for name, value in problem.gaps.items()}
    return str(message) % gaps, str(cure)


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return date_format(value)
    return amount(value) if isinstance(value, Decimal) else str(value)


def amount(value: Decimal | None) -> str:
    """A number with the decimals that it has; an en dash where there is none."""
    if value is None:
        return "–"
    return number(float(value), decimals=_decimals(value)).replace("-", "\N{MINUS SIGN}")


def forecast_amount(value: Decimal | None, *, beside: Iterable[Decimal]) -> str:
    """A value of the forecast with at most one decimal more than the numbers beside it: it is no measurement."""
    if value is None:
        return amount(value)
    places = min(4, max(map(_decimals, beside), default=0) + 1)
    return amount(value.quantize(Decimal(1).scaleb(-places)))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def amount_with_unit(value: Decimal | None, unit: str) -> str:
    """A number and what it counts."""
    return amount(value) if value is None else f"{amount(value)}\N{NO-BREAK SPACE}{unit}"


def signed_amount(value: Decimal | None) -> str:
    """A change, with its sign."""
    return f"+{amount(value)}" if value is not None and value > 0 else amount(value)
