"""Everything that changes ideas, opportunities, partners, initiatives, and what is told about them."""

from samskap.apps.initiatives.actions.commitments import (
    change_commitment,
    decide_commitment,
    promise_commitment,
    withdraw_commitment,
)
from samskap.apps.initiatives.actions.digests import (
    send_digests,
)
from samskap.apps.initiatives.actions.followers import (
    address_key,
    confirm_follower,
    drop_unconfirmed_follower,
    follow,
    follow_as_person,
    may_write_to,
    switch_off,
    switch_off_everything,
)
from samskap.apps.initiatives.actions.gates import (
    decide_gate,
)
from samskap.apps.initiatives.actions.idea_moderation import (
    accept_idea,
    merge_idea,
    reject_idea,
    unmerge_idea,
)
from samskap.apps.initiatives.actions.ideas import (
    add_paper_idea,
    attach_idea_round,
    create_idea_round,
    edit_idea,
    submit_idea,
    take_back_idea,
    update_idea_round,
    withdraw_ideas,
)
from samskap.apps.initiatives.actions.initiatives import (
    create_initiative,
    delete_initiative,
    hide_initiative,
    publish_initiative,
    set_challenges,
    update_initiative,
)
from samskap.apps.initiatives.actions.letters import (
    deliver_confirmation,
)
from samskap.apps.initiatives.actions.news import (
    tell,
)
from samskap.apps.initiatives.actions.opportunities import (
    choose_ideas,
    delete_opportunity,
    hide_opportunity,
    opportunity_path,
    publish_opportunity,
    reopen_opportunity,
    set_opportunity_aside,
    take_up_opportunity,
    update_opportunity,
    write_opportunity,
)
from samskap.apps.initiatives.actions.partners import (
    carry_partners,
    confirm_partner,
    drop_unconfirmed_partner,
    join_as_organisation,
    join_as_resident,
    leave,
    leave_as_organisation,
    tell_of_partner,
)
from samskap.apps.initiatives.actions.parts import (
    add_part,
    change_part,
    remove_part,
    set_done,
)
from samskap.apps.initiatives.actions.reminders import (
    deliver_next_step,
    remind,
)
from samskap.apps.initiatives.actions.supports import (
    support_idea,
    undo_support,
)
from samskap.apps.initiatives.actions.taking_up import (
    create_initiative_from,
)

__all__ = [
    "accept_idea",
    "add_paper_idea",
    "add_part",
    "address_key",
    "attach_idea_round",
    "carry_partners",
    "change_commitment",
    "change_part",
    "choose_ideas",
    "confirm_follower",
    "confirm_partner",
    "create_idea_round",
    "create_initiative",
    "create_initiative_from",
    "decide_commitment",
    "decide_gate",
    "delete_initiative",
    "delete_opportunity",
    "deliver_confirmation",
    "deliver_next_step",
    "drop_unconfirmed_follower",
    "drop_unconfirmed_partner",
    "edit_idea",
    "follow",
    "follow_as_person",
    "hide_initiative",
    "hide_opportunity",
    "join_as_organisation",
    "join_as_resident",
    "leave",
    "leave_as_organisation",
    "may_write_to",
    "merge_idea",
    "opportunity_path",
    "promise_commitment",
    "publish_initiative",
    "publish_opportunity",
    "reject_idea",
    "remind",
    "remove_part",
    "reopen_opportunity",
    "send_digests",
    "set_challenges",
    "set_done",
    "set_opportunity_aside",
    "submit_idea",
    "support_idea",
    "switch_off",
    "switch_off_everything",
    "take_back_idea",
    "take_up_opportunity",
    "tell",
    "tell_of_partner",
    "undo_support",
    "unmerge_idea",
    "update_idea_round",
    "update_initiative",
    "update_opportunity",
    "withdraw_commitment",
    "withdraw_ideas",
    "write_opportunity",
]
