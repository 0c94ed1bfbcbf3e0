"""The figures that count now: for each indicator, place and part of the people those of the newest edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samskap.apps.figures import labels, rules
from samskap.apps.figures.models import Edition, Indicator, Observation, Series
from samskap.kernel.municipalities import MUNICIPALITY_NAMES

__all__ = [
    "Cited",
    "CitedTable",
    "Current",
    "Point",
    "cited",
    "current_series",
    "joined",
    "latest_values",
    "seen_by",
    "yearly",
]


@dataclass(frozen=True)
class Point:
    """A figure or the reason why there is none. `year` is where it stands on an axis."""

    period: str
    value: float | None
    missing: str = ""

    @property
    def year(self) -> float:
        return rules.period_year(self.period)

    @property
    def reason(self) -> str:
        """Why there is no figure, in words; "" where there is one."""
        return str(labels.MISSING[self.missing]) if self.missing else ""


@dataclass(frozen=True)
class CitedTable:
    """A table of a publisher, where it can be seen, and when it was fetched."""

    number: str
    url: str
    fetched_at: datetime

    @property
    def link(self) -> str:
        return _link(self.url, self.number)


@dataclass(frozen=True)
class Cited:
    """Where figures come from, in words; of tables that we know, one publisher's may stand together."""

    text: str
    standing: str
    url: str
    licence: str
    title: str
    publisher: str = ""
    tables: tuple[CitedTable, ...] = ()

    @property
    def linked(self) -> SafeString:
        """The text as a link or, where it names several tables, with a link for each."""
        if len(self.tables) < 2:
            return _link(self.url, self.text)
        tables = [(table.link, table.fetched_at) for table in self.tables]
        return mark_safe(labels.citation(publisher=escape(self.publisher), tables=tables))  # noqa: S308 -- escaped

    @property
    def standing_words(self) -> str:
        return str(labels.STANDINGS[self.standing])

    @property
    def is_illustrative(self) -> bool:
        return self.standing == "illustrative"


@dataclass(frozen=True)
class Current:
    """The figures of one indicator for one place and part of the people, by period, all of one edition."""

    indicator: Indicator
    place: str
    breakdown: str
    edition: Edition
    points: tuple[Point, ...]

    @property
    def latest(self) -> Point | None:
        """The newest figure; where no period has one, the newest reason."""
        with_value = [point for point in self.points if point.value is not None]
        return next(reversed(with_value or self.points), None)

    @property
    def cited(self) -> Cited:
        return cited(self.edition)

    def at(self, period: str) -> Point | None:
        return next((point for point in self.points if point.period == period), None)


def cited(edition: Edition) -> Cited:
    """How an edition is cited."""
    table = CitedTable(edition.table, edition.url, edition.fetched_at)
    text = labels.citation(publisher=edition.source.name, tables=[(table.number, table.fetched_at)])
    return Cited(
        text, edition.standing, edition.url, edition.licence, edition.title, edition.source.name, tables=(table,)
    )


def joined(sources: Iterable[Cited]) -> tuple[Cited, ...]:
    """The same sources, each publisher's tables of one standing and licence in one line, in the order they came."""
    groups: dict[tuple[str, ...], list[Cited]] = {}
    for one in sources:
        key = (one.publisher, one.standing, one.licence) if one.tables else (one.text, one.standing, one.url)
        groups.setdefault(key, []).append(one)
    return tuple(_together(group) for group in groups.values())


def _together(group: list[Cited]) -> Cited:
    first = group[0]
    tables = tuple(dict.fromkeys(table for one in group for table in one.tables))
    if len(tables) < 2:
        return first
    text = labels.citation(publisher=first.publisher, tables=[(one.number, one.fetched_at) for one in tables])
    title = "; ".join(dict.fromkeys(one.title for one in group if one.title))
    return replace(first, text=text, url="", title=title, tables=tables)


def _link(url: str, text: str) -> SafeString:
    return format_html('<a class="ds-link" href="{}" rel="noreferrer">{}</a>', url, text) if url else escape(text)


def seen_by(place: str) -> Q:
    """The series and people that the pages of this place may show: the shared ones, and what it imported itself."""
    return Q(edition__municipality__isnull=True) | Q(edition__municipality__number=place)


def current_series(
    keys: Collection[str] | None, *, places: Collection[str] | None, page_of: str, breakdown: str | None = None
) -> list[Current]:
    """The series of these indicators and places (None: all) in the order of the indicators, with their points.

    `page_of` is the place on whose pages they are shown. With `breakdown` only that part of the people. Two queries.
    """
    chosen = _newest(_candidates(keys, places=places, page_of=page_of, breakdown=breakdown))
    points: dict[int, list[Point]] = {}
    rows = Observation.objects.filter(series__in=[one.pk for one in chosen]).order_by("series_id", "period")
    for pk, period, value, missing in rows.values_list("series_id", "period", "value", "missing"):
        points.setdefault(pk, []).append(Point(period, value, missing))
    return [
        Current(one.indicator, one.place, one.breakdown, one.edition, tuple(points.get(one.pk, ()))) for one in chosen
    ]


def _candidates(
    keys: Collection[str] | None, *, places: Collection[str] | None, page_of: str, breakdown: str | None
) -> Iterable[Series]:
    found = Series.objects.filter(seen_by(page_of)).select_related("indicator", "edition__source")
    if keys is not None:
        found = found.filter(indicator__key__in=keys)
    if places is not None:
        found = found.filter(place__in=places)
    if breakdown is not None:
        found = found.filter(breakdown=breakdown)
    return found.order_by("indicator__order", "indicator_id", "place", "breakdown", "pk")


def _newest(candidates: Iterable[Series]) -> list[Series]:
    """One series for each indicator, place and breakdown; an illustrative one never stands before a real one."""
    best: dict[tuple[int, str, str], Series] = {}
    for one in candidates:
        key = (one.indicator_id, one.place, one.breakdown)
        if key not in best or _rank(one.edition) > _rank(best[key].edition):
            best[key] = one
    return list(best.values())


def _rank(edition: Edition) -> tuple[bool, float, int]:
    return edition.standing != "illustrative", edition.fetched_at.timestamp(), edition.pk


def latest_values(key: str, *, page_of: str, breakdown: str = "") -> dict[str, float]:
    """The newest figure of an indicator for every municipality that has one."""
    found = current_series([key], places=None, page_of=page_of, breakdown=breakdown)
    return {
        one.place: one.latest.value
        for one in found
        if one.place in MUNICIPALITY_NAMES and one.latest is not None and one.latest.value is not None
    }


def yearly(place: str, key: str, *, breakdown: str = "") -> dict[int, float]:
    """The figures of an indicator for a place by year, where there are any."""
    found = current_series([key], places=[place], page_of=place, breakdown=breakdown)
    return {
        int(point.period): point.value
        for one in found
        for point in one.points
        if point.value is not None and len(point.period) == 4
    }
