"""People by sex and single year of age, as plain values for computation and for the page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q

from samskap.apps.figures import rules
from samskap.apps.figures.models import Edition, Population, Series
from samskap.apps.figures.queries.series import Cited, Current, cited, current_series, seen_by
from samskap.sources.values import NATION, AgeProfile

__all__ = [
    "PEOPLE_GROUPS",
    "PlaceAccounts",
    "PlacePeople",
    "accounts_of",
    "ground_changed_at",
    "people_of",
    "population_edition",
    "population_of",
    "populations",
]

# The groups that people read about: first and last age (None: no end).
PEOPLE_GROUPS: dict[str, tuple[int, int | None]] = {
    "0-5": (0, 5),
    "6-15": (6, 15),
    "16-66": (16, 66),
    "67-79": (67, 79),
    "80+": (80, None),
}


@dataclass(frozen=True)
class PlacePeople:
    """People by age group and year, all of one edition."""

    years: tuple[int, ...]
    groups: dict[str, tuple[int, ...]]
    cited: Cited

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(sum(counts) for counts in zip(*self.groups.values(), strict=True))

    @property
    def support(self) -> tuple[float | None, ...]:
        """People aged 16 to 66 for each person aged 80 and over; None in a year without anybody so old."""
        return tuple(
            working / old if old else None
            for working, old in zip(self.groups["16-66"], self.groups["80+"], strict=True)
        )


@dataclass(frozen=True)
class PlaceAccounts:
    """The accounts of a municipality in one year: kroner, posts and users by indicator, and why others are missing."""

    year: int
    values: dict[str, float]
    missing: dict[str, str]
    cited: tuple[Cited, ...]


def populations(places: Collection[str] | None = None, *, page_of: str = "") -> dict[str, tuple[AgeProfile, ...]]:
    """The people of these places (None: all) by place, years rising; each place whole from its newest edition.

    Two queries, whatever the number of places.
    """
    newest = _newest_editions(places, page_of=page_of)
    found: dict[str, list[AgeProfile]] = {}
    rows = Population.objects.filter(edition__in=set(newest.values())).order_by("place", "year")
    if places is not None:
        rows = rows.filter(place__in=places)
    for place, year, edition, persons in rows.values_list("place", "year", "edition_id", "persons"):
        if newest.get(place) == edition:
            found.setdefault(place, []).append(rules.unpacked(place, year, bytes(persons)))
    return {place: tuple(profiles) for place, profiles in found.items()}


def _newest_editions(places: Collection[str] | None, *, page_of: str) -> dict[str, int]:
    """Which edition holds the people of each place now; an illustrative one never stands before a real one."""
    rows = Population.objects.filter(seen_by(page_of))
    if places is not None:
        rows = rows.filter(place__in=places)
    found = rows.values_list("place", "edition_id", "edition__standing", "edition__fetched_at").distinct()
    best: dict[str, tuple[tuple[bool, float, int], int]] = {}
    for place, edition, standing, fetched_at in found.order_by():
        rank = (standing != "illustrative", fetched_at.timestamp(), edition)
        best[place] = max(best.get(place, (rank, edition)), (rank, edition))
    return {place: edition for place, (_rank, edition) in best.items()}


def population_of(place: str, *, page_of: str = "") -> tuple[AgeProfile, ...]:
    """The people of one place, years rising; empty where there are none."""
    return populations([place], page_of=page_of or place).get(place, ())


def population_edition(place: str, *, page_of: str = "") -> Edition | None:
    """The edition that the people of a place are of, or None."""
    key = _newest_editions([place], page_of=page_of or place).get(place)
    return Edition.objects.select_related("source").get(pk=key) if key else None


def people_of(place: str, *, page_of: str = "") -> PlacePeople | None:
    """The people of a place by age group, or None where there are none. Four queries."""
    profiles = population_of(place, page_of=page_of)
    edition = population_edition(place, page_of=page_of) if profiles else None
    if edition is None:
        return None
    groups = {
        key: tuple(sum(p.women[first : _end(last)]) + sum(p.men[first : _end(last)]) for p in profiles)
        for key, (first, last) in PEOPLE_GROUPS.items()
    }
    return PlacePeople(tuple(p.year for p in profiles), groups, cited(edition))


def _end(last: int | None) -> int | None:
    return None if last is None else last + 1


def accounts_of(place: str) -> PlaceAccounts | None:
    """The accounts, posts and users of the newest year in which the accounts of a service are known; None without.

    Users that are only counted by kind are added up where every kind has a figure.
    """
    keys = [key for key in rules.CATALOGUE if key.startswith(_ACCOUNTS)]
    by_key: dict[str, list[Current]] = {}
    for one in current_series(keys, places=[place], page_of=place):
        by_key.setdefault(one.indicator.key, []).append(one)
    years = [
        int(point.period)
        for key in _SERVICE_ACCOUNTS & set(by_key)
        for one in by_key[key]
        for point in one.points
        if point.value is not None and len(point.period) == 4
    ]
    if not years:
        return None
    values, missing = {}, {}
    for key, parts in by_key.items():
        value, reason = _in_year(parts, str(max(years)))
        if value is not None:
            values[key] = value
        elif reason:
            missing[key] = reason
    editions = {one.edition.pk: one.cited for key in values for one in by_key[key]}
    return PlaceAccounts(max(years), values, missing, tuple(editions.values()))


def ground_changed_at(place: str, *, with_projections: bool = False) -> datetime | None:
    """When people of the place or the country, or accounts of the place, were last stored; None without. One query."""
    told = (*_ACCOUNTS, "projected_population") if with_projections else _ACCOUNTS
    keys = [key for key in rules.CATALOGUE if key.startswith(told)]
    own = OuterRef("pk")
    people = Exists(Population.objects.filter(edition=own, place__in=[place, NATION]))
    accounts = Exists(Series.objects.filter(edition=own, place=place, indicator__key__in=keys))
    seen = Q(municipality__isnull=True) | Q(municipality__number=place)
    newest: datetime | None = Edition.objects.filter(seen, people | accounts).aggregate(at=Max("created_at"))["at"]
    return newest


def _in_year(parts: list[Current], period: str) -> tuple[float | None, str]:
    """The figure for everybody, else the sum of the kinds; or why there is none."""
    whole = [one for one in parts if not one.breakdown] or parts
    points = [one.at(period) for one in whole]
    known = [point.value for point in points if point is not None and point.value is not None]
    if points and len(known) == len(points):
        return sum(known), ""
    return None, next((point.missing for point in points if point is not None and point.missing), "")


_ACCOUNTS = ("accounts_", "posts_", "users_")
_SERVICE_ACCOUNTS = {f"accounts_{service}" for service in rules.SERVICES}
