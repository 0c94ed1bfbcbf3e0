"""The portfolio of benefits of a municipality: how all of them stand, by kind, by year, and each with its owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from samskap.apps.benefits.labels import KINDS
from samskap.apps.benefits.labels.benefits import GIVEN_UNITS
from samskap.apps.benefits.queries.benefits import rows, rows_in
from samskap.apps.benefits.queries.reading import BenefitRead, read_benefit
from samskap.apps.benefits.rules import portfolio as rules
from samskap.apps.benefits.rules.forecasts import STANDINGS
from samskap.apps.benefits.rules.measuring import GIVEN_UNITS as UNIT_OF
from samskap.apps.benefits.rules.room import MOVES_ROOM, Amounts, Hold, Promise, counted_twice, room_effect
from samskap.apps.initiatives.queries import published_initiatives, today

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.benefits.models import Benefit
    from samskap.apps.processes.models import Process

__all__ = [
    "KindGroup",
    "Line",
    "Portfolio",
    "lines_in",
    "lines_of_process",
    "portfolio_of",
    "shown",
    "twice_in",
    "worst_first",
    "years_of",
]

AT_THE_END = date.max


@dataclass(frozen=True)
class Line:
    """One benefit in the portfolio, with what its read model does not say of the initiative and the owner."""

    read: BenefitRead
    initiative_lang: str
    is_published: bool
    organisation_pk: int
    sector: str
    link: int | None
    series: tuple[str, str] | None

    @property
    def initiative_url(self) -> str:
        return reverse("initiatives:initiative", args=[self.read.initiative_pk])

    @property
    def promise(self) -> Promise:
        """The benefit as it is counted."""
        one = self.read
        measured = tuple((each.on, each.value) for each in one.counting)
        return Promise(one.kind, one.course, measured, one.certainty, one.is_harm, one.ended_on)

    @property
    def hold(self) -> Hold:
        """What tells whether it may be counted twice."""
        return Hold(self.read.pk, self.read.kind, self.read.is_harm, self.link, self.series)

    @property
    def answers(self) -> tuple[rules.Answer, ...]:
        """Target and actual, period by period."""
        return rules.answers(self.read.course, self.promise.measured)


@dataclass(frozen=True)
class KindGroup:
    """All benefits of one kind. `amounts` and `sums` are of kinds in kroner or hours a year; others have `met`."""

    key: str
    name: str
    unit: str
    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    amounts: Amounts | None
    sums: tuple[rules.YearSum, ...]
    met: tuple[rules.YearMet, ...]

    @property
    def is_kroner(self) -> bool:
        return UNIT_OF.get(self.key) == "kroner_a_year"


@dataclass(frozen=True)
class Portfolio:
    """All benefits as they stood on the day `today`: that of a year's end, or this day.

    `year` is None for now. `in_operation` initiatives, `without` of them have no benefit; None of a year that is over.
    `twice` are benefits that may be one saving.
    """

    municipality: Municipality
    year: int | None
    today: date
    groups: tuple[KindGroup, ...]
    years: tuple[int, ...]
    in_operation: int | None
    without: int | None
    twice: tuple[tuple[Line, ...], ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def counts(self) -> dict[str, int]:
        """How many benefits stand how, harms among them; those of kinds without any are 0."""
        counted = Counter(line.read.standing for line in self.lines)
        return {key: counted[key] for key in STANDINGS}

    @property
    def overdue(self) -> int:
        return sum(line.read.is_overdue for line in self.lines)

    @property
    def initiatives(self) -> int:
        return len({line.read.initiative_pk for line in self.lines})

    @property
    def is_illustrative(self) -> bool:
        return any(line.read.is_illustrative for line in self.lines)


def lines_in(municipality: Municipality, *, now: date, of: str = "published") -> tuple[Line, ...]:
    """The benefits of a municipality as they stood on the day `now`, by initiative. Four queries.

    `of` is `published` (what everybody sees) or `all` (for those in charge). What could have no effect by then is there
    only where `now` is this day.
    """
    found = rows_in(municipality, of=of)
    if now < today():
        found = found.filter(effects_from__lte=now)
    return tuple(_line(one, now=now) for one in found)


def lines_of_process(process: Process, *, now: date) -> tuple[Line, ...]:
    """The benefits of the published initiatives that came of a process. Four queries."""
    found = rows().filter(initiative__opportunity__process=process, initiative__published_at__isnull=False)
    ordered = found.order_by("initiative__title", "initiative_id", "order", "pk")
    return tuple(_line(one, now=now) for one in ordered)


def _line(one: Benefit, *, now: date) -> Line:
    return Line(
        read=read_benefit(one, now=now),
        initiative_lang=one.initiative.said.lang,
        is_published=one.initiative.is_published,
        organisation_pk=one.owner_organisation_id,
        sector=one.owner_organisation.sector,
        link=one.link_id,
        series=(one.indicator, one.indicator_part) if one.indicator else None,
    )


def portfolio_of(municipality: Municipality, *, year: int | None = None, of: str = "published") -> Portfolio:
    """The portfolio as it stands, or as it stood at the end of a `year` that is over. Five queries."""
    now = today()
    is_over = year is not None and year < now.year
    on = rules.year_end(year) if year is not None and is_over else now
    lines = lines_in(municipality, now=on, of=of)
    told = rules.told_years((line.promise for line in lines), today=on)
    operating = None if is_over else _operating(municipality)
    with_benefits = {line.read.initiative_pk for line in lines}
    return Portfolio(
        municipality=municipality,
        year=year if is_over else None,
        today=on,
        groups=tuple(_group(key, lines, years=told, on=on) for key in KINDS),
        years=told,
        in_operation=None if operating is None else len(operating),
        without=None if operating is None else len(operating - with_benefits),
        twice=twice_in(lines),
    )


def _operating(municipality: Municipality) -> set[int]:
    return set(published_initiatives(municipality, {"stage": "in_operation"}).values_list("pk", flat=True))


def _group(key: str, lines: Sequence[Line], *, years: Sequence[int], on: date) -> KindGroup:
    mine = tuple(line for line in lines if line.read.kind == key)
    promises = [line.promise for line in mine]
    is_summed = key in MOVES_ROOM
    effect = room_effect(promises, today=on, by=AT_THE_END) if is_summed else None
    of_kind = {"saved_money": "saved", "avoided_cost": "avoided", "freed_time": "freed"}
    return KindGroup(
        key=key,
        name=str(KINDS[key]),
        unit=str(GIVEN_UNITS[UNIT_OF[key]]) if key in UNIT_OF else "",
        lines=mine,
        counts=Counter(line.read.standing for line in mine),
        amounts=getattr(effect, of_kind[key]) if effect else None,
        sums=rules.years_summed(promises, years, today=on) if is_summed else (),
        met=rules.years_met(promises, years),
    )


def twice_in(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """The benefits of each group that may be one saving told twice; those that ended are left out."""
    by_pk = {line.read.pk: line for line in lines}
    live = [line.hold for line in lines if line.read.ended_on is None]
    return tuple(tuple(by_pk[key] for key in keys) for keys in counted_twice(live))  # type: ignore[index]


def years_of(municipality: Municipality, *, of: str = "published") -> tuple[int, ...]:
    """The years that are over and had benefits, and this one, the newest first. One query."""
    first = rows_in(municipality, of=of).order_by("effects_from").values_list("effects_from", flat=True).first()
    this = today().year
    return tuple(range(this, min(first.year, this) - 1, -1)) if first else (this,)


def shown(portfolio: Portfolio, wanted: Mapping[str, str]) -> tuple[KindGroup, ...]:
    """The kinds with the lines that fit `wanted` (kind, standing, certainty, organisation, overdue), by `sort`."""
    groups = [
        replace(group, lines=_sorted([line for line in group.lines if _fits(line, wanted)], wanted.get("sort", "")))
        for group in portfolio.groups
        if wanted.get("kind") in ("", None, group.key)
    ]
    return tuple(group for group in groups if group.lines)


def _fits(line: Line, wanted: Mapping[str, str]) -> bool:
    read = line.read
    asked = {
        "standing": read.standing, "certainty": read.certainty, "organisation": str(line.organisation_pk),
        "overdue": "1" if read.is_overdue else "",
    }  # fmt: skip
    return all(wanted.get(key) in ("", None, value) for key, value in asked.items())


_WORST_FIRST = (
    "not_realised", "harm", "behind", "waiting_for_baseline", "waiting_for_target", "not_measured", "on_the_way",
    "unplanned", "reached",
)  # fmt: skip

# How the lines of a kind are sorted, by the key in the address.
SORTS: dict[str, Callable[[Line], Any]] = {
    "standing": lambda line: _WORST_FIRST.index(line.read.standing),
    "title": lambda line: line.read.title.casefold(),
    "initiative": lambda line: line.read.initiative_title.casefold(),
    "owner": lambda line: (line.read.owner_role.casefold(), line.read.organisation.casefold()),
    "due": lambda line: line.read.due.on if line.read.due else date.max,
    "target": lambda line: line.read.promised or 0,
    "actual": lambda line: line.read.realised or 0,
}


def worst_first(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What went worst in front, and of what stands alike what is overdue."""
    return tuple(sorted(lines, key=lambda line: (SORTS["standing"](line), not line.read.is_overdue)))


def _sorted(lines: Sequence[Line], key: str) -> tuple[Line, ...]:
    """By a column, with "-" before its name the other way round; else what went worst first."""
    name = key.removeprefix("-")
    by = SORTS.get(name, SORTS["standing"])
    return tuple(sorted(lines, key=by, reverse=key.startswith("-") and name in SORTS))
