"""Editions and own indicators, for those who look after the figures of a municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from samskap.apps.figures import labels, permissions, rules
from samskap.apps.figures.models import Edition, Indicator, Observation, Population
from samskap.apps.figures.queries.series import current_series
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = [
    "EditionRow",
    "all_editions",
    "changeable_indicator",
    "choosable",
    "deletable_edition",
    "edition_by_id",
    "editions_for",
    "indicator_by_key",
    "indicators_of",
    "measures",
    "stored_state",
]


@dataclass(frozen=True)
class EditionRow:
    """An edition with how much is in it."""

    edition: Edition
    figures: int
    profiles: int
    places: int
    indicators: int
    may_delete: bool

    @property
    def standing(self) -> str:
        return str(labels.STANDINGS[self.edition.standing])


def all_editions() -> list[EditionRow]:
    """Every edition here, newest first. Three queries."""
    return _rows(list(Edition.objects.select_related("source", "municipality")), viewer=None)


def editions_for(municipality: Municipality, *, viewer: Any) -> list[EditionRow]:
    """What the pages of this municipality are made of: what everybody shares, and what it imported itself."""
    found = Edition.objects.select_related("source", "municipality")
    mine = found.filter(municipality=municipality)
    return _rows([*mine, *found.filter(municipality__isnull=True)], viewer=viewer)


def _rows(editions: list[Edition], *, viewer: Any) -> list[EditionRow]:
    keys = [edition.pk for edition in editions]
    counted = Observation.objects.filter(series__edition__in=keys).values("series__edition").order_by()
    figures = {
        row["series__edition"]: row
        for row in counted.annotate(
            figures=Count("pk"),
            places=Count("series__place", distinct=True),
            indicators=Count("series__indicator", distinct=True),
        )
    }
    people = {
        row["edition"]: row
        for row in Population.objects.filter(edition__in=keys)
        .values("edition")
        .order_by()
        .annotate(profiles=Count("pk"), places=Count("place", distinct=True))
    }
    nothing = {"figures": 0, "places": 0, "indicators": 0, "profiles": 0}
    return [
        EditionRow(
            one,
            figures.get(one.pk, nothing)["figures"],
            people.get(one.pk, nothing)["profiles"],
            max(figures.get(one.pk, nothing)["places"], people.get(one.pk, nothing)["places"]),
            figures.get(one.pk, nothing)["indicators"],
            viewer is not None and permissions.can_delete_edition(viewer, one),
        )
        for one in editions
    ]


def deletable_edition(pk: int, *, viewer: Any) -> Edition:
    """The edition, for those who may delete it; `NotFound` for everybody else."""
    found = edition_by_id(pk)
    if not permissions.can_delete_edition(viewer, found):
        raise NotFound(_("There is no such edition here."))
    return found


def indicators_of(municipality: Municipality) -> list[Indicator]:
    """The indicators that the municipality made itself."""
    return list(Indicator.objects.filter(municipality=municipality))


def changeable_indicator(pk: int, *, viewer: Any) -> Indicator:
    """The indicator, for those who may change it; `NotFound` for everybody else."""
    found = Indicator.objects.select_related("municipality").filter(pk=pk).first()
    if found is None or not permissions.can_change_indicator(viewer, found):
        raise NotFound(_("There is no such indicator here."))
    return found


def choosable(municipality: Municipality) -> list[tuple[str, str]]:
    """Key and name of the indicators that a file may be about: those of the catalogue, then the municipality's own."""
    own = [(one.key, labels.indicator_title(one)) for one in indicators_of(municipality)]
    return [*own, *((key, labels.known_title(key)) for key in rules.CATALOGUE)]


def measures(municipality: Municipality | None) -> dict[str, rules.Measure]:
    """What the indicators that may be used here are measured in: those of the catalogue, and the municipality's own."""
    known = {key: rules.Measure(one.topic, one.unit) for key, one in rules.CATALOGUE.items()}
    own = Indicator.objects.filter(municipality__isnull=False)
    if municipality is not None:
        own = own.filter(municipality=municipality)
    return known | {one.key: rules.Measure(one.topic, one.unit) for one in own}


def stored_state() -> str:
    """A word that is another one as soon as an edition is stored or deleted. One query."""
    found = Edition.objects.aggregate(newest=Max("pk"), count=Count("pk"))
    return f"{found['newest'] or 0}-{found['count']}"


def indicator_by_key(key: str, *, page_of: str) -> Indicator | None:
    """The indicator with this key, where the pages of this place may show it and there are figures of the place."""
    found = Indicator.objects.filter(key=key).first()
    return found if found and current_series([key], places=[page_of], page_of=page_of) else None


def edition_by_id(pk: int) -> Edition:
    """The edition, or `NotFound`."""
    found = Edition.objects.select_related("source", "municipality").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such edition here."))
    return found
