"""Rows of outcome contracts for tests, past every rule."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from tests import factories
from tests.factories.initiatives import make_initiative

from samskap.apps.actors.models import Organisation
from samskap.apps.benefits.models import Contract, ContractParty, Metric, MetricResult, Payment, PaymentPlan
from samskap.apps.initiatives.models import Initiative

__all__ = ["make_contract", "make_metric", "make_party", "make_payment", "make_plan", "make_result", "party"]

Number = int | float | str | Decimal

_count = itertools.count(1)


def make_contract(initiative: Initiative | None = None, *, parties: bool = True, **fields: Any) -> Contract:
    """A contract of 2026 to 2028. With `parties` a provider, a payer and an evaluator are in it, of their sectors."""
    initiative = initiative or make_initiative()
    number = next(_count)
    fields.setdefault("title", f"Kontrakt {number}")
    fields.setdefault("key", f"kontrakt-{number}")
    fields.setdefault("starts_on", date(2026, 1, 1))
    fields.setdefault("ends_on", date(2028, 12, 31))
    contract = Contract.objects.create(initiative=initiative, **fields)
    if parties:
        for role, sector in (("provider", "voluntary"), ("payer", "public"), ("evaluator", "private")):
            make_party(contract, role, sector=sector)
    return contract


def make_party(
    contract: Contract, role: str, *, organisation: Organisation | None = None, sector: str = "private", **fields: Any
) -> ContractParty:
    organisation = organisation or factories.make_organisation(
        municipality=contract.initiative.municipality, sector=sector, name=f"{role} {next(_count)}"
    )
    return ContractParty.objects.create(contract=contract, role=role, organisation=organisation, **fields)


def party(contract: Contract, role: str) -> Organisation:
    """The organisation in a role."""
    return contract.parties.get(role=role).organisation


def make_metric(contract: Contract, **fields: Any) -> Metric:
    """40 000 kr for each of 30 persons, at most 1 000 000 kr."""
    number = next(_count)
    fields.setdefault("title", f"I jobb {number}")
    fields.setdefault("key", f"metric-{number}")
    fields.setdefault("unit", "personer")
    fields.setdefault("target", Decimal(30))
    fields.setdefault("validation", "Før og etter")
    fields.setdefault("source", "A-ordningen")
    fields.setdefault("price_nok", Decimal(40_000))
    fields.setdefault("cap_nok", Decimal(1_000_000))
    return Metric.objects.create(contract=contract, **fields)


def make_result(metric: Metric, reached: Number = 12, *, validated: bool = True, **fields: Any) -> MetricResult:
    """Of 30 June 2026, validated by the evaluator of the contract."""
    fields.setdefault("counted_on", date(2026, 6, 30))
    fields.setdefault("engaged", 25)
    if validated:
        fields.setdefault("validated_by", party(metric.contract, "evaluator"))
    return MetricResult.objects.create(metric=metric, reached=Decimal(str(reached)), **fields)


def make_plan(contract: Contract, *, version: int = 1, **fields: Any) -> PaymentPlan:
    fields.setdefault("made_on", date(2026, 1, 1))
    return PaymentPlan.objects.create(contract=contract, version=version, **fields)


def make_payment(
    metric: Metric, amount: Number = 400_000, *, plan: PaymentPlan | None = None, **fields: Any
) -> Payment:
    """From the payer to the provider on 1 July 2026: paid, or planned where a plan is named."""
    contract = metric.contract
    fields.setdefault("on", date(2026, 7, 1))
    fields.setdefault("sender", party(contract, "payer"))
    fields.setdefault("receiver", party(contract, "provider"))
    fields.setdefault("state", "planned" if plan else "paid")
    return Payment.objects.create(
        contract=contract, metric=metric, plan=plan, kind="outcome", amount_nok=Decimal(str(amount)), **fields
    )
