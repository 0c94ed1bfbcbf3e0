"""Outcome contracts: written, changed, shown, hidden and deleted; and who is in them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from samskap.apps.benefits.labels.contracts import said_fault
from samskap.apps.benefits.models import Contract, ContractParty, MetricResult
from samskap.apps.benefits.permissions.contracts import can_keep_contracts
from samskap.apps.benefits.queries.contract_values import counts_of, ledger_of, pairs_of
from samskap.apps.benefits.rules import contracts as rules
from samskap.apps.benefits.rules.contracts import Fault
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "add_party",
    "change_party",
    "check_own",
    "create_contract",
    "delete_contract",
    "held_contract",
    "hide_contract",
    "new_key",
    "record",
    "refuse",
    "remove_party",
    "show_contract",
    "update_contract",
]


def refuse(faults: Sequence[Fault], *, names: Mapping[Any, str] | None = None) -> None:
    """Stop with the sentence of the first fault, if there is one."""
    for fault in faults[:1]:
        raise RuleError(said_fault(fault, names=names), code=f"contract_{fault.code}")


def held_contract(contract: Contract, *, by: Acting) -> Contract:
    """The contract, locked, for somebody who keeps it."""
    contract = lock(contract)
    require(isinstance(by, SystemActor) or can_keep_contracts(by, contract.initiative))
    return contract


def record(verb: str, contract: Contract, *, by: Acting, data: dict[str, Any] | None = None) -> None:
    """Put it in the history of the contract; public where the contract is."""
    public = contract.is_shown and contract.initiative.is_published
    trail.record(verb, contract, by=by, public=public, data=data)


def check_own(contract: Contract, *organisations: Organisation) -> None:
    """Stop unless these are organisations of the municipality's list."""
    for one in organisations:
        if one.municipality_id != contract.initiative.municipality_id:
            refuse([Fault("organisation_foreign", {"organisation": one.name})])


def new_key(initiative: Initiative) -> str:
    """An id for exchanged files that no other contract has."""
    return f"{initiative.municipality.number}-{secrets.token_hex(5)}"


@transaction.atomic
def create_contract(initiative: Initiative, *, by: Acting, key: str = "", **fields: Any) -> Contract:
    """Write a contract; it is seen by those who keep it until it is shown."""
    initiative = lock(initiative)
    require(isinstance(by, SystemActor) or can_keep_contracts(by, initiative))
    refuse(rules.date_faults(fields["starts_on"], fields["ends_on"]))
    if key and Contract.objects.filter(key=key).exists():
        refuse([Fault("key_known", {"key": key})])
    contract = Contract.objects.create(initiative=initiative, key=key or new_key(initiative), **fields)
    record("benefits.contract_created", contract, by=by)
    return contract


@transaction.atomic
def update_contract(contract: Contract, *, by: Acting, **fields: Any) -> Contract:
    """Change title, text and dates. It starts no later than what was counted and paid for in it."""
    contract = held_contract(contract, by=by)
    for name, value in fields.items():
        setattr(contract, name, value)
    refuse(rules.date_faults(contract.starts_on, contract.ends_on))
    counted = MetricResult.objects.filter(metric__contract=contract).values_list("counted_on", flat=True)
    paid = contract.payments.filter(kind="outcome").values_list("on", flat=True)
    refuse(rules.start_faults(contract.starts_on, [*counted, *paid]))
    contract.save(update_fields=list(fields))
    record("benefits.contract_changed", contract, by=by)
    return contract


@transaction.atomic
def show_contract(contract: Contract, *, by: Acting) -> Contract:
    """Let everybody read the contract, as soon as its initiative is published."""
    contract = held_contract(contract, by=by)
    if contract.is_shown:
        return contract
    refuse(_lacks(contract))
    for metric in contract.metrics.all():
        refuse(rules.few_faults(counts_of(metric.results.all())))
    contract.is_shown = True
    contract.save(update_fields=["is_shown"])
    record("benefits.contract_shown", contract, by=by)
    return contract


