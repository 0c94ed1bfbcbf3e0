"""What a result says, in sentences: headline, winners, losers, groups, checks. Amounts are in the ballot's currency."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskap.apps.actors.labels import SECTORS
from samskap.apps.processes.labels import CHANNELS
from samskap.web.money import kroner

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.formats.count_told import FindingTold, LoserTold, RoundTold

__all__ = [
    "GROUPS",
    "audit_reason",
    "audit_title",
    "audit_verdict",
    "effective_sentence",
    "group_label",
    "headline",
    "how_sentence",
    "left_sentence",
    "listing",
    "loser_sentence",
    "money",
    "number",
    "paid_sentence",
    "percent",
    "quoted",
    "rather_sentence",
    "spent_sentence",
    "start_sentence",
    "tie_sentence",
    "voters_sentence",
]

GROUPS: dict[str, StrOrPromise] = {
    "sector": gettext_lazy("By sector"),
    "district": gettext_lazy("By place"),
    "channel": gettext_lazy("By how they voted"),
}
_METHODS: dict[str, StrOrPromise] = {"internet": gettext_lazy("Online"), "paper": gettext_lazy("Paper")}


def money(amount: float, currency: str = "NOK") -> str:
    """An amount: whole where it is whole or large, with two decimals below ten."""
    if amount != int(amount) and abs(amount) < 10:
        figures = number_format(round(amount, 2), decimal_pos=2)
        return _("NOK %(figures)s") % {"figures": figures} if currency in ("NOK", "") else f"{figures} {currency}"
    whole = int(amount + 0.5)
    return kroner(whole) if currency in ("NOK", "") else f"{number(whole)}\N{NO-BREAK SPACE}{currency}"


def number(value: float, decimals: int = 0) -> str:
    """A number as the reader's language writes it."""
    return number_format(value, decimal_pos=decimals, force_grouping=True)


def percent(share: float) -> str:
    """A share in whole per cent, never 0 or 100 where it is not."""
    whole = int(share * 100 + 0.5)
    if (whole == 0 and share > 0) or (whole == 100 and share < 1):
        whole = 1 if whole == 0 else 99
    return _("%(percent)d%%") % {"percent": whole}


def listing(names: Sequence[str]) -> str:
    """The names in a row: "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def quoted(name: str) -> str:
    """A name in the quotation marks of the reader's language."""
    return _("“%(name)s”") % {"name": name}


def headline(*, won: int, projects: int, cost: str, budget: str) -> str:
    """What came of it, in one sentence."""
    if not won:
        return _("No project won.")
    words = ngettext(
        "%(won)s of %(projects)s projects won. It costs %(cost)s of the %(budget)s.",
        "%(won)s of %(projects)s projects won. Together they cost %(cost)s of the %(budget)s.",
        won,
    )
    return words % {"won": won, "projects": projects, "cost": cost, "budget": budget}


def voters_sentence(*, voters: int, share: float) -> str:
    """How many voted, and how many of them got something."""
    words = ngettext(
        "%(voters)s person voted. %(share)s got at least one project that they chose.",
        "%(voters)s people voted. %(share)s of them got at least one project that they chose.",
        voters,
    )
    return words % {"voters": number(voters), "share": percent(share)}


def paid_sentence(one: RoundTold, *, currency: str) -> str:
    """What each of those who chose it paid; empty where nobody pays."""
    if one.paid is None:
        return ""
    average, least, most = (money(each, currency) for each in (one.paid.average, one.paid.least, one.paid.most))
    gaps = {"n": number(one.supporters), "average": average, "least": least, "most": most}
    if least == most:
        return _("Each of the %(n)s who chose it paid %(average)s.") % gaps
    return _("The %(n)s who chose it paid %(average)s each on average, from %(least)s to %(most)s.") % gaps


def effective_sentence(one: RoundTold, *, effective: float | None) -> str:
    """What its support weighed when its turn came; empty where no voter pays."""
    if effective is None or one.how not in ("shared", "overspent"):
        return ""
    if one.paid_out == 0 or abs(effective - one.supporters) < 0.05:
        return _("All of them had enough left to pay a full part.")
    return _(
        "Some had spent most of their share on others and paid less. Its support weighed as much as %(effective)s "
        "voters who pay a full part."
    ) % {"effective": number(effective, 1)}


def how_sentence(one: RoundTold, *, currency: str) -> str:
    """How it was paid where it was not by shares alone; empty where it was."""
    told: dict[str, Callable[[], str]] = {
        "filled": lambda: _(
            "It came in at the end: of those that still fitted in the budget it had most votes. "
            "What was left over pays for it."
        ),
        "voted": lambda: _("Of those that fitted in the budget it had most votes."),
        "loaded": lambda: _("Those who chose it had then saved enough to pay for it together."),
        "overspent": lambda: (
            _("Those who chose it could not pay all. The rest, %(rest)s, comes from what nobody uses.")
            % {"rest": money(one.overspent or 0, currency)}
            if one.overspent
            else ""
        ),
    }
    return told[one.how]() if one.how in told else ""


def left_sentence(one: RoundTold, *, currency: str) -> str:
    """What those who chose it could still pay with afterwards."""
    if one.left is None:
        return ""
    if not one.left:
        return _("Afterwards none of them has anything left.")
    return _("Afterwards they have %(left)s left together.") % {"left": money(one.left, currency)}


def tie_sentence(names: Sequence[str], *, how: str) -> str:
    """Which projects were level with it."""
    if not names:
        return ""
    return _("It was level with %(names)s. What decided: %(how)s.") % {"names": listing(names), "how": how}


