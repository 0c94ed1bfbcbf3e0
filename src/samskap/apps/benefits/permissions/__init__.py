"""Who may."""

from samskap.apps.benefits.permissions.appraisals import (
    can_appraise,
    can_edit_effects,
    can_see_appraisal,
)
from samskap.apps.benefits.permissions.benefits import (
    can_approve,
    can_edit_benefits,
    can_lock,
    can_measure,
    can_see_benefits,
    is_benefit_owner,
)
from samskap.apps.benefits.permissions.chains import (
    can_edit_chain,
    can_see_chain,
)

__all__ = [
    "can_appraise",
    "can_approve",
    "can_edit_benefits",
    "can_edit_chain",
    "can_edit_effects",
    "can_lock",
    "can_measure",
    "can_see_appraisal",
    "can_see_benefits",
    "can_see_chain",
    "is_benefit_owner",
]
