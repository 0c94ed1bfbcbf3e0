"""Who may see and keep outcome contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.initiatives import permissions as initiatives

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Contract
    from samskap.apps.initiatives.models import Initiative

__all__ = ["can_keep_contracts", "can_see_contract"]


def can_keep_contracts(person: Any, initiative: Initiative) -> bool:
    """May write the contracts of an initiative, take down what is paid, and show them: those in charge."""
    return initiatives.can_decide_gate(person, initiative)


def can_see_contract(viewer: Any, contract: Contract) -> bool:
    """A contract that is shown is public with its initiative; else it is seen by those who keep it."""
    is_public = contract.is_shown and contract.initiative.is_published
    return is_public or can_keep_contracts(viewer, contract.initiative)
