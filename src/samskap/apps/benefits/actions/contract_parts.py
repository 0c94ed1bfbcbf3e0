"""The parts of a contract by the section of its desk: added, changed and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.benefits.actions import contract_payments, contract_results, contracts

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Contract
    from samskap.kernel.acting import Acting

__all__ = ["add_contract_part", "change_contract_part", "remove_contract_part"]


def add_contract_part(contract: Contract, section: str, *, by: Acting, **fields: Any) -> Any:
    """Add a party, something that is counted, a result, or a payment that is planned or was made."""
    if section == "results":
        return contract_results.add_result(fields.pop("metric"), by=by, **fields)
    add: Any = {
        "parties": contracts.add_party,
        "metrics": contract_results.add_metric,
        "plan": contract_payments.plan_payment,
        "paid": contract_payments.record_payment,
    }[section]
    return add(contract, by=by, **fields)


def change_contract_part(part: Any, section: str, *, by: Acting, **fields: Any) -> Any:
    """Change one. Of a party only what it has bound itself to, of a result all but what was counted."""
    if section == "parties":
        return contracts.change_party(part, commitment_nok=fields["commitment_nok"], by=by)
    if section == "results":
        fields.pop("metric")
        return contract_results.change_result(part, by=by, **fields)
    change: Any = {
        "metrics": contract_results.change_metric,
        "plan": contract_payments.change_planned_payment,
        "paid": contract_payments.change_payment,
    }[section]
    return change(part, by=by, **fields)


def remove_contract_part(part: Any, section: str, *, by: Acting) -> None:
    """Take one away."""
    remove: Any = {
        "parties": contracts.remove_party,
        "metrics": contract_results.remove_metric,
        "results": contract_results.remove_result,
        "plan": contract_payments.remove_payment,
        "paid": contract_payments.remove_payment,
    }[section]
    remove(part, by=by)
