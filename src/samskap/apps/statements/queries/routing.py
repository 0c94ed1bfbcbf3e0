"""What decides which statement comes next: counts by sector, what is on the map, what the person has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count

from samskap.apps.statements.models import Conversation, OpinionMap
from samskap.apps.statements.queries.answers import counting_votes
from samskap.apps.statements.queries.statements import statements_of

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant

__all__ = ["AskedStatement", "SectorCount", "answered_by", "asked_statements", "counts_by_sector", "latest_map_pk"]


class AskedStatement(NamedTuple):
    """A statement that may be asked: its id, its number in the conversation, and whether it is background."""

    pk: int
    number: int
    is_background: bool


class SectorCount(NamedTuple):
    """How many of one sector ("" for those who did not say) gave one choice on one statement."""

    sector: str
    statement: int
    choice: int
    people: int


def asked_statements(conversation: Conversation) -> list[AskedStatement]:
    """The accepted statements, by number."""
    found = statements_of(conversation).order_by("number").values_list("pk", "number", "is_background")
    return [AskedStatement(*row) for row in found]


def counts_by_sector(conversation: Conversation, round: int) -> list[SectorCount]:
    """The votes that count, added up. It orders what is asked, and is shown to nobody."""
    counted = (
        counting_votes(conversation, round).order_by().values("participant__sector", "statement__number", "choice")
    )
    found = counted.annotate(n=Count("pk")).values_list("participant__sector", "statement__number", "choice", "n")
    return [SectorCount(*row) for row in found]


def answered_by(conversation: Conversation, participant: Participant | None, round: int) -> frozenset[int]:
    """Ids of the statements that this participant has answered in the round."""
    if participant is None:
        return frozenset()
    return frozenset(
        counting_votes(conversation, round).filter(participant=participant).values_list("statement", flat=True)
    )


def latest_map_pk(conversation: Conversation, round: int) -> int | None:
    """The id of the newest stored map of the round, without reading the map."""
    return OpinionMap.objects.filter(conversation=conversation, round=round).values_list("pk", flat=True).first()
