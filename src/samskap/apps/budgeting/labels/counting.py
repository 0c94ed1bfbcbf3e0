"""The rules in plain words, for those who choose one and for those who vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["FITTING", "RULE_MEANINGS"]

RULE_MEANINGS: dict[str, StrOrPromise] = {
    "equal_shares": _(
        "The money is shared equally among all who vote. A project wins when those who chose it can pay it together "
        "from their shares, so that every group decides over its part of the money."
    ),
    "bounded_overspending": _(
        "As Equal Shares, but a project that its supporters can pay most of may win too, as long as the budget holds."
    ),
    "bounded_overspending_plus": _(
        "As the one before, and what is overspent is shared as evenly as it can be among the supporters."
    ),
    "phragmen": _(
        "Everyone's share grows at the same pace. A project wins at the moment when its supporters can pay it."
    ),
    "greedy": _("Those with most votes win until the money is used; a project that does not fit is skipped."),
    "greedy_no_skip": _("Those with most votes win until one does not fit; then it stops."),
    "greedy_per_cost": _("Those with most votes for each krone win until the money is used."),
    "maximin_support": _("Projects win so that the one with least support behind it has as much as possible."),
}

FITTING: dict[str, StrOrPromise] = {
    "satisfaction": _("This does not go with how people vote: points are known only where people share out points, "
                      "and places only where they rank."),
    "completion": _("This does not go with the rule. Choose that what is left is not spent."),
}  # fmt: skip
