"""Statements of a conversation, in the states that each reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from samskap.apps.statements import rules
from samskap.apps.statements.labels import STATES
from samskap.apps.statements.models import Conversation, Statement, Vote
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant

__all__ = [
    "answers_to",
    "counts_by_state",
    "own_statement",
    "own_statements",
    "similar_statements",
    "statement_in",
    "statements_by_state",
    "statements_of",
    "texts_taken",
    "waiting_statements",
    "with_similar",
]


def statements_of(conversation: Conversation) -> QuerySet[Statement]:
    """The accepted statements, by number."""
    return Statement.objects.filter(conversation=conversation, state="accepted")


def statements_by_state(conversation: Conversation, *, state: str = "") -> QuerySet[Statement]:
    """For those who run it: statements in one state (or all), each with `answers` over all rounds."""
    found = Statement.objects.filter(conversation=conversation).select_related("merged_into")
    return (found.filter(state=state) if state else found).annotate(answers=Count("votes")).order_by("number")


def waiting_statements(conversation: Conversation) -> QuerySet[Statement]:
    """The moderation queue, oldest first."""
    return Statement.objects.filter(conversation=conversation, state="waiting")


def statement_in(conversation: Conversation, pk: int) -> Statement:
    """One statement of this conversation in whatever state, or `NotFound`."""
    found = Statement.objects.select_related("conversation", "merged_into").filter(conversation=conversation, pk=pk)
    statement = found.first()
    if statement is None:
        raise NotFound(_("There is no such statement in this conversation."), cure=_("Load the page again."))
    return statement


def similar_statements(conversation: Conversation, text: str, *, besides: int = 0) -> list[Statement]:
    """Accepted and waiting statements that look like this text, most alike first, in any of their languages."""
    rows = Statement.objects.filter(conversation=conversation, state__in=["accepted", "waiting"]).exclude(pk=besides)
    found = {statement.pk: statement for statement in rows}
    texts = {pk: statement.text for pk, statement in found.items()}
    return [found[like.pk] for like in rules.similar_texts(text, texts)]


def own_statements(participant: Participant, conversation: Conversation) -> QuerySet[Statement]:
    """What this participant has written here, each with `answers` over all rounds."""
    mine = Statement.objects.filter(conversation=conversation, author=participant)
    return mine.annotate(answers=Count("votes")).order_by("number")


def own_statement(participant: Participant, conversation: Conversation, pk: int) -> Statement:
    """One that this participant wrote, or `NotFound`."""
    found = own_statements(participant, conversation).select_related("conversation").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such statement in this conversation."), cure=_("Load the page again."))
    return found


def with_similar(conversation: Conversation, rows: Sequence[Statement]) -> list[tuple[Statement, list[Statement]]]:
    """Each of these with the accepted ones that look like it; the texts are read once."""
    accepted = {statement.pk: statement for statement in statements_of(conversation)}
    texts = {pk: statement.text for pk, statement in accepted.items()}
    return [(row, [accepted[like.pk] for like in rules.similar_texts(row.text, texts)]) for row in rows]


def texts_taken(conversation: Conversation) -> dict[int, str]:
    """The texts of accepted and waiting statements, by key."""
    rows = Statement.objects.filter(conversation=conversation, state__in=["accepted", "waiting"])
    return dict(rows.values_list("pk", "text"))


def counts_by_state(conversation: Conversation) -> dict[str, int]:
    """How many statements are in each state."""
    rows = Statement.objects.filter(conversation=conversation).order_by().values("state").annotate(n=Count("pk"))
    return dict.fromkeys(STATES, 0) | dict(rows.values_list("state", "n"))


def answers_to(statement: Statement) -> int:
    """How many answers one statement has, over all rounds."""
    return Vote.objects.filter(statement=statement).count()
