"""The portfolio of benefits in words: what a councillor reads first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskap.apps.benefits.labels.benefits import amount, amount_with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from django_stubs_ext import StrOrPromise

__all__ = [
    "HEADS",
    "answer_words",
    "as_of_words",
    "began_words",
    "headline",
    "latest_words",
    "met_words",
    "standing_sentence",
]

# The heads of the columns, by what they sort by.
HEADS: dict[str, StrOrPromise] = {
    "title": gettext_lazy("Benefit"),
    "standing": gettext_lazy("How it stands"),
    "actual": gettext_lazy("Target and actual"),
    "due": gettext_lazy("Waits for"),
    "owner": gettext_lazy("Answers for it"),
}


def headline(*, in_operation: int | None, without: int | None, benefits: int) -> str:
    """How many initiatives are in operation, how many of them promise nothing, and how many benefits there are."""
    told = []
    if in_operation is not None:
        told.append(
            ngettext("%(count)s initiative is in operation.", "%(count)s initiatives are in operation.", in_operation)
            % {"count": in_operation}
        )
    if without:
        told.append(
            ngettext("%(count)s of them has no benefit yet.", "%(count)s of them have no benefits yet.", without)
            % {"count": without}
        )
    followed = ngettext("%(count)s benefit is followed up.", "%(count)s benefits are followed up.", benefits)
    return " ".join([*told, followed % {"count": benefits}])


def standing_sentence(counts: Mapping[str, int], *, benefits: int) -> str:
    """How many are reached of those that are no harms, and what went wrong."""
    gaps = {"count": counts["reached"], "all": benefits - counts["harm"]}
    reached = ngettext(
        "%(count)s of %(all)s benefits is reached.", "%(count)s of %(all)s benefits are reached.", counts["reached"]
    )
    wrong = [
        (_("Behind the forecast: %(count)s."), counts["behind"]),
        (_("Not realised: %(count)s."), counts["not_realised"]),
        (_("Harms: %(count)s."), counts["harm"]),
    ]
    return " ".join([reached % gaps, *(words % {"count": count} for words, count in wrong if count)])


def as_of_words(on: date, *, is_over: bool) -> str:
    """The day that everything is told of."""
    gaps = {"day": date_format(on)}
    return _("As it stood on %(day)s.") % gaps if is_over else _("As it stands on %(day)s.") % gaps


def began_words(value: Decimal, unit: str, *, on: date) -> str:
    """The baseline."""
    gaps = {"value": amount_with_unit(value, unit), "day": date_format(on, "SHORT_DATE_FORMAT")}
    return _("From %(value)s (%(day)s)") % gaps


def answer_words(due_on: date, target: Decimal, measured: Decimal | None) -> str:
    """Target and actual of a period."""
    gaps = {"day": date_format(due_on, "SHORT_DATE_FORMAT"), "target": amount(target), "value": amount(measured)}
    if measured is None:
        return _("%(day)s: target %(target)s") % gaps
    return _("%(day)s: target %(target)s, measured %(value)s") % gaps


def latest_words(value: Decimal, unit: str, *, on: date) -> str:
    """What was measured last."""
    gaps = {"value": amount_with_unit(value, unit), "day": date_format(on, "SHORT_DATE_FORMAT")}
    return _("Last: %(value)s (%(day)s)") % gaps


def met_words(met: int, targets: int) -> str:
    """Targets met of those there were; "" where there were none."""
    return _("%(met)s of %(targets)s") % {"met": met, "targets": targets} if targets else ""
