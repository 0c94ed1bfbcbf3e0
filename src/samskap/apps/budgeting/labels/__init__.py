"""Words people see for the keys of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from samskap.apps.budgeting.labels.counting import FITTING, RULE_MEANINGS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "COMPLETIONS",
    "COUNT_STATES",
    "FITTING",
    "KINDS",
    "RULES",
    "RULE_MEANINGS",
    "SATISFACTIONS",
    "SPOILT",
    "STATES",
    "TIE_BREAKS",
    "completion_choices",
    "count_state_choices",
    "kind_choices",
    "rule_choices",
    "satisfaction_choices",
    "spoilt_choices",
    "state_choices",
    "tie_break_choices",
]

KINDS = {
    "approval": _("Choose the projects you want"),
    "ranking": _("Rank the projects you want"),
    "points": _("Share out points"),
    "knapsack": _("Choose within the budget"),
}

STATES = {
    "draft": _("Being prepared"),
    "open": _("Open"),
    "closed": _("Closed"),
    "counted": _("Counted"),
}

RULES = {
    "equal_shares": _("Equal Shares"),
    "bounded_overspending": _("Equal Shares with bounded overspending"),
    "bounded_overspending_plus": _("Equal Shares with bounded overspending, evened out"),
    "phragmen": _("Phragmén, one by one"),
    "greedy": _("Most votes first"),
    "greedy_no_skip": _("Most votes first, until one does not fit"),
    "greedy_per_cost": _("Most votes per krone first"),
    "maximin_support": _("Largest smallest support"),
}

SATISFACTIONS = {
    "cost": _("By the money spent on one's choices"),
    "cardinality": _("By the number of one's choices"),
    "points": _("By the points given"),
    "borda": _("By the place in the ranking: how many the voter ranked below it"),
}

COMPLETIONS = {
    "none": _("What is left is not spent."),
    "add1": _("Everybody's share is raised krone by krone until the budget is used."),
    "add1u": _("Everybody's share is raised krone by krone, and the rest goes to those with most votes."),
    "utilitarian": _("The rest goes to those with most votes."),
    "comparison": _("The voters prefer this result or the one with most votes first; the majority decides."),
}

TIE_BREAKS = {
    "lottery": _("A lottery with a seed that is public before the vote"),
    "lowest_cost": _("The cheapest first"),
    "highest_cost": _("The most expensive first"),
    "most_votes": _("The one with most votes first"),
    "lexicographic": _("By the number on the ballot, as text"),
    "as_listed": _("In the order of the list"),
}

# Why a ballot on paper cannot be counted.
SPOILT = {
    "blank": _("Nothing is chosen on it"),
    "too_many": _("More is chosen than the ballot allows"),
    "unclear": _("It cannot be told what is chosen"),
    "marked": _("It carries a name or another mark that tells whose it is"),
    "other_form": _("It is not our form"),
}

COUNT_STATES = {
    "ordered": _("Waiting"),
    "running": _("Counting"),
    "done": _("Counted"),
    "failed": _("Stopped by an error"),
}


def kind_choices() -> list[tuple[str, StrOrPromise]]:
    return list(KINDS.items())


def state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(STATES.items())


def rule_choices() -> list[tuple[str, StrOrPromise]]:
    return list(RULES.items())


def satisfaction_choices() -> list[tuple[str, StrOrPromise]]:
    return list(SATISFACTIONS.items())


def completion_choices() -> list[tuple[str, StrOrPromise]]:
    return list(COMPLETIONS.items())


def tie_break_choices() -> list[tuple[str, StrOrPromise]]:
    return list(TIE_BREAKS.items())


def spoilt_choices() -> list[tuple[str, StrOrPromise]]:
    return list(SPOILT.items())


def count_state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(COUNT_STATES.items())
