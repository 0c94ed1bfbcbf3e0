"""Who may."""

from samskap.apps.benefits.permissions.benefits import (
    can_approve,
    can_edit_benefits,
    can_lock,
    can_measure,
    can_see_benefits,
    can_see_drafts,
    is_benefit_owner,
)
from samskap.apps.benefits.permissions.chains import (
    can_edit_chain,
    can_see_chain,
)

__all__ = [
    "can_approve",
    "can_edit_benefits",
    "can_edit_chain",
    "can_lock",
    "can_measure",
    "can_see_benefits",
    "can_see_chain",
    "can_see_drafts",
    "is_benefit_owner",
]
