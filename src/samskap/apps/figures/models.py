"""Figures: what is measured, by whom, for which place and period, and people by sex and single year of age."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samskap.apps.figures.labels import missing_choices, standing_choices, topic_choices, unit_choices
from samskap.sources.values import NATION
from samskap.web.localised import LocalisedModel


class Source(models.Model):
    """A publisher of figures."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    url = models.URLField(blank=True)
    licence = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One table as it was at one time. Everything in it was stored in one transaction.

    One that a municipality imported itself is shown on the pages of that municipality only.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="editions")
    municipality = models.ForeignKey(
        "actors.Municipality", null=True, blank=True, on_delete=models.CASCADE, related_name="editions"
    )
    table = models.CharField(max_length=60)
    title = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    standing = models.CharField(max_length=12, choices=standing_choices)
    fetched_at = models.DateTimeField()
    updated_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-fetched_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=["official", "ours", "illustrative"]), name="edition_standing_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.fetched_at:%Y-%m-%d}"

    @property
    def municipality_number(self) -> str:
        return self.municipality.number if self.municipality else NATION


class Indicator(LocalisedModel):
    """Something that is measured. `concept` joins indicators that measure one thing in different ways."""

    key = models.SlugField(max_length=60, unique=True)
    municipality = models.ForeignKey(
        "actors.Municipality", null=True, blank=True, on_delete=models.CASCADE, related_name="indicators"
    )
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    topic = models.CharField(max_length=20, choices=topic_choices)
    concept = models.SlugField(max_length=40, blank=True)
    unit = models.CharField(max_length=20, choices=unit_choices)
    decimals = models.PositiveSmallIntegerField(default=0)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["topic", "order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.municipality.number if self.municipality else NATION


class Series(models.Model):
    """One indicator for one place and one part of the people, in one edition."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="series")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="series")
    place = models.CharField(max_length=6)
    breakdown = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["indicator", "place", "breakdown", "pk"]
        indexes = [models.Index(fields=["place"], name="series_of_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "place", "breakdown", "edition"], name="series_once_an_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.place} {self.breakdown}".strip()


class Observation(models.Model):
    """A figure, or the reason why there is none."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="observations")
    period = models.CharField(max_length=12)
    value = models.FloatField(null=True, blank=True)
    missing = models.CharField(max_length=20, choices=missing_choices, blank=True)

    class Meta:
        ordering = ["period"]
        constraints = [
            models.UniqueConstraint(fields=["series", "period"], name="observation_once_a_period"),
            models.CheckConstraint(
                condition=(Q(value__isnull=True) & ~Q(missing="")) | (Q(value__isnull=False) & Q(missing="")),
                name="observation_has_value_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.missing or self.value}"


class Population(models.Model):
    """People of a place on 1 January of a year: 212 whole numbers (women 0 to 105+, then men), four bytes each."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="populations")
    place = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    persons = models.BinaryField()

    class Meta:
        ordering = ["place", "year"]
        indexes = [models.Index(fields=["place"], name="population_of_place")]
        constraints = [
            models.UniqueConstraint(fields=["edition", "place", "year"], name="population_once_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.year}"
