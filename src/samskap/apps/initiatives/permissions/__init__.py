"""Who may see and do what with ideas, opportunities and initiatives."""

from samskap.apps.initiatives.permissions.initiatives import (
    can_decide_gate,
    can_edit_initiative,
    can_see_initiative,
    can_start_initiative,
)
from samskap.apps.initiatives.permissions.opportunities import (
    can_edit_opportunity,
    can_publish_opportunity,
    can_run_ideas,
    can_run_partners,
    can_see_ideas,
    can_see_opportunity,
    can_see_subject,
    can_speak_as_partner,
    can_speak_for,
    can_write_opportunity,
    is_idea_author,
)

__all__ = [
    "can_decide_gate",
    "can_edit_initiative",
    "can_edit_opportunity",
    "can_publish_opportunity",
    "can_run_ideas",
    "can_run_partners",
    "can_see_ideas",
    "can_see_initiative",
    "can_see_opportunity",
    "can_see_subject",
    "can_speak_as_partner",
    "can_speak_for",
    "can_start_initiative",
    "can_write_opportunity",
    "is_idea_author",
]
