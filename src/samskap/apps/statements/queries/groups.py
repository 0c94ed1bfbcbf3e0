"""The groups of a stored map and their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from samskap.apps.statements.models import Conversation, GroupName
from samskap.apps.statements.queries.counts import latest_map
from samskap.apps.statements.queries.statements import statements_of
from samskap.formats import opinion_json
from samskap.formats.errors import FormatError

if TYPE_CHECKING:
    from samskap.apps.statements.models import Statement
    from samskap.engines.opinion_map.result import OpinionMap, Representative

__all__ = [
    "GroupToName",
    "Named",
    "group_keys",
    "group_names",
    "groups_to_name",
    "kept_names",
    "map_before",
    "stored_result",
]


@dataclass(frozen=True)
class Named:
    """The name of a group in the reader's language, and one sentence about it, or an empty one."""

    name: str
    description: str
    lang: str


@dataclass(frozen=True)
class GroupToName:
    """A group of the present map, with what it stands for, so that one names what one sees.

    `stands` pairs each statement with the side and the shares of the group and of the others. `named` is the row with
    its name, or None.
    """

    key: str
    size: int
    stands: tuple[tuple[Statement, Representative], ...]
    named: GroupName | None


def stored_result(conversation: Conversation, round: int) -> OpinionMap | None:
    """The result in the newest map of the round. One of an older form is as if it were not there."""
    stored = latest_map(conversation, round)
    try:
        return opinion_json.from_document(stored.document) if stored else None
    except FormatError:
        return None


def map_before(conversation: Conversation, round: int) -> OpinionMap | None:
    """The map that a new one is laid beside, so that it does not jump: the last of the round, else of earlier ones."""
    results = (stored_result(conversation, number) for number in range(round, 0, -1))
    return next((result for result in results if result), None)


def group_keys(conversation: Conversation, round: int) -> tuple[str, ...]:
    """The letters of the groups on the present map."""
    result = stored_result(conversation, round)
    return tuple(group.key for group in result.groups) if result else ()


def group_names(conversation: Conversation, round: int) -> dict[str, Named]:
    """The shown names by letter. Ask first whether the results may be shown: a name tells that there is a group."""
    rows = GroupName.objects.filter(conversation=conversation, round=round, dropped_at=None)
    return {row.key: _named(row) for row in rows}


def kept_names(conversation: Conversation, round: int) -> list[GroupName]:
    """Names that are not shown: taken away, or of a group that is gone."""
    return list(GroupName.objects.filter(conversation=conversation, round=round, dropped_at__isnull=False))


def groups_to_name(conversation: Conversation, round: int) -> list[GroupToName]:
    """The groups on the present map, for those who give them names."""
    result = stored_result(conversation, round)
    if result is None or not result.groups:
        return []
    statements = {str(row.number): row for row in statements_of(conversation)}
    rows = {row.key: row for row in GroupName.objects.filter(conversation=conversation, round=round, dropped_at=None)}
    return [
        GroupToName(
            key=group.key,
            size=group.size,
            stands=tuple((statements[r.statement], r) for r in group.representative if r.statement in statements),
            named=rows.get(group.key),
        )
        for group in result.groups
    ]


def _named(row: GroupName) -> Named:
    said = row.said_in(get_language() or "nb")
    return Named(name=said.name, description=said.description, lang=said.lang)
