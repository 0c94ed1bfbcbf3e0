"""Places by name and number, and the places that a place is compared with."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samskap.apps.figures import labels, rules
from samskap.apps.figures.models import Population, Series
from samskap.apps.figures.queries.series import latest_values, seen_by
from samskap.kernel.errors import NotFound
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.kernel.municipality_changes import current_numbers
from samskap.sources.values import NATION

__all__ = [
    "Group",
    "ListedPlace",
    "Neighbours",
    "Place",
    "counties",
    "has_figures",
    "listed_places",
    "neighbours",
    "place_by_number",
]


@dataclass(frozen=True)
class Place:
    """A municipality of today."""

    number: str
    name: str

    @property
    def county(self) -> str:
        """The number of its county; "" for Oslo, which is a county itself."""
        return "" if self.number == "0301" else self.number[:2]


@dataclass(frozen=True)
class ListedPlace:
    """A municipality in the list of all, and whether there are figures of it."""

    number: str
    name: str
    has_figures: bool


@dataclass(frozen=True)
class Group:
    """Municipalities that are alike in one way: what joins them, and which they are, the place itself among them."""

    key: str
    label: str
    places: frozenset[str]


@dataclass(frozen=True)
class Neighbours:
    """What a place is compared with: country, county, its KOSTRA group as a place of the statistics, and groups."""

    place: Place
    kostra: str
    groups: tuple[Group, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The places that statistics give figures of, the place itself first."""
        return tuple(filter(None, (self.place.number, NATION, self.place.county, self.kostra)))


def place_by_number(number: str) -> Place:
    """The municipality with this number of today; `NotFound`, which says what an old number became, for others."""
    if number in MUNICIPALITY_NAMES:
        return Place(number, MUNICIPALITY_NAMES[number])
    raise NotFound(
        _("No municipality in Norway has the number %(number)s.") % {"number": number[:12]},
        code="municipality_unknown",
        cure=_("Look for the municipality by its name on the page with all municipalities."),
    )


def successors(number: str) -> tuple[Place, ...]:
    """The municipalities of today that an old number became; empty for a number of today or an unknown one."""
    if number in MUNICIPALITY_NAMES:
        return ()
    return tuple(Place(one, MUNICIPALITY_NAMES[one]) for one in current_numbers(number) if one in MUNICIPALITY_NAMES)


def listed_places(wanted: str = "") -> list[ListedPlace]:
    """The municipalities by name; with `wanted` those whose name or number holds it, old numbers too. Two queries."""
    have = set(Series.objects.filter(seen_by("")).values_list("place", flat=True).distinct())
    have |= set(Population.objects.filter(seen_by("")).values_list("place", flat=True).distinct())
    sought = _plain(wanted.strip())
    old = {one.number for one in successors(wanted.strip())}
    found = [
        ListedPlace(number, name, number in have)
        for number, name in MUNICIPALITY_NAMES.items()
        if sought in _plain(name) or sought in number or number in old
    ]
    return sorted(found, key=lambda one: _alphabetical(one.name))


def has_figures(number: str) -> bool:
    """Whether there is anything on the page of this municipality. One or two queries."""
    return any(model.objects.filter(seen_by(number), place=number).exists() for model in (Series, Population))


def counties(places: list[ListedPlace]) -> list[tuple[str, list[ListedPlace]]]:
    """The municipalities by county, counties by name."""
    by_county: dict[str, list[ListedPlace]] = {}
    for one in places:
        by_county.setdefault(one.number[:2], []).append(one)
    named = [(labels.place_name(county), held) for county, held in by_county.items()]
    return sorted(named, key=lambda one: _alphabetical(one[0]))


def neighbours(place: Place) -> Neighbours:
    """What this place is compared with, as far as the figures at hand tell. Four queries."""
    sizes = latest_values("population", page_of=place.number)
    kostra = latest_values("kostra_group", page_of=place.number)
    groups = []
    own_size = sizes.get(place.number)
    if own_size is not None:
        low, high = rules.size_group(int(own_size))
        alike = frozenset(one for one, size in sizes.items() if low <= size < (high or float("inf")))
        groups.append(Group("size", _size_words(low, high), alike))
    own_kostra = kostra.get(place.number)
    if own_kostra is not None:
        alike = frozenset(one for one, group in kostra.items() if group == own_kostra)
        groups.append(Group("kostra", labels.place_name(f"EKG{int(own_kostra):02}"), alike))
    return Neighbours(place, f"EKG{int(own_kostra):02}" if own_kostra else "", tuple(groups))


def _size_words(low: int, high: int | None) -> str:
    if high is None:
        return _("Municipalities with at least %(low)s people") % {"low": labels.number(low)}
    if low == 0:
        return _("Municipalities with fewer than %(high)s people") % {"high": labels.number(high)}
    gaps = {"low": labels.number(low), "high": labels.number(high - 1)}
    return _("Municipalities with %(low)s to %(high)s people") % gaps


def _plain(text: str) -> str:
    """Letters without marks and case, so that a keyboard without them finds the name too; ø and æ as o and ae."""
    folded = text.casefold().replace("ø", "o").replace("æ", "ae").replace("đ", "d").replace("ŋ", "n").replace("ŧ", "t")
    return "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))


def _alphabetical(name: str) -> tuple[int, ...]:
    """The order of the Norwegian alphabet, where æ, ø and å come last."""
    last = {"æ": 0x10001, "ø": 0x10002, "å": 0x10003}
    return tuple(last.get(sign) or ord(_plain(sign)[:1] or sign) for sign in name.casefold())
