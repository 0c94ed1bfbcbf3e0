"""What the guards of the opinion map found, as told to people: counts and lists, never who.

    version   1
    people    how many voted in the map
    kinds     kind ("duplicates", "coordinated", "careless")
              flagged    people, 0, or null for one to four
              sets       sets of people that count as one (0 for careless), or null with `flagged`
              changed    statements that enter or leave the common ground if these votes counted otherwise
              gained, lost   which ones, with statement and side; empty where `flagged` is null
              moves      statement, side, share, share_without, largest first: shares of answers in whole per cent;
                         only where at least five votes no longer count, and none where `flagged` is null

Nothing is told about fewer than five people.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samskap.engines.opinion_map import OpinionMap
from samskap.engines.opinion_map.guards import KINDS, Effect, Guards, Kind
from samskap.engines.opinion_map.result import Side
from samskap.formats.errors import FormatError

__all__ = ["FEWEST", "GuardsTold", "KindTold", "Move", "StatementSide", "from_document", "to_document", "told"]

FEWEST = 5
MOST_MOVES = 5
VERSION = 1


@dataclass(frozen=True, slots=True)
class StatementSide:
    """A statement in the common ground, and whether people agree with it or reject it."""

    statement: str
    side: Side


@dataclass(frozen=True, slots=True)
class Move:
    """The share of answers on one side, in per cent, with all votes and with the flagged ones counted otherwise."""

    statement: str
    side: Side
    share: int
    share_without: int


@dataclass(frozen=True, slots=True)
class KindTold:
    """One kind of odd votes; `flagged` and `sets` are None where it is about one to four people."""

    kind: Kind
    flagged: int | None
    sets: int | None
    changed: int
    gained: tuple[StatementSide, ...]
    lost: tuple[StatementSide, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class GuardsTold:
    """What may be told of the guards."""

    people: int
    kinds: tuple[KindTold, ...]

    @property
    def found(self) -> tuple[KindTold, ...]:
        """The kinds of which something was flagged."""
        return tuple(each for each in self.kinds if each.flagged != 0)


def told(guards: Guards, *, result: OpinionMap, without: Mapping[Kind, OpinionMap]) -> GuardsTold:
    """What may be told, given the map of all votes and, for each kind that was flagged, the map without it."""
    effects = {effect.kind: effect for effect in guards.effects}
    return GuardsTold(
        people=guards.people,
        kinds=tuple(_kind(effects[kind], before=result, after=without.get(kind, result)) for kind in KINDS),
    )


def _kind(effect: Effect, *, before: OpinionMap, after: OpinionMap) -> KindTold:
    was, now = _ground(before), _ground(after)
    gained, lost = tuple(key for key in now if key not in was), tuple(key for key in was if key not in now)
    few = 0 < effect.flagged < FEWEST
    return KindTold(
        kind=effect.kind,
        flagged=None if few else effect.flagged,
        sets=None if few else effect.sets,
        changed=len(gained) + len(lost),
        gained=() if few else gained,
        lost=() if few else lost,
        moves=() if few else _moves(effect),
    )


def _ground(result: OpinionMap) -> tuple[StatementSide, ...]:
    return tuple(StatementSide(found.statement, found.side) for found in result.common_ground)


def _moves(effect: Effect) -> tuple[Move, ...]:
    whole = (
        Move(change.statement, change.side, round(100 * change.share), round(100 * change.share_without))
        for change in effect.changes
        if change.votes >= FEWEST
    )
    return tuple(move for move in whole if move.share != move.share_without)[:MOST_MOVES]


def to_document(guards: GuardsTold) -> dict[str, Any]:
    """The document, ready for `json.dumps`."""
    return {"version": VERSION, "people": guards.people, "kinds": [dataclasses.asdict(kind) for kind in guards.kinds]}


def from_document(document: Mapping[str, Any]) -> GuardsTold:
    """What a document of `to_document` tells. Raises FormatError for any other."""
    try:
        if document["version"] != VERSION:
            raise KeyError("version")
        return GuardsTold(people=document["people"], kinds=tuple(_kind_read(kind) for kind in document["kinds"]))
    except (KeyError, TypeError) as error:
        raise FormatError(
            f"The document of the guards is not of version {VERSION}: {error}.",
            code="format_guards",
            cure="Make the opinion map again.",
        ) from error


def _kind_read(kind: Mapping[str, Any]) -> KindTold:
    return KindTold(
        kind=kind["kind"],
        flagged=kind["flagged"],
        sets=kind["sets"],
        changed=kind["changed"],
        gained=tuple(StatementSide(**each) for each in kind["gained"]),
        lost=tuple(StatementSide(**each) for each in kind["lost"]),
        moves=tuple(Move(**each) for each in kind["moves"]),
    )
