"""Rows of contracts as the plain values that rules decide on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from samskap.apps.benefits.rules.contracts import Count, Sum, Terms
from samskap.apps.benefits.rules.payment_plans import Planned

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Contract, Metric, MetricResult, Payment

__all__ = ["counts_of", "ledger_of", "names_of", "paid_for", "pairs_of", "planned_of", "sums_of", "terms_of"]


def terms_of(metric: Metric) -> Terms:
    """Price, cap and target."""
    return Terms(price=metric.price_nok, cap=metric.cap_nok, target=metric.target)


def counts_of(results: Iterable[MetricResult]) -> list[Count]:
    """What was counted, by day."""
    return [
        Count(one.counted_on, one.engaged, one.reached, is_validated=one.validated_by_id is not None)
        for one in sorted(results, key=lambda one: one.counted_on)
    ]


def ledger_of(contract: Contract) -> list[Payment]:
    """What was paid, by day: the payments that belong to no plan."""
    return [one for one in contract.payments.all() if one.plan_id is None]


def paid_for(metric: Metric, ledger: Iterable[Payment]) -> list[Payment]:
    """What was paid for one metric."""
    return [one for one in ledger if one.metric_id == metric.pk]


def sums_of(payments: Iterable[Payment]) -> list[Sum]:
    """Days and kroner."""
    return [Sum(one.on, one.amount_nok) for one in payments]


def planned_of(payments: Iterable[Payment]) -> list[Planned]:
    """Payments for results as plans know them, by the ids of rows."""
    return [
        Planned(one.metric_id, one.sender_id, one.receiver_id, one.on, one.amount_nok, one.note)
        for one in payments
        if one.kind == "outcome"
    ]


def pairs_of(contract: Contract) -> list[tuple[str, int]]:
    """Role and organisation of each party, by the ids of rows."""
    return [(one.role, one.organisation_id) for one in contract.parties.all()]


def names_of(contract: Contract) -> dict[int, str]:
    """The names of the parties by the ids of their organisations."""
    return {one.organisation_id: one.organisation.name for one in contract.parties.all()}
