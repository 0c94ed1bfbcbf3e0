"""The figures that count now: for each indicator, place and part of the people those of the newest edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from samskap.apps.figures import labels, rules
from samskap.apps.figures.models import Edition, Indicator, Observation, Series
from samskap.kernel.municipalities import MUNICIPALITY_NAMES

__all__ = ["Cited", "Current", "Point", "cited", "current_series", "latest_values", "seen_by", "yearly"]


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
class Cited:
    """Where figures come from, in words."""

    text: str
    standing: str
    url: str
    licence: str
    title: str

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
    text = labels.citation(publisher=edition.source.name, table=edition.table, fetched_at=edition.fetched_at)
    return Cited(text, edition.standing, edition.url, edition.licence, edition.title)


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
