"""Everything that changes gatherings: the programme, the day itself, and the people who are asked and come."""

from __future__ import annotations

from samskap.apps.gatherings.actions.desk import check_in, enter_paper_form, give_out_form, mark_come
from samskap.apps.gatherings.actions.hosting import (
    close_conversation,
    end_gathering,
    go_to_slot,
    hide_results,
    open_conversation,
    open_gathering,
    reset_gathering,
    send_notice,
    set_hall_view,
    show_results,
)
from samskap.apps.gatherings.actions.letters import deliver_invitation, deliver_place, deliver_reminder
from samskap.apps.gatherings.actions.people import cancel_sign_up, come_in, invitation_key, invite, join, sign_up
from samskap.apps.gatherings.actions.programme import (
    add_question,
    add_slot,
    add_speaker,
    create_gathering,
    remove_slot,
    set_questions,
    set_speakers,
    update_gathering,
    update_slot,
)

__all__ = [
    "add_question",
    "add_slot",
    "add_speaker",
    "cancel_sign_up",
    "check_in",
    "close_conversation",
    "come_in",
    "create_gathering",
    "deliver_invitation",
    "deliver_place",
    "deliver_reminder",
    "end_gathering",
    "enter_paper_form",
    "give_out_form",
    "go_to_slot",
    "hide_results",
    "invitation_key",
    "invite",
    "join",
    "mark_come",
    "open_conversation",
    "open_gathering",
    "remove_slot",
    "reset_gathering",
    "send_notice",
    "set_hall_view",
    "set_questions",
    "set_speakers",
    "show_results",
    "sign_up",
    "update_gathering",
    "update_slot",
]
