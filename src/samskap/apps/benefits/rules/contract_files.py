"""What forbids bringing in a contract from a file: the rules of one written by hand, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from samskap.apps.benefits.rules import contracts as rules
from samskap.apps.benefits.rules.contracts import Count, Fault, Sum, Terms
from samskap.formats.indigo import Contract, Metric, Payment

__all__ = ["file_faults"]


def file_faults(contract: Contract, *, today: date) -> list[tuple[str, Fault]]:
    """Everything that cannot be, with the list of the file and what in it, such as “outcome_metrics: jobs”.

    Organisations are known by their keys in the file.
    """
    pairs = [(one.role, one.organisation) for one in contract.parties]
    found = [("dates", fault) for fault in rules.date_faults(contract.starts_on, contract.ends_on)]
    if sizes := _size_faults(contract):
        return [*found, *sizes]
    found += [("service_provisions", fault) for fault in rules.party_faults(pairs)]
    for metric in contract.metrics:
        found += _metric_faults(contract, metric, today)
    found += [
        (f"{where}: {one.on.isoformat()}", fault)
        for where, one in _payments(contract)
        for fault in _payment_faults(contract, one, pairs)
    ]
    found += [
        (f"transactions: {one.on.isoformat()}", Fault("paid_in_future", {"on": one.on}))
        for one in contract.paid
        if one.on > today
    ]
    found += [("investments", fault) for fault in _commitment_faults(contract)]
    return [*found, *_plan_faults(contract)]


def _size_faults(contract: Contract) -> list[tuple[str, Fault]]:
    """Lists that are longer than a contract here can hold."""
    results = Counter(one.metric for one in contract.results)
    sizes = (
        ("parties", len(contract.parties), rules.MOST_PARTIES),
        ("outcome_metrics", len(contract.metrics), rules.MOST_METRICS),
        ("results", max(results.values(), default=0), rules.MOST_RESULTS),
        ("outcome_payment_plans", len(contract.plans), rules.MOST_PLANS),
        ("outcome_payments", sum(1 for _ in _payments(contract)), rules.MOST_PAYMENTS),
    )
    return [(where, Fault("too_many", {"most": most})) for where, size, most in sizes if size > most]


def _payments(contract: Contract) -> Iterator[tuple[str, Payment]]:
    for one in contract.paid:
        yield "transactions", one
    for plan in contract.plans:
        for one in (*plan.repeated, *plan.planned):
            yield f"outcome_payments ({plan.key})", one


def _payment_faults(contract: Contract, one: Payment, pairs: list[tuple[str, str]]) -> list[Fault]:
    found = rules.transfer_faults(one.kind, sender=one.sender, receiver=one.receiver, amount=one.amount, parties=pairs)
    return [*found, *(rules.start_faults(contract.starts_on, [one.on]) if one.kind == "outcome" else ())]


def _metric_faults(contract: Contract, metric: Metric, today: date) -> list[tuple[str, Fault]]:
    terms = Terms(metric.price, metric.cap, metric.target)
    counts = [
        Count(one.counted_on, one.engaged, one.reached, is_validated=bool(one.validator))
        for one in contract.results
        if one.metric == metric.key
    ]
    paid = [Sum(one.on, one.amount) for one in contract.paid if one.metric == metric.key]
    found = [("outcome_pricings", fault) for fault in rules.terms_faults(terms)]
    found += [("results", fault) for fault in rules.order_faults(counts)]
    for one in counts:
        if one.on > today:
            found.append(("results", Fault("count_in_future", {"on": one.on})))
        found += [("results", fault) for fault in rules.start_faults(contract.starts_on, [one.on])]
    if not found:
        found += [("transactions", fault) for fault in rules.overpaid(terms, counts, paid)]
    return [(f"{where}: {metric.key}", fault) for where, fault in found]


def _commitment_faults(contract: Contract) -> list[Fault]:
    found = []
    for party in contract.parties:
        if party.role != "investor":
            continue
        paid = [one.amount for one in contract.paid if one.kind == "investment" and one.sender == party.organisation]
        found += rules.commitment_faults(party.organisation, most=party.commitment, paid=paid)
    return found


def _plan_faults(contract: Contract) -> list[tuple[str, Fault]]:
    """What the plan in force would pay beyond the most; older ones were made when the most was another."""
    found = []
    for plan in contract.plans[-1:]:
        for metric in contract.metrics:
            rows = [one for one in (*plan.repeated, *plan.planned) if one.metric == metric.key]
            planned = sum((one.amount for one in rows), Decimal(0))
            if planned > metric.cap:
                gaps = {"planned": planned, "metric": metric.title, "cap": metric.cap}
                found.append((f"outcome_payment_plans: {plan.key}", Fault("planned_beyond_cap", gaps)))
    return found
