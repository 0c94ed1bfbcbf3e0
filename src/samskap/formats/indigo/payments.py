"""Payments of a project: the plans with their versions, and the ledger of what was paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from samskap.formats.indigo.ledger import Payment, Plan
from samskap.formats.indigo.nodes import Node, Remark
from samskap.formats.indigo.words import REPAYMENTS

__all__ = ["ledger_of", "plans_of"]

LONGEST_KEY = 80


def plans_of(data: Node, metrics: Sequence[str], starts_on: date) -> tuple[Plan, ...]:
    """The plans in their order. Planned payments that name no plan belong to the only one there is."""
    plans: dict[str, Plan] = {}
    for row in data.rows("outcome_payment_plans"):
        key = row.at("id").text(most=LONGEST_KEY, needed=True)
        if key in plans:
            row.wrong("plan_twice", plan=key)
        made_on = row.down("period", "start_date").day() or starts_on
        plans[key] = Plan(key, made_on, row.at("notes").text(most=300), (), ())
    for row in data.rows("outcome_payments"):
        key = row.at("outcome_payment_plan_id").text(most=LONGEST_KEY)
        is_planned = _is_planned(row)
        if not key and not is_planned:
            continue
        if not key:
            plans = plans or {"plan-1": Plan("plan-1", starts_on, "", (), ())}
            key = next(iter(plans))
            if len(plans) > 1:
                row.wrong("no_plan")
        if key not in plans:
            row.at("outcome_payment_plan_id").wrong("unknown_plan", plan=key)
            continue
        _add(plans, key, _outcome(row, metrics), is_planned=is_planned)
    return tuple(plans.values())


def _is_planned(row: Node) -> bool:
    said = row.at("type").leaf().value
    if said not in ("Planned", "Actual"):
        row.at("type").wrong("payment_type", value=str(said)[:60])
    row.at("type").take()
    return bool(said == "Planned")


def _add(plans: dict[str, Plan], key: str, payment: Payment | None, *, is_planned: bool) -> None:
    if payment is None:
        return
    plan = plans[key]
    if is_planned:
        plans[key] = replace(plan, planned=(*plan.planned, payment))
    else:
        plans[key] = replace(plan, repeated=(*plan.repeated, payment))


def _metric_of(row: Node, metrics: Sequence[str]) -> str:
    key = row.at("outcome_metric_id").text(most=LONGEST_KEY, needed=True)
    if key and key not in metrics:
        row.at("outcome_metric_id").wrong("unknown_metric", metric=key)
    return key


def _outcome(row: Node, metrics: Sequence[str]) -> Payment | None:
    """One payment for results, on the last day of its period."""
    on = row.down("period", "end_date").day(needed=True, last=True)
    amount = _positive(row.at("money"))
    payment = Payment(
        kind="outcome",
        on=on or date.min,
        sender=row.at("payer_organisation_id").text(most=200, needed=True),
        receiver=row.at("recipient_organisation_id").text(most=200, needed=True),
        amount=amount or Decimal(0),
        metric=_metric_of(row, metrics),
        note=row.at("notes").text(most=300),
    )
    return payment if on and amount else None


def _positive(money: Node) -> Decimal | None:
    amount = money.kroner()
    if amount == 0:
        money.at("amount").wrong("not_above_nothing")
    return amount or None


def ledger_of(data: Node, metrics: Sequence[str], investors: Mapping[str, str]) -> tuple[Payment, ...]:
    """What was paid, each payment once.

    The standard has payments for results in two lists. Where both have them they must be the same money: those of the
    transactions are kept, for they say the day.
    """
    found = [one for row in data.rows("transactions") if (one := _transaction(row, metrics, investors))]
    rows = [
        row
        for row in data.rows("outcome_payments")
        if row.at("type").leaf().value == "Actual" and row.at("outcome_payment_plan_id").is_empty
    ]
    actual = [(row, one) for row in rows if (one := _outcome(row, metrics))]
    listed = [one for one in found if one.kind == "outcome"]
    if not listed or not actual:
        return (*found, *(one for _, one in actual))
    _check_same(data, listed, [one for _, one in actual])
    notes = {one.note for one in listed}
    for row, one in actual:
        if one.note not in notes:
            row.notes.remarks.append(Remark(row.at("notes").leaf().place, one.note))
    return tuple(found)


def _check_same(data: Node, listed: Sequence[Payment], actual: Sequence[Payment]) -> None:
    for metric in dict.fromkeys(one.metric for one in (*listed, *actual)):
        ways = [
            sorted((one.sender, one.receiver, one.amount) for one in rows if one.metric == metric)
            for rows in (listed, actual)
        ]
        if ways[0] != ways[1]:
            sums = [sum((amount for _, _, amount in rows), Decimal(0)) for rows in ways]
            data.at("outcome_payments").wrong("ledgers_differ", metric=metric, payments=sums[1], transactions=sums[0])


def _transaction(row: Node, metrics: Sequence[str], investors: Mapping[str, str]) -> Payment | None:
    """One transaction; None for money that is neither for results nor for an investment, which is then told."""
    kind = _kind(row, investors)
    if not kind:
        return None
    row.at("transaction_type").take()
    investment = row.at("investment_id").text(most=LONGEST_KEY)
    if investment and investment not in investors:
        row.at("investment_id").wrong("unknown_investment", investment=investment)
    if investment and not row.at("outcome_metric_id").is_empty:
        row.wrong("two_links")
    on = row.at("date").day(needed=True)
    amount = _positive(row.at("money"))
    payment = Payment(
        kind=kind,
        on=on or date.min,
        sender=row.at("sending_organisation_id").text(most=200, needed=True),
        receiver=row.at("receiving_organisation_id").text(most=200, needed=True),
        amount=amount or Decimal(0),
        metric=_metric_of(row, metrics) if kind == "outcome" else "",
        note=row.at("notes").text(most=300),
    )
    return payment if on and amount else None


def _kind(row: Node, investors: Mapping[str, str]) -> str:
    said = row.at("transaction_type").leaf().value
    if isinstance(said, str) and said:
        return REPAYMENTS.get(said, "")
    if not row.at("outcome_metric_id").is_empty:
        return "outcome"
    if row.at("investment_id").is_empty:
        return ""
    return "investment" if row.at("sending_organisation_id").leaf().value in investors.values() else "return"
