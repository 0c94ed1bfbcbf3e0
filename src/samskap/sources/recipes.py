"""What a recipe is: how one or more tables of a publisher become figures of our indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from samskap.kernel.counties import COUNTY_NAMES
from samskap.sources.client import Client
from samskap.sources.values import Fetched, Figure

__all__ = ["Asking", "Recipe", "trimmed"]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and for which places: numbers of today, "0000", counties as "40", KOSTRA groups as "EKG05"."""

    places: tuple[str, ...]
    client: Client
    now: datetime

    @property
    def municipalities(self) -> tuple[str, ...]:
        return tuple(place for place in self.places if len(place) == 4 and place.isdecimal() and int(place))

    @property
    def counties(self) -> tuple[str, ...]:
        return tuple(place for place in self.places if place in COUNTY_NAMES)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One entry of the catalogue.

    `table` is "" where the table is found by its title. `gives` are keys of indicators; "population" comes as age
    profiles too. `seen` says in which public source its codes were seen in use, and what is found by its label.
    """

    key: str
    office: str
    table: str
    title: str
    gives: tuple[str, ...]
    licence: str
    seen: str
    run: Callable[[Asking], Iterator[Fetched]] = field(repr=False, compare=False)


def trimmed(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures in order of series and period, without the "not available" ones before the first that says more."""
    ordered = sorted(figures, key=lambda figure: (*_series(figure), figure.period))
    kept: list[Figure] = []
    for _key, series in groupby(ordered, key=_series):
        rest = list(series)
        first = next((place for place, figure in enumerate(rest) if figure.missing != "not_available"), len(rest))
        kept += rest[first:]
    return tuple(kept)


def _series(figure: Figure) -> tuple[str, str, str]:
    return figure.indicator, figure.place, figure.breakdown
