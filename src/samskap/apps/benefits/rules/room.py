"""What benefits change of the room for manoeuvre: kroner and hours a year, what is measured apart from what is hoped.

A measured level is carried on as it is until something newer is measured, and stops the day the benefit ends. What was
so by the end of the year of the accounts is in the accounts, and moves nothing that is reckoned from them. A target is
hoped for until something is measured for its day; what it lacked then is not realised, and hoped for no more.

Saved money, avoided cost and freed time are never added: only saved money is money in hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samskap.apps.benefits.rules.forecasts import Course, Point, gain, is_answered

__all__ = [
    "HOURS_A_POST",
    "MOVES_ROOM",
    "NOTHING",
    "Amounts",
    "Hold",
    "Parameter",
    "Promise",
    "RoomEffect",
    "counted_twice",
    "level",
    "posts_of",
    "room_effect",
    "to_come",
]

# The kinds that are counted in kroner or hours a year, in the order they are told.
MOVES_ROOM = ("saved_money", "avoided_cost", "freed_time")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that comes from no figure of the municipality: where it was read, and what it can be."""

    key: str
    value: int
    low: int
    high: int
    source: str


HOURS_A_POST = Parameter(
    key="hours",
    value=1750,
    low=1000,
    high=2200,
    source="Store norske leksikon, “årsverk”: 37.5 hours a week, less five weeks of holiday and the public holidays",
)


@dataclass(frozen=True, slots=True)
class Promise:
    """One benefit as it is counted: its course, and what counts of what was `measured`, days rising."""

    kind: str
    course: Course
    measured: tuple[Point, ...] = ()
    certainty: str = "hoped"
    is_harm: bool = False
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """Of one kind, a year: what is realised, how much of it the accounts hold already, and what is to come on top."""

    realised: Decimal = Decimal(0)
    in_accounts: Decimal = Decimal(0)
    sure: Decimal = Decimal(0)
    hoped: Decimal = Decimal(0)

    @property
    def new(self) -> Decimal:
        """What is realised beyond the accounts."""
        return self.realised - self.in_accounts

    @property
    def with_sure(self) -> Decimal:
        return self.new + self.sure

    @property
    def whole(self) -> Decimal:
        """With everything that is hoped for."""
        return self.with_sure + self.hoped


NOTHING = Amounts()


@dataclass(frozen=True, slots=True)
class RoomEffect:
    """`saved` and `avoided` in kroner a year, `freed` in hours a year; `counted` benefits, `waiting` for a baseline.

    `last_due` is the day of the last target that is still to come.
    """

    saved: Amounts = NOTHING
    avoided: Amounts = NOTHING
    freed: Amounts = NOTHING
    counted: int = 0
    waiting: int = 0
    last_due: date | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """What tells whether two benefits may be one: what kind, on which link of the chain, by which published series."""

    key: Hashable
    kind: str
    is_harm: bool = False
    link: Hashable = None
    series: Hashable = None


def level(one: Promise, on: date) -> Decimal | None:
    """What it brings a year on a day, against its baseline; 0 before anything is measured and after it ended.

    None without a baseline, for nobody can tell.
    """
    if one.course.baseline is None:
        return None
    known = [value for day, value in one.measured if day <= on]
    if not known or (one.ended_on is not None and one.ended_on <= on):
        return Decimal(0)
    return gain(one.course, known[-1])


def to_come(one: Promise, *, today: date, by: date) -> Decimal:
    """What the last open target until `by` brings a year beyond today's level: never below 0, for a harm never above.

    A level that is better than the target is carried on.
    """
    now, due = level(one, today), _open_target(one, today=today, by=by)
    promised = None if due is None else gain(one.course, due[1])
    if now is None or promised is None:
        return Decimal(0)
    return min(promised - now, Decimal(0)) if one.is_harm else max(promised - now, Decimal(0))


def _open_target(one: Promise, *, today: date, by: date) -> Point | None:
    """The last target until `by` that nothing was measured for; none of a benefit that ended."""
    if one.ended_on is not None and one.ended_on <= today:
        return None
    days = [day for day, _value in one.measured if day <= today]
    found = [target for target in one.course.targets if target[0] <= by and not is_answered(target[0], days)]
    return found[-1] if found else None


def room_effect(promises: Iterable[Promise], *, today: date, by: date, accounts: date | None = None) -> RoomEffect:
    """What all of them bring: measured until `today`, to come until `by`; `accounts` is the last day of their year."""
    of_kind = defaultdict(list)
    for one in promises:
        of_kind[one.kind].append(one)
    counted = [one for kind in MOVES_ROOM for one in of_kind[kind]]
    found = (_open_target(one, today=today, by=by) for one in counted if to_come(one, today=today, by=by))
    saved, avoided, freed = (_amounts(of_kind[kind], today=today, by=by, accounts=accounts) for kind in MOVES_ROOM)
    return RoomEffect(
        saved=saved,
        avoided=avoided,
        freed=freed,
        counted=sum(one.course.baseline is not None for one in counted),
        waiting=sum(one.course.baseline is None and one.ended_on is None for one in counted),
        last_due=max((target[0] for target in found if target), default=None),
    )


def _amounts(promises: Iterable[Promise], *, today: date, by: date, accounts: date | None) -> Amounts:
    realised = before = Decimal(0)
    coming = {"sure": Decimal(0), "hoped": Decimal(0)}
    for one in promises:
        realised += level(one, today) or 0
        before += (level(one, accounts) or 0) if accounts is not None else 0
        coming[one.certainty] += to_come(one, today=today, by=by)
    return Amounts(realised, before, **coming)


def posts_of(hours: Decimal, *, hours_a_post: int) -> Decimal:
    """Hours a year as full-time posts."""
    return hours / hours_a_post


def counted_twice(holds: Iterable[Hold]) -> tuple[tuple[Hashable, ...], ...]:
    """Benefits that may be one saving: of one kind that is summed, on one link, or measured by one published series.

    A harm and a benefit are never one. Each group once, in the order they came.
    """
    groups: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
    for one in holds:
        if one.kind in MOVES_ROOM:
            if one.link is not None:
                groups[("link", one.kind, one.is_harm, one.link)].append(one.key)
            if one.series is not None:
                groups[("series", one.kind, one.is_harm, one.series)].append(one.key)
    return tuple(dict.fromkeys(tuple(keys) for keys in groups.values() if len(keys) > 1))
