"""What the public pages of a contract show."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samskap.apps.actors.queries import frame
from samskap.apps.benefits.labels.contracts import money
from samskap.apps.benefits.permissions.contracts import can_keep_contracts
from samskap.apps.benefits.queries.contract_reading import ContractRead, read_contract
from samskap.apps.benefits.queries.contract_values import planned_of
from samskap.apps.benefits.rules.payment_plans import differences
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Contract
    from samskap.apps.benefits.queries.contract_reading import Sums

__all__ = ["compared_plans", "public_contract", "sum_facts"]


def public_contract(contract: Contract, viewer: Any) -> dict[str, Any]:
    """The whole page."""
    read = read_contract(contract)
    return {
        **frame(contract.initiative.municipality),
        "contract": read,
        "initiative": contract.initiative,
        "facts": sum_facts(read.sums),
        "investment": _investment(read.sums),
        "may_keep": can_keep_contracts(viewer, contract.initiative),
    }


def sum_facts(sums: Sums) -> list[tuple[str, str]]:
    """The sums of the payments for results, with words."""
    return [
        (_("At most"), money(sums.most)),
        (_("Earned"), money(sums.earned)),
        (_("Paid"), money(sums.paid)),
        (_("Due now"), money(sums.due)),
        (_("Left up to the most"), money(sums.left)),
    ]


def _investment(sums: Sums) -> str:
    """What came from investors and went back to them, in a sentence; empty where there is none."""
    gaps = {
        "committed": money(sums.committed),
        "invested": money(sums.invested),
        "returned": money(sums.returned),
    }
    if sums.committed:
        return (
            _(
                "Investors have bound themselves to %(committed)s. %(invested)s is invested, and %(returned)s has"
                " come back to them."
            )
            % gaps
        )
    if sums.invested or sums.returned:
        return _("%(invested)s is invested, and %(returned)s has come back to the investors.") % gaps
    return ""


def compared_plans(contract: Contract, before: str, after: str) -> dict[str, Any]:
    """Two versions of the plan by year and by what is counted, in kroner, with the change. The newest two unless
    others are asked for; `NotFound` where there are not two."""
    read = read_contract(contract)
    versions = {str(one.version): one for one in read.plans}
    if len(versions) < 2:
        raise NotFound(_("There are not two versions of the plan to compare."))
    newest = list(versions)
    was = versions.get(before) or versions[newest[-2]]
    now = versions.get(after) or versions[newest[-1]]
    plans = {plan.pk: list(contract.payments.filter(plan=plan.pk)) for plan in (was, now)}
    titles = {one.pk: one.title for one in read.metrics}
    rows = differences(planned_of(plans[was.pk]), planned_of(plans[now.pk]))
    return {
        **frame(contract.initiative.municipality),
        "contract": read,
        "initiative": contract.initiative,
        "was": was,
        "now": now,
        "headers": [
            _("Year"), _("What is counted"), _version(was.version), _version(now.version),
            pgettext("difference", "Change"),
        ],
        "rows": [
            (str(one.year), titles.get(one.metric, "–"), money(one.before), money(one.after), _signed(one.change))
            for one in rows
        ],
        "total": (_("Altogether"), "", money(was.total), money(now.total), _signed(now.total - was.total)),
        "pairs": _pairs(read),
    }  # fmt: skip


def _version(number: int) -> str:
    return _("Version %(number)s") % {"number": number}


def _signed(amount: Decimal) -> str:
    """With a plus before what is more."""
    return f"+{money(amount)}" if amount > 0 else money(amount).replace("-", "\N{MINUS SIGN}")


def _pairs(read: ContractRead) -> list[tuple[str, str]]:
    """Each version beside the one before it: words and the address that compares them."""
    url = reverse("benefits:compare_plans", args=[read.pk])
    found = []
    for before, after in zip(read.plans, read.plans[1:], strict=False):
        words = _("Versions %(before)s and %(after)s") % {"before": before.version, "after": after.version}
        found.append((words, f"{url}?from={before.version}&to={after.version}"))
    return found
