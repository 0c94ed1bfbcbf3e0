"""The statements and votes of one round as open files: what may be told about people, and nothing more."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from samskap.apps.reports import rules
from samskap.apps.reports.queries.direction import result_of
from samskap.apps.statements import queries as statements
from samskap.formats.polis_csv import (
    CastVote,
    ConversationPerson,
    ConversationStatement,
)
from samskap.formats.polis_csv import Conversation as OpenConversation

if TYPE_CHECKING:
    from samskap.apps.statements.models import Conversation, Statement
    from samskap.apps.statements.queries import VoteRow

__all__ = ["open_conversation", "zipped"]

# A state that is not public yet is not in the files at all; a rejected statement is there without its words.
_MODERATED = {"accepted": 1, "rejected": -1, "merged": -1}


def open_conversation(conversation: Conversation, *, round: int) -> OpenConversation:
    """One round in the form that Polis made common. Ask first whether it may be shown.

    People are numbered anew in an order that tells nothing. Their sector is there only where no combination of sector
    and group is smaller than five people; the hour of a vote only where at least five people voted in that hour.
    """
    rows = list(statements.votes_rows(conversation, round))
    numbers = {name: str(at) for at, name in enumerate(sorted({row.participant for row in rows}))}
    told_hours = _told_hours(rows)
    told_statements = [s for s in statements.statements_by_state(conversation) if s.state in _MODERATED]
    return OpenConversation(
        title=conversation.said_in(conversation.language).title,
        description=conversation.said_in(conversation.language).intro,
        statements=tuple(sorted(map(_statement, told_statements), key=lambda each: each.key)),
        people=tuple(sorted(_people(conversation, round=round, numbers=numbers), key=lambda each: each.key)),
        votes=tuple(
            sorted(
                (
                    CastVote(numbers[row.participant], str(row.statement), row.choice, _hour(row.cast_at, told_hours))
                    for row in rows
                ),
                key=lambda vote: vote[:2],
            )
        ),
    )


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one zip; equal files give equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _statement(statement: Statement) -> ConversationStatement:
    is_accepted = statement.state == "accepted"
    return ConversationStatement(
        key=str(statement.number),
        text=statement.text if is_accepted else "",
        moderated=_MODERATED[statement.state],
        timestamp=_milliseconds(rules.to_the_hour(statement.created_at)),
    )


def _people(conversation: Conversation, *, round: int, numbers: Mapping[str, str]) -> list[ConversationPerson]:
    groups = _groups(conversation, round=round)
    sectors = statements.sectors(conversation, round)
    may_tell = rules.may_tell_sectors((sectors[name], groups.get(name, "")) for name in numbers if name in sectors)
    return [
        ConversationPerson(number, groups.get(name), sectors.get(name) if may_tell else None)
        for name, number in numbers.items()
    ]


def _groups(conversation: Conversation, *, round: int) -> dict[str, str]:
    result = result_of(statements.latest_map(conversation, round))
    return {person.key: person.group for person in result.people if person.group} if result else {}


def _told_hours(rows: list[VoteRow]) -> set[datetime]:
    people: dict[datetime, set[str]] = {}
    for row in rows:
        people.setdefault(rules.to_the_hour(row.cast_at), set()).add(row.participant)
    return {hour for hour, voters in people.items() if len(voters) >= rules.SMALLEST_CELL}


def _hour(moment: datetime, told: set[datetime]) -> int | None:
    hour = rules.to_the_hour(moment)
    return _milliseconds(hour) if hour in told else None


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
