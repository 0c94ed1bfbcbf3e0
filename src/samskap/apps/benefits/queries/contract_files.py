"""Contracts as files: in the shape of the INDIGO standard, and the ledger as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samskap.apps.benefits.queries.contract_reading import read_contract
from samskap.apps.benefits.queries.contracts import shown_contracts
from samskap.apps.initiatives.queries import today
from samskap.formats import indigo
from samskap.formats.tables import written

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Organisation
    from samskap.apps.benefits.models import Contract, Payment

__all__ = [
    "LEDGER_COLUMNS",
    "contract_document",
    "contracts_document",
    "indigo_contract",
    "ledger_csv",
    "organisation_key",
]

LEDGER_COLUMNS = ("contract", "plan", "state", "on", "kind", "what", "sender", "receiver", "amount_nok", "note")

_ROLES = ("provider", "payer", "investor", "coordinator", "evaluator")


def contract_document(contract: Contract) -> dict[str, Any]:
    """One contract as a project of the standard."""
    bodies = [_indigo_organisation(one, contract) for one in _bodies(contract)]
    return _about(contract.initiative.municipality) | indigo.one_document(
        indigo_contract(contract), bodies, today=today()
    )


def contracts_document(municipality: Municipality) -> dict[str, Any]:
    """Every public contract of a municipality as projects of the standard."""
    found = shown_contracts(municipality)
    bodies = {
        organisation_key(body, contract): _indigo_organisation(body, contract)
        for contract in found
        for body in _bodies(contract)
    }
    contracts = [indigo_contract(one) for one in found]
    return _about(municipality) | indigo.several_document(contracts, list(bodies.values()), today=today())


def _about(municipality: Municipality) -> dict[str, Any]:
    return {"illustrative": True} if municipality.is_illustrative else {}


def organisation_key(body: Organisation, contract: Contract) -> str:
    """The key of an organisation in a file: its number as org-id writes it, or an id of this municipality."""
    if body.register_number:
        return f"NO-BRC-{body.register_number}"
    return f"{contract.municipality_number}-org-{body.pk}"


def _bodies(contract: Contract) -> list[Organisation]:
    """The organisations that a contract names, each once, parties first."""
    parties = sorted(contract.parties.all(), key=lambda one: _ROLES.index(one.role))
    bodies = [one.organisation for one in parties]
    bodies += [body for one in contract.payments.all() for body in (one.sender, one.receiver)]
    return list({one.pk: one for one in bodies}.values())


def _indigo_organisation(body: Organisation, contract: Contract) -> indigo.Organisation:
    return indigo.Organisation(organisation_key(body, contract), body.name, body.register_number, body.sector)


def indigo_contract(contract: Contract) -> indigo.Contract:
    """A contract as plain values, in its original language."""
    payments = list(contract.payments.all())
    plans = tuple(
        indigo.Plan(
            key=f"plan-{plan.version}",
            made_on=plan.made_on,
            reason=plan.reason,
            repeated=_payments(contract, [one for one in payments if one.plan_id == plan.pk and one.state == "paid"]),
            planned=_payments(contract, [one for one in payments if one.plan_id == plan.pk and one.state == "planned"]),
        )
        for plan in contract.plans.all()
    )
    town = contract.initiative.municipality
    return indigo.Contract(
        key=contract.key,
        title=contract.title,
        text=contract.text,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        parties=_parties(contract),
        metrics=_metrics(contract),
        results=_results(contract),
        paid=_payments(contract, [one for one in payments if one.plan_id is None]),
        plans=plans,
        place=indigo.Place(town.number, town.name),
    )


def _parties(contract: Contract) -> tuple[indigo.Party, ...]:
    """In the order of the lists of the standard; coordinators and evaluators share one."""
    parties = sorted(contract.parties.all(), key=lambda one: _ROLES.index(one.role))
    return tuple(
        indigo.Party(one.role, organisation_key(one.organisation, contract), one.commitment_nok) for one in parties
    )


def _metrics(contract: Contract) -> tuple[indigo.Metric, ...]:
    return tuple(
        indigo.Metric(
            key=one.key, title=one.title, unit=one.unit, target=one.target, validation=one.validation,
            source=one.source, price=one.price_nok, cap=one.cap_nok,
        )
        for one in contract.metrics.all()
    )  # fmt: skip


def _results(contract: Contract) -> tuple[indigo.Result, ...]:
    return tuple(
        indigo.Result(
            metric=metric.key,
            counted_on=one.counted_on,
            engaged=one.engaged,
            reached=one.reached,
            validator=organisation_key(one.validated_by, contract) if one.validated_by else "",
            note=one.note,
        )
        for metric in contract.metrics.all()
        for one in metric.results.all()
    )


def _payments(contract: Contract, rows: Iterable[Payment]) -> tuple[indigo.Payment, ...]:
    return tuple(
        indigo.Payment(
            kind=one.kind,
            on=one.on,
            sender=organisation_key(one.sender, contract),
            receiver=organisation_key(one.receiver, contract),
            amount=one.amount_nok,
            metric=one.metric.key if one.metric else "",
            note=one.note,
        )
        for one in rows
    )


def ledger_csv(contract: Contract) -> bytes:
    """What was paid, and what the plan in force plans, a payment a row. What a plan repeats is not told twice."""
    read = read_contract(contract)
    rows: list[Sequence[object]] = [
        (contract.key, "", "paid", one.on.isoformat(), one.kind, one.what, one.sender, one.receiver,
         _plain(one.amount), one.note)
        for one in read.ledger
    ]  # fmt: skip
    if read.plan is not None:
        rows += [
            (contract.key, read.plan.version, "planned", line.payment.on.isoformat(), line.payment.kind,
             line.payment.what, line.payment.sender, line.payment.receiver, _plain(line.payment.amount),
             line.payment.note)
            for line in read.plan.lines
            if line.state != "repeated"
        ]  # fmt: skip
    return written([LEDGER_COLUMNS, *rows])


def _plain(amount: Decimal) -> str:
    return f"{amount:.2f}".removesuffix(".00")
