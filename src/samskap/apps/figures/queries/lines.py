"""An indicator of a place beside the country, the county and places that are alike: lines over time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samskap.apps.figures import labels, rules
from samskap.apps.figures.models import Indicator
from samskap.apps.figures.queries.places import Group, Neighbours
from samskap.apps.figures.queries.series import Current, Point, current_series

__all__ = ["GroupLine", "Lines", "PlaceLine", "lines_of"]


@dataclass(frozen=True)
class PlaceLine:
    """The figures of one place that statistics know: the municipality itself, the country, the county, a group."""

    place: str
    label: str
    current: Current

    def at(self, period: str) -> Point | None:
        return self.current.at(period)


@dataclass(frozen=True)
class GroupLine:
    """What is usual among municipalities that are alike: by period, from those that have a figure."""

    group: Group
    usual: dict[str, rules.Usual]

    @property
    def label(self) -> str:
        return _("%(group)s (median)") % {"group": self.group.label}


@dataclass(frozen=True)
class Lines:
    """One indicator and part of the people, for a place and those it is compared with. The place's own comes first."""

    indicator: Indicator
    breakdown: str
    own: PlaceLine
    others: tuple[PlaceLine, ...]
    groups: tuple[GroupLine, ...]

    @property
    def title(self) -> str:
        return labels.indicator_title(self.indicator)

    @property
    def part(self) -> str:
        return labels.breakdown_words(self.breakdown)

    @property
    def periods(self) -> list[str]:
        """The periods in which the place itself is counted or counted as missing."""
        return [point.period for point in self.own.current.points]


def lines_of(keys: list[str] | None, *, beside: Neighbours, wanted: Collection[tuple[str, str]] = ()) -> list[Lines]:
    """The lines of these indicators (None: all that the place has), each for one part of the people.

    `wanted` are pairs of an indicator and a part of the people: of an indicator with such pairs, those parts. Four
    queries, whatever the number of indicators.
    """
    number = beside.place.number
    parts = _parts(current_series(keys, places=beside.places, page_of=number), number)
    relative = [key for key, by_part in parts.items() if _indicator(by_part).unit in rules.RELATIVE]
    places = frozenset().union(*(group.places for group in beside.groups)) - {number}
    alike = current_series(relative, places=places, page_of=number) if places and relative else []
    return [
        _lines(by_part, part, beside, alike)
        for key, by_part in parts.items()
        for part in _chosen_parts(
            key, {part: by_part[part, place] for part, place in by_part if place == number}, wanted
        )
    ]


def _chosen_parts(key: str, parts: Mapping[str, Current], wanted: Collection[tuple[str, str]]) -> list[str]:
    """The wanted parts of the people, as far as there are figures of them; else the main one."""
    return [part for one, part in wanted if one == key and part in parts] or [main_part(parts)]


def main_part(parts: Mapping[str, Current]) -> str:
    """The part that stands for an indicator: everybody, else the largest of a whole, else the first."""
    if "" in parts or not labels.dividing(parts):
        return min(parts)
    return max(sorted(parts), key=lambda part: _newest_value(parts[part]))


def _newest_value(one: Current) -> float:
    latest = one.latest
    return latest.value if latest is not None and latest.value is not None else -1.0


Parts = dict[tuple[str, str], Current]


def _parts(found: list[Current], number: str) -> dict[str, Parts]:
    """By indicator: the series by (part of the people, place); only indicators that the place itself has."""
    own = {one.indicator.key for one in found if one.place == number}
    parts: dict[str, Parts] = {}
    for one in found:
        if one.indicator.key in own:
            parts.setdefault(one.indicator.key, {})[one.breakdown, one.place] = one
    return parts


def _indicator(by_part: Parts) -> Indicator:
    return next(iter(by_part.values())).indicator


def _lines(by_part: Parts, part: str, beside: Neighbours, alike: list[Current]) -> Lines:
    number = beside.place.number
    own = by_part[part, number]
    indicator = own.indicator
    is_relative = indicator.unit in rules.RELATIVE
    compared = [place for place in beside.places[1:] if is_relative and (part, place) in by_part]
    same = [one for one in alike if one.indicator.pk == indicator.pk and one.breakdown == part] if is_relative else []
    groups = [GroupLine(group, _usual([own, *(one for one in same if one.place in group.places)], own))
              for group in beside.groups if not (group.key == "kostra" and beside.kostra in compared)]  # fmt: skip
    return Lines(
        indicator,
        part,
        PlaceLine(number, beside.place.name, own),
        tuple(PlaceLine(place, labels.place_name(place), by_part[part, place]) for place in compared),
        tuple(line for line in groups if line.usual),
    )


def _usual(members: list[Current], own: Current) -> dict[str, rules.Usual]:
    """Median and quarters in each period of the place itself; hidden and missing figures are left out, never 0."""
    if own.indicator.unit not in rules.RELATIVE:
        return {}
    by_period: dict[str, list[float]] = {point.period: [] for point in own.points}
    for one in members:
        for point in one.points:
            if point.value is not None and point.period in by_period:
                by_period[point.period].append(point.value)
    found = {period: rules.band(values) for period, values in by_period.items()}
    return {period: usual for period, usual in found.items() if usual is not None}
