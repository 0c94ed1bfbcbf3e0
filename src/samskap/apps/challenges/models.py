"""Challenges, the questions to discuss about them, and the charts that tell their story."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samskap.apps.challenges.labels import figure_choices
from samskap.web.localised import LocalisedModel


class Challenge(LocalisedModel):
    """Something the municipality faces: what it is, what we know, what we ask."""

    municipality = models.ForeignKey("actors.Municipality", on_delete=models.CASCADE, related_name="challenges")
    title = models.CharField(max_length=160)
    text = models.TextField()
    known = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="challenge_has_title")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def municipality_number(self) -> str:
        return self.municipality.number


class DiscussionQuestion(LocalisedModel):
    """A question to discuss about a challenge."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class ChallengeFigure(models.Model):
    """A chart that tells the story of a challenge: an indicator of the place, its people by age, or what comes.

    `part` is the part of the people of an indicator, and the chart of a scenario. A scenario that is shown is not
    deleted before its charts are taken away.
    """

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=10, choices=figure_choices)
    indicator = models.ForeignKey(
        "figures.Indicator", null=True, blank=True, on_delete=models.CASCADE, related_name="challenge_figures"
    )
    scenario = models.ForeignKey(
        "outlook.Scenario", null=True, blank=True, on_delete=models.RESTRICT, related_name="challenge_figures"
    )
    part = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            # One a sort, since SQLite has no NULLS NOT DISTINCT: Django would leave that constraint out there.
            models.UniqueConstraint(
                fields=["challenge", "indicator", "part"],
                condition=Q(indicator__isnull=False),
                name="figure_of_indicator_once",
            ),
            models.UniqueConstraint(
                fields=["challenge", "scenario", "part"],
                condition=Q(scenario__isnull=False),
                name="figure_of_scenario_once",
            ),
            models.UniqueConstraint(
                fields=["challenge", "kind"],
                condition=Q(indicator__isnull=True, scenario__isnull=True),
                name="figure_of_people_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="indicator", indicator__isnull=False, scenario__isnull=True)
                | Q(kind="outlook", indicator__isnull=True, scenario__isnull=False) & ~Q(part="")
                | Q(kind__in=["people", "support"], indicator__isnull=True, scenario__isnull=True, part=""),
                name="figure_is_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.challenge.said.title)

    @property
    def chart_key(self) -> tuple[str, str]:
        """What `figures.queries.charts_of` calls this chart."""
        return (self.indicator.key if self.indicator else self.kind), self.part