def _lacks(contract: Contract) -> list[Fault]:
    """What a contract must have before it is shown."""
    roles = {role for role, _ in pairs_of(contract)}
    there = {"payer": "payer" in roles, "provider": "provider" in roles, "metric": contract.metrics.exists()}
    return [Fault(f"lacks_{name}") for name, is_there in there.items() if not is_there]


@transaction.atomic
def hide_contract(contract: Contract, *, by: Acting) -> Contract:
    """Make the contract a draft again, that only those who keep it see."""
    contract = held_contract(contract, by=by)
    if contract.is_shown:
        record("benefits.contract_hidden", contract, by=by)
        contract.is_shown = False
        contract.save(update_fields=["is_shown"])
    return contract


@transaction.atomic
def delete_contract(contract: Contract, *, by: Acting) -> None:
    """Delete a draft with everything in it. What everybody can read is made a draft first."""
    contract = held_contract(contract, by=by)
    if contract.is_shown:
        refuse([Fault("contract_shown")])
    record("benefits.contract_deleted", contract, by=by)
    contract.delete()


@transaction.atomic
def add_party(
    contract: Contract, *, role: str, organisation: Organisation, commitment_nok: Decimal | None = None, by: Acting
) -> ContractParty:
    """Put an organisation in a role. An evaluator is no provider; an investor may bind itself to a sum."""
    contract = held_contract(contract, by=by)
    check_own(contract, organisation)
    if contract.parties.count() >= rules.MOST_PARTIES:
        refuse([Fault("too_many", {"most": rules.MOST_PARTIES})])
    pairs, names = pairs_of(contract), {organisation.pk: organisation.name}
    if (role, organisation.pk) in pairs:
        refuse([Fault("party_twice", {"organisation": organisation.pk})], names=names)
    refuse(rules.party_faults([*pairs, (role, organisation.pk)]), names=names)
    party = ContractParty.objects.create(
        contract=contract,
        role=role,
        organisation=organisation,
        commitment_nok=commitment_nok if role == "investor" else None,
    )
    record("benefits.contract_party_added", contract, by=by, data={"party": organisation.name})
    return party


@transaction.atomic
def change_party(party: ContractParty, *, commitment_nok: Decimal | None, by: Acting) -> ContractParty:
    """Change the sum that an investor has bound itself to; None where it has said nothing."""
    contract = held_contract(party.contract, by=by)
    names = {party.organisation_id: party.organisation.name}
    refuse(_commitment(contract, party.organisation_id, commitment_nok), names=names)
    party.commitment_nok = commitment_nok
    party.save(update_fields=["commitment_nok"])
    record("benefits.contract_party_changed", contract, by=by, data={"party": party.organisation.name})
    return party


def _commitment(contract: Contract, investor: int, most: Decimal | None) -> list[Fault]:
    paid = [one.amount_nok for one in ledger_of(contract) if one.kind == "investment" and one.sender_id == investor]
    return rules.commitment_faults(investor, most=most, paid=paid)


@transaction.atomic
def remove_party(party: ContractParty, *, by: Acting) -> None:
    """Take an organisation out of a role in which it has neither paid, been paid nor validated anything."""
    contract = held_contract(party.contract, by=by)
    name = party.organisation.name
    rest = [pair for pair in pairs_of(contract) if pair != (party.role, party.organisation_id)]
    payments = [
        fault
        for one in contract.payments.all()
        for fault in rules.transfer_faults(
            one.kind, sender=one.sender_id, receiver=one.receiver_id, amount=one.amount_nok, parties=rest
        )
    ]
    validated = (
        party.role == "evaluator" and party.organisation.validated_results.filter(metric__contract=contract).exists()
    )
    if payments or validated:
        refuse([Fault("party_used", {"organisation": name})])
    party.delete()
    record("benefits.contract_party_removed", contract, by=by, data={"party": name})
