"""Official projections as they were made, one beside the other: the newest does not hide the ones before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from samskap.apps.figures.models import Observation, Series
from samskap.apps.figures.queries.series import Cited, cited, seen_by
from samskap.kernel.age_groups import AgeGroup, people_between

__all__ = ["Projected", "projections_of"]

_AGES = re.compile(r"(?:^|;)age=(\d+)(?:-(\d+)|(\+))?(?:;|$)")
_OLDEST = 120
_OTHER_ALTERNATIVE = re.compile(r"(?:^|;)alternative=(?!MMMM(?:;|$))")


@dataclass(frozen=True)
class Projected:
    """One edition of a projection for one place: people by group of ages (first and last age) and year."""

    title: str
    groups: Mapping[AgeGroup, Mapping[int, float]]
    cited: Cited

    @property
    def start(self) -> int:
        """The first year it tells of."""
        return min(year for people in self.groups.values() for year in people)

    def people(self, first: int, last: int) -> dict[int, float]:
        """The people of these ages by year; empty where the groups do not add up to them exactly."""
        return people_between(self.groups, first, last)


def projections_of(place: str, *, page_of: str) -> tuple[Projected, ...]:
    """The main alternatives that were made for a place, the oldest first. Two queries."""
    rows = (
        Series.objects.filter(seen_by(page_of), indicator__key="projected_population", place=place)
        .select_related("edition__source")
        .order_by("pk")
    )
    wanted = {one.pk: one for one in rows if _ages(one.breakdown) and not _OTHER_ALTERNATIVE.search(one.breakdown)}
    by_edition: dict[int, dict[AgeGroup, dict[int, float]]] = {}
    points = Observation.objects.filter(series__in=list(wanted))
    for pk, period, value in points.values_list("series_id", "period", "value"):
        if value is None:
            continue
        groups = by_edition.setdefault(wanted[pk].edition_id, {})
        groups.setdefault(_ages(wanted[pk].breakdown) or (0, 0), {})[int(period)] = value
    editions = {one.edition_id: one.edition for one in wanted.values()}
    newest: dict[tuple[bool, int], Projected] = {}
    for key, groups in sorted(by_edition.items()):
        made = Projected(editions[key].title, groups, cited(editions[key]))
        newest[made.cited.is_illustrative, made.start] = made
    is_real = any(not made_up for made_up, _start in newest)
    return tuple(one for (made_up, _start), one in sorted(newest.items()) if not (made_up and is_real))


def _ages(breakdown: str) -> AgeGroup | None:
    """First and last age of a part of the people: "age=90+" is 90 to 120."""
    found = _AGES.search(breakdown)
    if found is None:
        return None
    first = int(found[1])
    return first, _OLDEST if found[3] else int(found[2] or first)
