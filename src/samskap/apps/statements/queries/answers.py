"""What to ask a person next, and what they have answered. How one person voted is read for that person alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import Count, QuerySet

from samskap.apps.statements import rules
from samskap.apps.statements.models import Conversation, Statement, Vote
from samskap.apps.statements.queries.statements import statements_of

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant

__all__ = ["counting_votes", "next_statement", "next_statements", "own_votes", "progress"]


COUNTS_KEPT_S = 2


def next_statement(
    conversation: Conversation,
    participant: Participant | None,
    round: int,
    *,
    skipped: Sequence[int] = (),
    seed: str = "",
) -> Statement | None:
    """What to ask this person now, or None where they have answered everything."""
    found = next_statements(conversation, participant, round=round, skipped=skipped, seed=seed, most=1)
    return found[0] if found else None


def next_statements(
    conversation: Conversation,
    participant: Participant | None,
    round: int,
    *,
    skipped: Sequence[int] = (),
    seed: str = "",
    most: int = 8,
) -> list[Statement]:
    """The next statements for this person, best first. `seed` orders for a ticket that has done nothing yet."""
    answers = _answers_by_statement(conversation, round=round)
    votes = counting_votes(conversation, round)
    mine = set(votes.filter(participant=participant).values_list("statement", flat=True)) if participant else set()
    candidates = [
        rules.Candidate(pk=pk, is_background=background, answers=answers.get(pk, 0))
        for pk, background in statements_of(conversation).values_list("pk", "is_background")
        if pk not in mine
    ]
    order = rules.route(
        candidates,
        answered=len(mine),
        seed=participant.key.hex if participant else seed,
        skipped=skipped,
        most=most,
    )
    found = Statement.objects.in_bulk(order)
    return [found[pk] for pk in order]


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


def _answers_by_statement(conversation: Conversation, round: int) -> dict[int, int]:
    """Answers a statement, kept for two seconds: it orders what is asked, and is shown to nobody."""
    key = f"statements.answers.{conversation.pk}.{round}"
    kept: dict[int, int] | None = cache.get(key)
    if kept is None:
        counted = counting_votes(conversation, round).order_by().values("statement").annotate(n=Count("pk"))
        kept = dict(counted.values_list("statement", "n"))
        cache.set(key, kept, COUNTS_KEPT_S)
    return kept
