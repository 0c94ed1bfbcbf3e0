"""Everything that changes stories and experience packages."""

from samskap.apps.stories.actions.changing import (
    accept_change,
    change_story,
    guardian_agrees,
    propose_change,
    refuse_change,
)
from samskap.apps.stories.actions.experience_beginning import (
    begin_from_experience,
)
from samskap.apps.stories.actions.experiences import (
    delete_experience,
    delete_told_story,
    drop_ended_words,
    drop_package,
    forget_in_experiences,
    hold_package,
    store_experience,
)
from samskap.apps.stories.actions.looking_after import (
    deliver_letter,
    look_after_stories,
)
from samskap.apps.stories.actions.media import (
    clean_up,
)
from samskap.apps.stories.actions.moderation import (
    accept_story,
    new_link,
    reject_story,
)
from samskap.apps.stories.actions.telling import (
    GUARDIAN,
    TELLER,
    tell_story,
    write_down_guardian,
)
from samskap.apps.stories.actions.withdrawal import (
    erase_ended,
    give_consent,
    withdraw_consent,
    withdraw_story,
)

__all__ = [
    "GUARDIAN",
    "TELLER",
    "accept_change",
    "accept_story",
    "begin_from_experience",
    "change_story",
    "clean_up",
    "delete_experience",
    "delete_told_story",
    "deliver_letter",
    "drop_ended_words",
    "drop_package",
    "erase_ended",
    "forget_in_experiences",
    "give_consent",
    "guardian_agrees",
    "hold_package",
    "look_after_stories",
    "new_link",
    "propose_change",
    "refuse_change",
    "reject_story",
    "store_experience",
    "tell_story",
    "withdraw_consent",
    "withdraw_story",
    "write_down_guardian",
]
