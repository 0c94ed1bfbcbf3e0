"""Who may do what with stories and experience packages."""

from samskap.apps.stories.permissions.experiences import can_export_experience, can_import_experiences
from samskap.apps.stories.permissions.stories import can_moderate_stories, can_tell_story, can_write_for_teller

__all__ = [
    "can_export_experience",
    "can_import_experiences",
    "can_moderate_stories",
    "can_tell_story",
    "can_write_for_teller",
]
