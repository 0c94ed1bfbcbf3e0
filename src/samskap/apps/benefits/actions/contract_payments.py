"""Money of a contract: what is planned, version by version, and what was paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from samskap.apps.benefits.actions.contract_results import check_metric, check_plan
from samskap.apps.benefits.actions.contracts import check_own, held_contract, record, refuse
from samskap.apps.benefits.models import Contract, Metric, Payment, PaymentPlan
from samskap.apps.benefits.queries.contract_values import ledger_of, pairs_of, planned_of
from samskap.apps.benefits.rules import contracts as rules
from samskap.apps.benefits.rules.contracts import Fault
from samskap.apps.benefits.rules.payment_plans import Planned, paid_since, rest_of
from samskap.apps.initiatives.queries import today
from samskap.kernel.text import one_line

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.kernel.acting import Acting

__all__ = [
    "change_payment",
    "change_planned_payment",
    "drop_plan",
    "make_plan",
    "plan_payment",
    "record_payment",
    "remove_payment",
]


@transaction.atomic
def plan_payment(
    contract: Contract, *, metric: Metric, sender: Organisation, receiver: Organisation, amount_nok: Decimal, on: date,
    by: Acting, note: str = "",
) -> Payment:  # fmt: skip
    """Put a payment for results into the newest plan; the first one makes the first plan."""
    contract = held_contract(contract, by=by)
    plan = contract.plans.last() or _first_plan(contract)
    payment = Payment(
        contract=contract, plan=plan, metric=metric, kind="outcome", state="planned", sender=sender,
        receiver=receiver, amount_nok=amount_nok, on=on, note=one_line(note)[:300],
    )  # fmt: skip
    _stored(contract, payment)
    _record("benefits.payment_planned", contract, payment, by=by)
    return payment


@transaction.atomic
def change_planned_payment(
    payment: Payment, *, metric: Metric, sender: Organisation, receiver: Organisation, amount_nok: Decimal, on: date,
    by: Acting, note: str = "",
) -> Payment:  # fmt: skip
    """Change what is planned in the newest plan. Older plans, and what plans say was paid, stay as they were."""
    contract = held_contract(payment.contract, by=by)
    _check_open(contract, payment)
    payment.metric, payment.sender, payment.receiver = metric, sender, receiver
    payment.amount_nok, payment.on, payment.note = amount_nok, on, one_line(note)[:300]
    _stored(contract, payment)
    _record("benefits.payment_replanned", contract, payment, by=by)
    return payment


@transaction.atomic
def record_payment(
    contract: Contract, *, kind: str, sender: Organisation, receiver: Organisation, amount_nok: Decimal, on: date,
    by: Acting, metric: Metric | None = None, note: str = "",
) -> Payment:  # fmt: skip
    """Take down money that was paid: for results, as an investment, or back to the investor."""
    contract = held_contract(contract, by=by)
    payment = Payment(
        contract=contract, metric=metric, kind=kind, state="paid", sender=sender, receiver=receiver,
        amount_nok=amount_nok, on=on, note=one_line(note)[:300],
    )  # fmt: skip
    _stored(contract, payment)
    _record("benefits.payment_made", contract, payment, by=by)
    return payment


@transaction.atomic
def change_payment(
    payment: Payment, *, kind: str, sender: Organisation, receiver: Organisation, amount_nok: Decimal, on: date,
    by: Acting, metric: Metric | None = None, note: str = "",
) -> Payment:  # fmt: skip
    """Correct what was taken down as paid."""
    contract = held_contract(payment.contract, by=by)
    before = payment.metric
    payment.kind, payment.metric, payment.sender, payment.receiver = kind, metric, sender, receiver
    payment.amount_nok, payment.on, payment.note = amount_nok, on, one_line(note)[:300]
    _stored(contract, payment)
    if before is not None and before != metric:
        check_metric(before)
    _record("benefits.payment_changed", contract, payment, by=by)
    return payment


@transaction.atomic
def remove_payment(payment: Payment, *, by: Acting) -> None:
    """Take a payment away: planned in the newest plan, or taken down as paid."""
    contract = held_contract(payment.contract, by=by)
    if payment.plan_id is not None:
        _check_open(contract, payment)
        _record("benefits.payment_unplanned", contract, payment, by=by)
    else:
        _record("benefits.payment_removed", contract, payment, by=by)
    payment.delete()


def _check_open(contract: Contract, payment: Payment) -> None:
    newest = contract.plans.last()
    if payment.state != "planned" or newest is None or payment.plan_id != newest.pk:
        refuse([Fault("plan_frozen")])


def _stored(contract: Contract, payment: Payment) -> None:
    """Save a payment that can be, and check what it does to the sums."""
    _check_payment(contract, payment)
    payment.save()
    if payment.metric is not None:
        check = check_metric if payment.plan_id is None else check_plan
        check(payment.metric)
    elif payment.kind == "investment":
        _check_commitment(contract, payment)


def _check_payment(contract: Contract, payment: Payment) -> None:
    sender, receiver, metric = payment.sender, payment.receiver, payment.metric
    check_own(contract, sender, receiver)
    names = {sender.pk: sender.name, receiver.pk: receiver.name}
    if (metric is None) == (payment.kind == "outcome") or (metric and metric.contract_id != contract.pk):
        refuse([Fault("metric_foreign")])
    faults = rules.transfer_faults(
        payment.kind, sender=sender.pk, receiver=receiver.pk, amount=payment.amount_nok, parties=pairs_of(contract)
    )
    refuse(faults, names=names)
    if payment.plan_id is None and payment.on > today():
        refuse([Fault("paid_in_future", {"on": payment.on})])
    if payment.kind == "outcome":
        refuse(rules.start_faults(contract.starts_on, [payment.on]))
    if payment._state.adding:
        _check_room(contract, more=1)


def _check_room(contract: Contract, *, more: int) -> None:
    """Stop where there would be more payments, planned ones among them, than a contract holds."""
    if contract.payments.count() + more > rules.MOST_PAYMENTS:
        refuse([Fault("too_many", {"most": rules.MOST_PAYMENTS})])


def _check_commitment(contract: Contract, payment: Payment) -> None:
    party = contract.parties.filter(role="investor", organisation=payment.sender).first()
    paid = [
        one.amount_nok for one in ledger_of(contract) if one.kind == "investment" and one.sender_id == payment.sender_id
    ]
    most = party.commitment_nok if party else None
    name = payment.sender.name
    refuse(rules.commitment_faults(payment.sender_id, most=most, paid=paid), names={payment.sender_id: name})


def _record(verb: str, contract: Contract, payment: Payment, *, by: Acting) -> None:
    facts = {"amount": f"{payment.amount_nok:.2f}".removesuffix(".00"), "on": payment.on.isoformat(),
             "sender": payment.sender.name, "receiver": payment.receiver.name}  # fmt: skip
    record(verb, contract, by=by, data=facts)


# --- Versions of the plan ---


def _first_plan(contract: Contract) -> PaymentPlan:
    return PaymentPlan.objects.create(contract=contract, version=1, made_on=today())


@transaction.atomic
def make_plan(contract: Contract, *, reason: str, by: Acting) -> PaymentPlan:
    """Make a new version of the plan: it repeats what is paid, and plans what the last one planned and is not paid."""
    contract = held_contract(contract, by=by)
    last = contract.plans.last()
    reason = one_line(reason)[:300]
    if last is None:
        refuse([Fault("plan_missing")])
        return _first_plan(contract)
    if not reason:
        refuse([Fault("plan_reason_missing")])
    if contract.plans.count() >= rules.MOST_PLANS:
        refuse([Fault("too_many", {"most": rules.MOST_PLANS})])
    paid = planned_of(ledger_of(contract))
    repeated = planned_of(last.payments.filter(state="paid"))
    planned = planned_of(last.payments.filter(state="planned"))
    rest = rest_of(planned, paid_since(paid, repeated))
    _check_room(contract, more=len(paid) + len(rest))
    plan = PaymentPlan.objects.create(contract=contract, version=last.version + 1, made_on=today(), reason=reason)
    _fill(plan, paid, state="paid")
    _fill(plan, rest, state="planned")
    record("benefits.plan_made", contract, by=by, data={"version": plan.version, "reason": reason})
    return plan


def _fill(plan: PaymentPlan, payments: list[Planned], *, state: str) -> None:
    Payment.objects.bulk_create(
        Payment(
            contract=plan.contract, plan=plan, metric_id=one.metric, kind="outcome", state=state,
            sender_id=one.sender, receiver_id=one.receiver, amount_nok=one.amount, on=one.on, note=one.note,
        )
        for one in payments
    )  # fmt: skip


@transaction.atomic
def drop_plan(contract: Contract, *, by: Acting) -> None:
    """Throw the newest version of the plan away, so that the one before it is in force again."""
    contract = held_contract(contract, by=by)
    last = contract.plans.last()
    if last is None:
        refuse([Fault("plan_missing")])
        return
    record("benefits.plan_dropped", contract, by=by, data={"version": last.version})
    last.delete()
