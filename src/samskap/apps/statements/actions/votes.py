"""Casting and undoing votes: one short transaction each.

Locks are always taken in the order window, participant, statement, conversation, trail, so that votes, moderation
and withdrawal wait for each other and never block each other for good.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.processes import permissions as processes
from samskap.apps.processes import queries as process_queries
from samskap.apps.statements import labels, rules
from samskap.apps.statements.actions.maps import order_map
from samskap.apps.statements.models import ConversationWindow, Statement, Vote
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.errors import Closed, NotAllowed, RuleError
from samskap.web.acting import lock

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant

__all__ = ["cast_vote", "check_may_act", "held_participant", "held_window", "undo_vote"]


@transaction.atomic
def cast_vote(
    participant: Participant,
    statement: Statement,
    *,
    choice: int,
    activity: Activity,
    matters: bool = False,
    channel: str = "",
    key: uuid.UUID | None = None,
) -> Vote:
    """Keep this answer, in place of an earlier one in the same round.

    `key` is made by the browser once a press: the same press sent twice is one vote. A statement that was merged
    meanwhile passes the answer on to the one that was kept, unless that is answered already.
    """
    window = held_window(activity, conversation_id=statement.conversation_id)
    participant = held_participant(participant)
    check_may_act(participant, window.activity)
    if not rules.is_choice(choice):
        raise RuleError(_("A vote is agree, disagree or pass."), code="unknown_choice", cure=_("Load the page again."))
    asked = lock(statement)
    statement = _kept(asked)
    where = {"participant": participant, "statement": statement, "round": window.activity.round}
    said = {
        "choice": choice, "matters": matters, "activity": window.activity, "channel": channel or participant.channel,
        "key": key, "cast_at": clock.now(),
    }  # fmt: skip
    vote, created = Vote.objects.select_for_update().get_or_create(**where, defaults=said)
    if not created and (asked != statement or (key is not None and vote.key == key)):
        return vote
    if not created:
        for name, value in said.items():
            setattr(vote, name, value)
        vote.save(update_fields=list(said))
    order_map(statement.conversation_id)
    verb = "statements.vote_cast" if created else "statements.vote_changed"
    trail.record(verb, window.conversation, by=participant)
    return vote


@transaction.atomic
def undo_vote(participant: Participant, statement: Statement, *, activity: Activity) -> None:
    """Take the answer of this round back; the statement is asked again. Nothing happens where there is none."""
    window = held_window(activity, conversation_id=statement.conversation_id)
    participant = held_participant(participant)
    check_may_act(participant, window.activity)
    statement = lock(statement)
    own = Vote.objects.filter(participant=participant, round=window.activity.round)
    # The answer may have been moved with a merge after the page was made.
    deleted = own.filter(statement=statement).delete()[0] or (
        statement.merged_into_id is not None and own.filter(statement=statement.merged_into_id).delete()[0]
    )
    if deleted:
        order_map(statement.conversation_id)
        trail.record("statements.vote_undone", window.conversation, by=participant)


def held_window(activity: Activity, *, conversation_id: int) -> ConversationWindow:
    """The window as it is now, held until the end: closing waits for votes that are under way, and no longer."""
    found = (
        ConversationWindow.objects.select_for_update(of=("activity",), no_key=True)
        .select_related("activity", "conversation__process__municipality")
        .filter(activity_id=activity.pk, conversation_id=conversation_id)
        .first()
    )
    if found is None:
        raise RuleError(
            _("This statement belongs to another conversation."),
            code="other_conversation",
            cure=_("Load the page again."),
        )
    return found


def held_participant(participant: Participant) -> Participant:
    """The ticket, held; `NotAllowed` where it was given up meanwhile."""
    held = type(participant)._base_manager.select_for_update().filter(pk=participant.pk).first()
    if held is None:
        raise NotAllowed(
            _("This ticket was given up."), code="ticket_given_up", cure=_("Open the page again and you get a new one.")
        )
    return held


def check_may_act(participant: Participant, activity: Activity) -> None:
    if processes.can_take_part(participant, activity):
        return
    if participant.process_id != activity.process_id:
        raise NotAllowed(
            _("This ticket is not valid here."),
            code="ticket_not_valid",
            cure=_("Open the page again and answer there."),
        )
    if not process_queries.activity_is_open(activity):
        raise Closed(
            labels.window_sentence(
                activity.state, opens_at=activity.opens_at, closes_at=activity.closes_at, now=clock.now()
            ),
            cure=_("What you had answered before is kept. Your last answer was not received."),
        )
    raise NotAllowed(
        str(labels.ACCESS_NEEDS[activity.access]), code="ticket_too_weak", cure=_("Open the page again to see how.")
    )


def _kept(statement: Statement) -> Statement:
    """The statement that an answer counts for: itself, or the one it was merged into."""
    if statement.state == "merged" and statement.merged_into is not None:
        return lock(statement.merged_into)
    if statement.state != "accepted":
        raise RuleError(
            _("This statement is no longer part of the conversation."),
            code="statement_gone",
            cure=_("Go on with the next one."),
        )
    return statement
