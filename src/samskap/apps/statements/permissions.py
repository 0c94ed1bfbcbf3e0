"""Who may see and do what in a conversation."""

from __future__ import annotations

from typing import Any

from samskap.apps.processes import permissions as processes
from samskap.apps.statements.models import Conversation, Statement

__all__ = ["can_edit_statement", "can_run_conversation", "can_see_conversation", "is_author"]


def can_see_conversation(viewer: Any, conversation: Conversation) -> bool:
    """A conversation is as public as its process."""
    return processes.can_see_process(viewer, conversation.process)


def can_run_conversation(person: Any, conversation: Conversation) -> bool:
    """May change its texts and windows, and moderate its statements."""
    return processes.can_run_process(person, conversation.process)


def is_author(actor: Any, statement: Statement) -> bool:
    """This ticket wrote the statement."""
    return (
        statement.author_id is not None
        and getattr(actor, "acting_as", "").startswith("ticket:")
        and (actor.pk == statement.author_id)
    )


def can_edit_statement(actor: Any, statement: Statement) -> bool:
    """May change the words: its author, and those who run the conversation."""
    return is_author(actor, statement) or can_run_conversation(actor, statement.conversation)
