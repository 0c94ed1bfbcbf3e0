"""Making conversations and joining them to windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.processes import actions as process_actions
from samskap.apps.processes import permissions as processes
from samskap.apps.statements import permissions
from samskap.apps.statements.models import Conversation, ConversationWindow
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Process

__all__ = ["attach_activity", "create_conversation", "may_run", "update_conversation"]


def may_run(by: Acting, conversation: Conversation) -> bool:
    """The system, or someone who runs the conversation."""
    return isinstance(by, SystemActor) or permissions.can_run_conversation(by, conversation)


@transaction.atomic
def create_conversation(process: Process, *, by: Acting, **fields: object) -> Conversation:
    """Start a conversation in a process; people can answer when a window is attached and opened."""
    require(isinstance(by, SystemActor) or processes.can_run_process(by, process))
    conversation = Conversation.objects.create(process=process, **fields)
    trail.record("statements.conversation_created", conversation, by=by)
    return conversation


@transaction.atomic
def update_conversation(conversation: Conversation, *, by: Acting, **fields: object) -> Conversation:
    """Change the texts or the rules of a conversation."""
    conversation = lock(conversation)
    require(may_run(by, conversation))
    for name, value in fields.items():
        setattr(conversation, name, value)
    conversation.save(update_fields=list(fields))
    trail.record("statements.conversation_changed", conversation, by=by, data={"fields": sorted(fields)})
    return conversation


@transaction.atomic
def attach_activity(conversation: Conversation, activity: Activity, *, by: Acting) -> ConversationWindow:
    """Let an activity of the same process open this conversation. An activity opens one thing."""
    conversation = lock(conversation)
    require(may_run(by, conversation))
    if activity.process_id != conversation.process_id:
        raise RuleError(
            _("The activity belongs to another process than the conversation."),
            code="other_process",
            cure=_("Choose an activity of the same process."),
        )
    found = ConversationWindow.objects.filter(activity_id=activity.pk, conversation=conversation).first()
    if found is not None:
        return found
    process_actions.hold_free_activity(activity)
    window = ConversationWindow.objects.create(activity_id=activity.pk, conversation=conversation)
    trail.record("statements.activity_attached", conversation, by=by, data={"activity": activity.pk})
    return window
