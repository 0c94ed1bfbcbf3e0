"""One statement, one group, one sector: what a page of its own tells about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samskap.apps.reports import labels
from samskap.apps.reports.labels import sentences
from samskap.apps.reports.queries.telling import SECTORS
from samskap.apps.reports.queries.told import (
    Cell,
    Common,
    Divided,
    Doubtful,
    GroupTold,
    Inside,
    Lacks,
    StatementTold,
    Stratum,
    Telling,
)
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.reports.queries.direction import Direction

__all__ = ["Answering", "StatementPage", "StratumPage", "group_page", "sector_page", "statement_page"]


@dataclass(frozen=True)
class Answering:
    """How one part of the people answered: a row of the table and a bar. `kind` and `key` lead to its own page."""

    label: str
    kind: str
    key: str
    cell: Cell


@dataclass(frozen=True)
class StatementPage:
    """Everything about one statement. `before` and `after` are its neighbours by number."""

    statement: StatementTold
    everyone: Cell
    parts: tuple[Answering, ...]
    finding: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Row:
    """One statement as this stratum answered it, beside everybody. `apart` is the difference in percentage points."""

    statement: StatementTold
    cell: Cell

    @property
    def apart(self) -> int | None:
        """How much more this stratum agrees than everybody does, in percentage points."""
        return None if self.cell.agree is None else self.cell.agree - self.statement.agree_percent

    @property
    def apart_points(self) -> str:
        """The difference as it is written, with its sign."""
        return "–" if self.apart is None else f"{self.apart:+d}".replace("-", "−") if self.apart else "0"


@dataclass(frozen=True)
class StratumPage:
    """A group or a sector: what it stands for, where it agrees with all, where it differs, and where it is split.

    `silent` says why nothing is told where too few have answered. `rows` are all statements, the most different first.
    """

    kind: str
    name: str
    label: str
    group: GroupTold | None
    silent: str
    common: tuple[Row, ...]
    differs: tuple[Divided, ...]
    inside: tuple[Inside, ...]
    too_few: tuple[StatementTold, ...]
    rows: tuple[Row, ...]


def statement_page(direction: Direction, *, number: int) -> StatementPage:
    """One statement by its number, or `NotFound`."""
    telling = _telling(direction)
    found = next((s for s in telling.statements if s.words.number == number), None)
    if found is None:
        raise NotFound(
            _("There is no statement %(number)s in this result.") % {"number": number},
            cure=_("It may have been merged into another, or rejected. See the table of all statements."),
        )
    numbers = [s.words.number for s in telling.statements]
    at = numbers.index(number)
    return StatementPage(
        statement=found,
        everyone=_everyone(found),
        parts=tuple(
            Answering(stratum.label, stratum.kind, stratum.name, cell)
            for stratum, cell in zip(telling.strata, found.cells, strict=True)
        ),
        finding=_finding(telling, found),
        before=numbers[at - 1] if at else None,
        after=numbers[at + 1] if at + 1 < len(numbers) else None,
    )


def group_page(direction: Direction, *, key: str) -> StratumPage:
    """One group by its letter, or `NotFound`."""
    telling = _telling(direction)
    group = next((g for g in telling.groups if g.key == key), None)
    if group is None:
        raise NotFound(
            _("There is no group %(key)s on this map.") % {"key": key},
            cure=_("Groups can change when more people answer. See the map."),
        )
    return _stratum_page(telling, Stratum("group", key, group.label), group=group)


def sector_page(direction: Direction, *, name: str) -> StratumPage:
    """One sector, or `NotFound`."""
    if name not in SECTORS:
        raise NotFound(_("There is no such sector."), cure=_("See who answered on the page of the direction."))
    stratum = Stratum("sector", name, labels.stratum_name("sector", name))
    return _stratum_page(_telling(direction), stratum, group=None)


def _telling(direction: Direction) -> Telling:
    if direction.telling is None:
        raise NotFound(_("Nothing has been computed yet."), cure=_("Come back when people have answered."))
    return direction.telling


def _everyone(statement: StatementTold) -> Cell:
    agree, lower, upper = statement.agree_percent, statement.lower, statement.upper
    return Cell(
        _("Everyone"),
        statement.answered,
        agree=agree,
        disagree=statement.disagree_percent,
        passed=statement.passed_percent,
        lower=lower,
        upper=upper,
        sentence=sentences.answered_so(statement.answered, agree=agree, lower=lower, upper=upper),
    )


def _finding(telling: Telling, statement: StatementTold) -> str:
    """The sentence of the list that the statement stands in; empty where it stands in none."""
    lists: tuple[Common | Divided | Doubtful | Lacks | Inside, ...] = (
        *telling.agreed, *telling.rejected, *telling.divided, *telling.uncertain, *telling.awaited, *telling.inside,
    )  # fmt: skip
    return next((one.sentence for one in lists if one.statement == statement), "")


def _stratum_page(telling: Telling, stratum: Stratum, *, group: GroupTold | None) -> StratumPage:
    kind, name = stratum.kind, stratum.name
    at = next((n for n, s in enumerate(telling.strata) if (s.kind, s.name) == (kind, name)), None)
    rows = [Row(s, s.cells[at]) for s in telling.statements] if at is not None else []
    told = [row for row in rows if row.cell.answered is not None]
    shared: list[Common] = [*telling.agreed, *telling.rejected]
    common = {one.statement.words.number for one in shared}
    return StratumPage(
        kind=kind,
        name=name,
        label=stratum.label,
        group=group,
        silent="" if told else sentences.too_few_for_this([(kind, name)]),
        common=tuple(row for row in told if row.statement.words.number in common),
        differs=tuple(d for d in telling.divided if d.kind == kind and name in (d.high_name, d.low_name)),
        inside=tuple(one for one in telling.inside if (one.kind, one.name) == (kind, name)),
        too_few=tuple(row.statement for row in rows if row.cell.answered is None),
        rows=tuple(sorted(told, key=lambda row: (-abs(row.apart or 0), row.statement.words.number))),
    )
