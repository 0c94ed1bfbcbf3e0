"""A contract as a project of the INDIGO data standard 4.0.0.

Field by field it follows schema/project.json and schema/organisation.json of the standard. A number, a text or a date
is wrapped as `{"value": …}`, as the standard does; what is not known is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from samskap.formats.indigo.ledger import Contract, Metric, Organisation, Payment, Place, Plan, Result
from samskap.formats.indigo.words import (
    BODIES,
    CATEGORIES,
    COORDINATOR,
    COUNTRY,
    CURRENCY,
    EVALUATOR,
    PLACE_CODES,
    REGISTER,
    STANDARD,
    STANDARD_VERSION,
    TRANSACTIONS,
)

__all__ = ["one_document", "project_data", "several_document"]

Sectors = Mapping[str, str]


def one_document(contract: Contract, organisations: Sequence[Organisation], *, today: date) -> dict[str, Any]:
    """One contract and the organisations it names, ready for `json.dumps`."""
    return _head() | {
        "project": _project(contract, organisations, today=today),
        "organisations": [_organisation(one) for one in organisations],
    }


def several_document(
    contracts: Iterable[Contract], organisations: Sequence[Organisation], *, today: date
) -> dict[str, Any]:
    """Several contracts and the organisations they name."""
    return _head() | {
        "projects": [_project(one, organisations, today=today) for one in contracts],
        "organisations": [_organisation(one) for one in organisations],
    }


def _head() -> dict[str, Any]:
    return {"standard": STANDARD, "standard_version": STANDARD_VERSION}


def _project(contract: Contract, organisations: Iterable[Organisation], *, today: date) -> dict[str, Any]:
    sectors = {one.key: one.sector for one in organisations}
    return {"id": contract.key, "data": project_data(contract, sectors, today=today)}


def _organisation(one: Organisation) -> dict[str, Any]:
    data: dict[str, Any] = {"status": "PUBLIC", "name": _value(one.name), "jurisdiction": _value(COUNTRY)}
    if one.sector:
        data["type"] = _value(BODIES[one.sector])
    if one.register_number:
        data["org-ids"] = {"primary": _value(f"{REGISTER}{one.register_number}")}
    return {"id": one.key, "data": data}


def project_data(contract: Contract, sectors: Sectors, *, today: date) -> dict[str, Any]:
    """The `data` of a project. `sectors` are those of the organisations by key."""
    return {
        "status": "PUBLIC",
        "name": _value(contract.title),
        "stage_development": _value(_stage(contract, today)),
        "dates": {
            "start_date_of_service_provision": _value(contract.starts_on),
            "anticipated_end_date_of_service_provision": _value(contract.ends_on),
        },
        "jurisdiction": {"jurisdiction": _value(COUNTRY)},
        "overall_project_finance": _finance(contract),
        **({"purpose_and_classifications": {"intervention": _value(contract.text)}} if contract.text else {}),
        "delivery_locations": [_location(contract.place)] if contract.place else [],
        **_parties(contract, sectors),
        "outcome_metrics": [_metric(one) for one in contract.metrics],
        "outcome_pricings": [_pricing(one) for one in contract.metrics],
        "results": [_result(one, contract) for one in contract.results],
        "outcome_payment_plans": [_plan(one, contract) for one in contract.plans],
        "outcome_payments": _payments(contract),
        "transactions": [_transaction(one, contract) for one in contract.paid],
    }


def _value(thing: object) -> dict[str, Any]:
    if isinstance(thing, date):
        return {"value": thing.isoformat()}
    return {"value": _number(thing) if isinstance(thing, Decimal) else thing}


def _number(amount: Decimal) -> int | float:
    """Whole where it is; up to fifteen digits a float says exactly what was meant."""
    return int(amount) if amount == int(amount) else float(amount)


def _money(amount: Decimal, where: str = "amount") -> dict[str, Any]:
    return {"currency": _value(CURRENCY), where: _value(amount)}


def _stage(contract: Contract, today: date) -> str:
    if today < contract.starts_on:
        return "Contracted"
    return "Implementation" if today <= contract.ends_on else "Service delivery complete"


def _finance(contract: Contract) -> dict[str, Any]:
    commitments = [one.commitment for one in contract.parties if one.commitment is not None]
    paid = sum((one.amount for one in contract.paid if one.kind == "outcome"), Decimal(0))
    found = {
        "maximum_potential_outcome_payment_v2": _money(sum((one.cap for one in contract.metrics), Decimal(0))),
        "total_outcome_payments_made": _money(paid),
    }
    if commitments:
        total = {"exact": _value(sum(commitments, Decimal(0)))}
        found["total_investment_commitment"] = {"currency": _value(CURRENCY), "amount": total}
    return found


def _location(place: Place) -> dict[str, Any]:
    return {
        "location_name": _value(place.name),
        "location_country": _value(COUNTRY),
        "adminstrative_geography_code_type": _value(PLACE_CODES),  # spelled so in the standard
        "adminstrative_geography_code": _value(place.number),
    }


def _parties(contract: Contract, sectors: Sectors) -> dict[str, list[dict[str, Any]]]:
    """The four lists of the standard that our five roles go into."""
    lists: dict[str, list[dict[str, Any]]] = {
        "service_provisions": [], "outcome_payment_commitments": [], "investments": [], "intermediary_services": [],
    }  # fmt: skip
    where = {"provider": "service_provisions", "payer": "outcome_payment_commitments", "investor": "investments"}
    for one in contract.parties:
        name = where.get(one.role, "intermediary_services")
        line: dict[str, Any] = {"organisation_id": _value(one.organisation)}
        if one.role in where:
            category = CATEGORIES[name].get(sectors.get(one.organisation, ""), "")
            line |= {"organisation_role_category": _value(category)} if category else {}
        else:
            words = {"coordinator": COORDINATOR, "evaluator": EVALUATOR}[one.role]
            line |= {"organisation_role_category": _value("Other"), "other_role_description": _value(words)}
        if one.role in ("provider", "investor"):
            line = {"id": f"{one.role}-{len(lists[name]) + 1}"} | line
        if one.commitment is not None:
            amount = {"exact": _value(one.commitment)}
            line["investment_commitment"] = {"currency": _value(CURRENCY), "amount": amount}
        lists[name].append(line)
    return lists


def _metric(one: Metric) -> dict[str, Any]:
    return {
        "id": one.key,
        "definition": _value(one.title),
        "unit_type_of_targeted_service_users_or_beneficiaries": _value("Other"),
        "unit_description_of_service_user_or_beneficiaries": _value(one.unit),
        "outcome_metric_target": _value(f"{_number(one.target)}"),
        "outcome_validation_method": _value(one.validation),
        "data_source_for_outcome_validation": _value(one.source),
    }


def _pricing(one: Metric) -> dict[str, Any]:
    return {
        "outcome_metric_id": _value(one.key),
        "currency": _value(CURRENCY),
        "price_per_unit": {"amount": _value(one.price)},
        # A text in the schema of the standard, though it is an amount.
        "maximum_price_if_all_targets_achieved": {"amount": _value(f"{_number(one.cap)}")},
    }


def _result(one: Result, contract: Contract) -> dict[str, Any]:
    return {
        "outcome_metric_id": _value(one.metric),
        "result_level": _value("Outcome level"),
        "result_type": _value("Final" if one.counted_on >= contract.ends_on else "Interim"),
        "period": _period(contract.starts_on, one.counted_on),
        "number_engaged_in_impact_bond": _value(one.engaged),
        "number_with_positive_social_outcomes": _value(one.reached),
        **({"outcomes_validator_organisation_ids": _value(one.validator)} if one.validator else {}),
        **({"notes": one.note} if one.note else {}),
    }


def _period(starts_on: date, ends_on: date) -> dict[str, Any]:
    return {"start_date": _value(starts_on), "end_date": _value(ends_on)}


def _plan(one: Plan, contract: Contract) -> dict[str, Any]:
    found = {"id": _value(one.key), "period": _period(one.made_on, max(one.made_on, contract.ends_on))}
    return found | ({"notes": one.reason} if one.reason else {})


def _payments(contract: Contract) -> list[dict[str, Any]]:
    """Each plan with what it repeats and plans, and last what was paid, which belongs to no plan."""
    found = []
    for plan in contract.plans:
        found += [_payment(one, "Actual", plan=plan.key) for one in plan.repeated]
        found += [_payment(one, "Planned", plan=plan.key) for one in plan.planned]
    return found + [_payment(one, "Actual") for one in contract.paid if one.kind == "outcome"]


def _payment(one: Payment, kind: str, *, plan: str = "") -> dict[str, Any]:
    return {
        **({"outcome_payment_plan_id": _value(plan)} if plan else {}),
        "outcome_metric_id": _value(one.metric),
        "period": _period(one.on, one.on),
        "payer_organisation_id": _value(one.sender),
        "recipient_organisation_id": _value(one.receiver),
        "type": _value(kind),
        "money": _money(one.amount),
        **({"notes": one.note} if one.note else {}),
    }


def _transaction(one: Payment, contract: Contract) -> dict[str, Any]:
    investors = [party.organisation for party in contract.parties if party.role == "investor"]
    investor = one.sender if one.kind == "investment" else one.receiver
    if one.kind == "outcome":
        link = {"outcome_metric_id": _value(one.metric)}
    else:
        link = {"investment_id": _value(f"investor-{investors.index(investor) + 1}")} if investor in investors else {}
    return {
        **link,
        "date": _value(one.on),
        "sending_organisation_id": _value(one.sender),
        "receiving_organisation_id": _value(one.receiver),
        "transaction_type": _value(TRANSACTIONS[one.kind]),
        "money": _money(one.amount),
        **({"notes": one.note} if one.note else {}),
    }
