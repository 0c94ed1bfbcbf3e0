"""Who may see and do what with ideas, opportunities and initiatives."""

from samskap.apps.initiatives.permissions.initiatives import (
    can_decide_gate,
    can_edit_initiative,
    can_see_initiative,
    can_start_initiative,
)

__all__ = ["can_decide_gate", "can_edit_initiative", "can_see_initiative", "can_start_initiative"]
