"""What will be done: on the six questions, with costs, risks, milestones and gates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samskap.apps.initiatives import labels
from samskap.web.localised import LocalisedModel

__all__ = ["Affected", "CostLine", "Gate", "Initiative", "Milestone", "Risk"]


class Initiative(LocalisedModel):
    """What will be done: on the six questions of utredningsinstruksen, with an owner and a next date, to operation."""

    municipality = models.ForeignKey("actors.Municipality", on_delete=models.CASCADE, related_name="initiatives")
    opportunity = models.ForeignKey(
        "initiatives.Opportunity", on_delete=models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    principles = models.TextField(blank=True)
    effects = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    zero_alternative = models.TextField(blank=True)
    challenges = models.ManyToManyField("challenges.Challenge", blank=True, related_name="initiatives")
    stage = models.CharField(max_length=12, choices=labels.stage_choices, default="idea")
    stopped_reason = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    owner = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    owner_organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_initiatives"
    )
    next_step = models.CharField(max_length=300)
    next_date = models.DateField()
    reminded_for = models.DateField(null=True, blank=True)
    escalated_for = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="initiative_has_title"),
            models.CheckConstraint(condition=~Q(next_step=""), name="initiative_has_next_step"),
            models.CheckConstraint(
                condition=~Q(stage="stopped") | (~Q(stopped_reason="") & ~Q(learned="")),
                name="stopped_initiative_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def municipality_number(self) -> str:
        return self.municipality.number


class CostLine(LocalisedModel):
    """What an initiative costs somebody in a year, in whole kroner. No payer named: the municipality."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="cost_lines")
    year = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    amount_nok = models.PositiveBigIntegerField()
    payer = models.ForeignKey(
        "actors.Organisation", on_delete=models.RESTRICT, null=True, blank=True, related_name="cost_lines"
    )

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="cost_line_above_nothing"),
            models.CheckConstraint(condition=Q(year__gte=2000) & Q(year__lte=2100), name="cost_line_year_known"),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.text}"

    @property
    def municipality_number(self) -> str:
        return self.initiative.municipality.number


class Risk(LocalisedModel):
    """What can go wrong: likelihood and consequence from 1 (low) to 3 (high), and what is done about it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="risks")
    text = models.CharField(max_length=300)
    likelihood = models.PositiveSmallIntegerField(choices=labels.level_choices, default=2)
    consequence = models.PositiveSmallIntegerField(choices=labels.level_choices, default=2)
    response = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__in=[1, 2, 3]) & Q(consequence__in=[1, 2, 3]), name="risk_levels_1_to_3"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Affected(LocalisedModel):
    """A group of people whom an initiative touches, and how."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="affected")
    who = models.CharField(max_length=160)
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.who


class Milestone(LocalisedModel):
    """Something that is to be reached by a date."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="milestones")
    text = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class Gate(LocalisedModel):
    """A decision between two stages: go on, wait, go back or stop, by whom, and why. It is never changed.

    `missing` are the keys of what the stage expects and was not in place when it was decided.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="gates")
    from_stage = models.CharField(max_length=12, choices=labels.stage_choices)
    to_stage = models.CharField(max_length=12, choices=labels.stage_choices)
    reason = models.TextField()
    decided_by = models.CharField(max_length=160)
    decided_on = models.DateField()
    missing = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="gates"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="gate_has_reason")]

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.from_stage} → {self.to_stage}"
