"""What a person has answered. How one person voted is read for that person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from samskap.apps.statements.models import Conversation, Vote
from samskap.apps.statements.queries.statements import statements_of

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant

__all__ = ["counting_votes", "own_votes", "progress"]


def progress(conversation: Conversation, participant: Participant | None, round: int) -> tuple[int, int]:
    """How many of the accepted statements this person has answered in the round, and how many there are."""
    total = statements_of(conversation).count()
    if participant is None:
        return 0, total
    return counting_votes(conversation, round).filter(participant=participant).count(), total


def own_votes(participant: Participant, conversation: Conversation, round: int) -> QuerySet[Vote]:
    """What this participant answered in the round, newest first; for their own eyes."""
    return (
        counting_votes(conversation, round)
        .filter(participant=participant)
        .select_related("statement")
        .order_by("-cast_at", "-pk")
    )


def counting_votes(conversation: Conversation, round: int) -> QuerySet[Vote]:
    """Votes that count: those on accepted statements."""
    return Vote.objects.filter(statement__conversation=conversation, statement__state="accepted", round=round)
