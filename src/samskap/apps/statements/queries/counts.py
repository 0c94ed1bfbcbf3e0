"""Counts as sums of rows, and what the opinion map is made of. Results: show them only where they are visible."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q

from samskap.apps.actors.labels import SECTORS
from samskap.apps.statements import rules
from samskap.apps.statements.models import Conversation, OpinionMap, Statement, Vote
from samskap.apps.statements.queries.answers import counting_votes
from samskap.apps.statements.queries.statements import statements_of

__all__ = [
    "StatementCount",
    "VoteRow",
    "answered_count",
    "latest_map",
    "pseudonym",
    "rounds_with_votes",
    "sectors",
    "statement_counts",
    "turnout_by_sector",
    "votes_count",
    "votes_rows",
]


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One vote that counts. `participant` is a pseudonym of this conversation, never the ticket."""

    participant: str
    statement: int
    choice: int
    matters: bool
    cast_at: datetime


@dataclass(frozen=True, slots=True)
class StatementCount:
    """How an accepted statement was answered in one round. Results: show them only where they are visible."""

    statement: Statement
    agree: int
    passed: int
    disagree: int
    matters: int

    @property
    def answered(self) -> int:
        """Answers in all, pass included."""
        return self.agree + self.passed + self.disagree


def answered_count(conversation: Conversation, round: int) -> int:
    """Participants with at least one vote that counts."""
    return counting_votes(conversation, round).order_by().values("participant").distinct().count()


def votes_count(conversation: Conversation, round: int) -> int:
    """Votes that count in the round."""
    return counting_votes(conversation, round).count()


def turnout_by_sector(conversation: Conversation, round: int) -> dict[str, int | None]:
    """Participants who answered, by sector ("" for those who did not say); None where so few that it is not told."""
    counted = (
        counting_votes(conversation, round)
        .order_by()
        .values("participant__sector")
        .annotate(n=Count("participant", distinct=True))
        .values_list("participant__sector", "n")
    )
    return rules.suppressed(dict.fromkeys([*SECTORS, ""], 0) | dict(counted))


def statement_counts(conversation: Conversation, round: int) -> list[StatementCount]:
    """Every accepted statement with its counts in the round, by number."""
    here = Q(votes__round=round)
    counted = (
        statements_of(conversation)
        .annotate(
            agree_n=Count("votes", filter=here & Q(votes__choice=1)),
            pass_n=Count("votes", filter=here & Q(votes__choice=0)),
            disagree_n=Count("votes", filter=here & Q(votes__choice=-1)),
            matters_n=Count("votes", filter=here & Q(votes__matters=True)),
        )
        .order_by("number")
    )
    return [
        StatementCount(statement, statement.agree_n, statement.pass_n, statement.disagree_n, statement.matters_n)
        for statement in counted
    ]


def rounds_with_votes(conversation: Conversation) -> list[int]:
    """The rounds in which at least one vote counts."""
    counting = Vote.objects.filter(statement__conversation=conversation, statement__state="accepted")
    return sorted(set(counting.order_by().values_list("round", flat=True).distinct()))


def latest_map(conversation: Conversation, round: int) -> OpinionMap | None:
    """The newest stored map of the round, or None where none has been made. Results: show only where visible."""
    return OpinionMap.objects.filter(conversation=conversation, round=round).first()


def votes_rows(conversation: Conversation, round: int) -> Iterator[VoteRow]:
    """The votes that count, with pseudonyms, in no order that tells anything; read in chunks."""
    rows = (
        counting_votes(conversation, round)
        .annotate(number=F("statement__number"))
        .order_by("statement__number", "participant__key")
        .values_list("participant__key", "number", "choice", "matters", "cast_at")
    )
    names: dict[Any, str] = {}
    for key, number, choice, matters, cast_at in rows.iterator(chunk_size=5000):
        if key not in names:
            names[key] = pseudonym(conversation, key.hex)
        yield VoteRow(names[key], number, choice, matters, cast_at)


def sectors(conversation: Conversation, round: int) -> dict[str, str]:
    """The sector of each pseudonym that has said one and has a vote that counts in the round."""
    said = (
        counting_votes(conversation, round)
        .exclude(participant__sector="")
        .order_by()
        .values_list("participant__key", "participant__sector")
        .distinct()
    )
    return {pseudonym(conversation, key.hex): sector for key, sector in said}


def pseudonym(conversation: Conversation, ticket: str) -> str:
    """What a ticket (its key as 32 hexadecimal digits) is called in the map and the files of one conversation.

    Keyed with the server's secret: neither the ticket nor the trail can be found from it, and two conversations
    cannot be joined by it.
    """
    message = f"opinion:{conversation.pk}:{ticket}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()[:16]