def start_sentence(start: float, *, increments: int, stopped: str, currency: str) -> str:
    """What every voter began with, and why it was not raised further."""
    if not increments:
        return _("Every voter began with %(start)s, an equal part of the budget.") % {"start": money(start, currency)}
    raised = ngettext(
        "Every voter began with %(start)s: an equal part of the budget, raised by %(times)s krone so that as much as "
        "possible of the budget is used.",
        "Every voter began with %(start)s: an equal part of the budget, raised by %(times)s kroner so that as much as "
        "possible of the budget is used.",
        increments,
    ) % {"start": money(start, currency), "times": number(increments)}
    return f"{raised} {_STOPPED[stopped]}".strip()


_STOPPED: dict[str, StrOrPromise] = {
    "plain": "",
    "infeasible": gettext_lazy("One more would have cost more than the budget."),
    "exhaustive": gettext_lazy("Then nothing more fitted in the budget."),
    "all_funded": gettext_lazy("Then every project had won."),
}


def loser_sentence(one: LoserTold, *, names: Mapping[str, str], currency: str) -> str:
    """Why a project did not win, and what was missing."""
    because = listing([quoted(names.get(key, key)) for key in one.because])
    if one.why == "no_votes":
        return _("Nobody chose it.")
    if one.why == "minimum_support":
        return _("Too few chose it to take part in the count.")
    if one.why == "exclusive":
        return _("%(other)s won, and at most one of them can.") % {"other": because}
    if one.why == "requires":
        return (
            _("It needs %(other)s, which did not win.") % {"other": because} if because else _("What it needs is out.")
        )
    if one.why == "too_little_support" and one.missing is not None:
        gaps = {"money": money(one.money or 0, currency), "missing": money(one.missing, currency)}
        return _("Those who chose it had %(money)s left at the end, %(missing)s too little.") % gaps
    if one.over_budget:
        return _("It would have cost %(over)s more than what was left.") % {"over": money(one.over_budget, currency)}
    return _("The count ended before its turn came.")


def spent_sentence(one: LoserTold, *, names: Mapping[str, str], currency: str, most: int = 3) -> str:
    """What those who chose a project that lost had spent on projects that won, the largest first."""
    spent = sorted(one.spent_on, key=lambda each: -each.amount)
    if not spent:
        return ""
    told = [
        f"{quoted(names.get(each.project, each.project))} ({money(each.amount, currency)})" for each in spent[:most]
    ]
    rest = len(spent) - len(told)
    if rest:
        told.append(ngettext("%(n)s more", "%(n)s more", rest) % {"n": rest})
    return _("Before, they had paid for %(projects)s.") % {"projects": listing(told)}


def rather_sentence(one: LoserTold, *, currency: str) -> str:
    """What would have been enough, all else as it was."""
    if one.more_supporters is None:
        return ""
    votes = ngettext(
        "With %(n)s more voter for it it would have won", "With %(n)s more voters for it it would have won",
        one.more_supporters,
    ) % {"n": number(one.more_supporters)}  # fmt: skip
    if not one.highest_cost:
        return _("%(votes)s.") % {"votes": votes}
    return _("%(votes)s, or at a price of %(cost)s.") % {"votes": votes, "cost": money(one.highest_cost, currency)}


def group_label(kind: str, label: str) -> str:
    """The heading of a group of voters."""
    if not label:
        return _("Did not say")
    known: dict[str, Mapping[str, Any]] = {"sector": SECTORS, "channel": {**_METHODS, **CHANNELS}}
    return str(known.get(kind, {}).get(label, label))


_AUDITS: dict[str, StrOrPromise] = {
    "ballots": gettext_lazy("Every ballot is counted as it was cast."),
    "feasible": gettext_lazy("The budget holds, no project is chosen twice, and every condition is kept."),
    "payments": gettext_lazy("Those who chose a project, and nobody else, paid for it, out of what they had."),
    "order": gettext_lazy("In each round the project was chosen whose turn it was by the rule."),
    "exhaustive": gettext_lazy("No project that somebody chose would still fit in the budget."),
    "priceable": gettext_lazy(
        "The payments are fair prices: no group has enough money left to buy a project that it wanted."
    ),
    "ejr_plus": gettext_lazy("Every group of voters with a project in common got what its size entitles it to."),
    "ejr": gettext_lazy("Every group of voters who want the same got what its size entitles it to."),
    "core": gettext_lazy("No group could have served itself better with its own part of the budget."),
}


# Why something cannot be decided.
_UNDECIDED: dict[str, StrOrPromise] = {
    "no_order": gettext_lazy("The rule does not go by rounds here."),
    "no_money": gettext_lazy("Voters do not pay by this rule."),
    "not_all_paid": gettext_lazy("Not everything was paid from shares: something came in at the end by votes."),
    "utilities_differ": gettext_lazy("It can only be asked where a project is worth the same to all who chose it."),
    "too_many_sets": gettext_lazy("There are too many groups of projects to try them all."),
}


def audit_title(key: str) -> str:
    """What is checked."""
    return str(_AUDITS.get(key, key))


def audit_reason(one: FindingTold) -> str:
    """Why it cannot be decided; empty where it can."""
    return str(_UNDECIDED.get(one.why, "")) if one.holds is None else ""


def audit_verdict(one: FindingTold) -> tuple[str, str]:
    """Whether it holds, in words, and the colour of the tag."""
    if one.holds:
        return _("Checked: holds"), "success"
    if one.holds is None:
        return _("Cannot be decided"), "neutral"
    if one.promised:
        return _("Does not hold: the count is wrong"), "danger"
    return _("Does not hold. The rule does not promise it"), "neutral"
