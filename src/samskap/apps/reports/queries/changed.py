"""Two rounds side by side, told: what moved, common ground gained and lost, groups and turnout beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samskap.apps.reports import labels, rules
from samskap.apps.reports.labels import sentences
from samskap.apps.reports.queries import drawing
from samskap.apps.reports.queries.looking import Look
from samskap.apps.reports.queries.told import GroupTold, StatementTold
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.reports.queries.direction import Direction
    from samskap.engines.opinion_map import Changes, GroundChange, GroupChange, StatementChange

__all__ = ["ChangesTold", "GroupMatch", "Moved", "changes_told", "rounds_to_compare"]


@dataclass(frozen=True)
class Moved:
    """A statement whose agreement moved for certain."""

    statement: StatementTold
    before: int
    after: int
    way: str
    sentence: str

    @property
    def before_share(self) -> str:
        return labels.share(self.before)

    @property
    def after_share(self) -> str:
        return labels.share(self.after)


@dataclass(frozen=True)
class GroupMatch:
    """A group in both rounds: what it was called and is called, and how many stayed. Empty where it is not there."""

    key: str
    before: str
    after: str
    size_before: str
    size_after: str
    sentence: str


@dataclass(frozen=True)
class ChangesTold:
    """All that is told of two rounds. `turnout` has a label and the numbers of both rounds, None where hidden."""

    before: Direction
    after: Direction
    headline: str
    careful: str
    moved: tuple[Moved, ...]
    gained: tuple[StatementTold, ...]
    lost: tuple[StatementTold, ...]
    kept: int
    groups: tuple[GroupMatch, ...]
    turnout: tuple[tuple[str, str | None, str | None], ...]
    drawings: tuple[SafeString, SafeString]


def rounds_to_compare(look: Look) -> tuple[int, int]:
    """The round that is looked at and the one before it, of those that this reader sees; `NotFound` without two."""
    earlier = [number for number in look.rounds if look.round is not None and number < look.round]
    if look.round is None or not earlier:
        raise NotFound(
            _("There are not two rounds with results to put beside each other."),
            cure=_("See the result of each round on the page of the common direction."),
        )
    return earlier[-1], look.round


def changes_told(before: Direction, after: Direction, *, changes: Changes) -> ChangesTold:
    """The comparison in words. Statements that are rejected or merged by now are told nowhere."""
    told = {str(s.words.number): s for s in after.telling.statements} if after.telling else {}
    moved = tuple(
        _moved(change, statement=told[change.statement])
        for change in changes.statements
        if change.way != "unsure" and change.statement in told
    )
    compared = sum(change.statement in told for change in changes.statements)
    return ChangesTold(
        before=before,
        after=after,
        headline=sentences.what_moved(len(moved), of=compared),
        careful=sentences.both_rounds(changes.both),
        moved=moved,
        gained=_ground(changes.gained, told=told),
        lost=_ground(changes.lost, told=told),
        kept=len(_ground(changes.kept, told=told)),
        groups=_groups(before, after, changes=changes.groups),
        turnout=_turnout(before, after),
        drawings=(drawing.for_page(before), drawing.for_page(after)),
    )


def _moved(change: StatementChange, *, statement: StatementTold) -> Moved:
    before, after = rules.percent(change.share_before), rules.percent(change.share_after)
    # The smaller of the two distances is the careful one, whichever way it went.
    low, high = (change.lower, change.upper) if change.way == "up" else (-change.upper, -change.lower)
    return Moved(
        statement=statement,
        before=before,
        after=after,
        way=change.way,
        sentence=sentences.moved(change.way, before=before, after=after, low=rules.down(low), high=rules.up(high)),
    )


def _ground(found: tuple[GroundChange, ...], *, told: Mapping[str, StatementTold]) -> tuple[StatementTold, ...]:
    return tuple(told[change.statement] for change in found if change.statement in told)


def _groups(before: Direction, after: Direction, *, changes: tuple[GroupChange, ...]) -> tuple[GroupMatch, ...]:
    was, now = _by_key(before), _by_key(after)
    return tuple(
        GroupMatch(
            key=change.key,
            before=was[change.key].label if change.key in was else "",
            after=now[change.key].label if change.key in now else "",
            size_before=_size(change.size_before),
            size_after=_size(change.size_after),
            sentence=sentences.group_matched(
                change.key, was=change.size_before, now=change.size_after, stayed=change.stayed
            ),
        )
        for change in changes
    )


def _by_key(direction: Direction) -> dict[str, GroupTold]:
    return {group.key: group for group in direction.telling.groups} if direction.telling else {}


def _size(size: int | None) -> str:
    return "–" if size is None else labels.number(size)


def _turnout(before: Direction, after: Direction) -> tuple[tuple[str, str | None, str | None], ...]:
    rows = [
        ((now or was)[0], was[1] if was else None, now[1] if now else None)
        for was, now in zip_longest(before.heard.rows, after.heard.rows)
    ]
    return (*rows, (_("All"), before.heard.total, after.heard.total))
