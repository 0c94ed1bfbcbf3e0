"""A benefit, where it began, what it is to reach, and what was measured."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samskap.apps.benefits import labels
from samskap.web.localised import LocalisedModel

__all__ = ["Baseline", "Benefit", "Measurement", "Target"]


class Benefit(LocalisedModel):
    """What an initiative is to change for somebody, by a named manager in an organisation.

    `measure` says in words what is counted, in `unit`; where `indicator` is a key, an official series of the
    municipality is the measure. A harm is a benefit that nobody wants (`is_harm`). `effects_from` is the day from which
    it can have an effect: the baseline is older. `asked_for` and `escalated_for` are the target days that the owner and
    the leaders were last reminded of.
    """

    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.CASCADE, related_name="benefits")
    link = models.ForeignKey(
        "benefits.ChainLink", on_delete=models.SET_NULL, null=True, blank=True, related_name="benefits"
    )
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=16, choices=labels.kind_choices)
    is_harm = models.BooleanField(default=False)
    is_planned = models.BooleanField(default=True)
    certainty = models.CharField(max_length=5, choices=labels.certainty_choices, default="hoped")
    gainer = models.CharField(max_length=160)
    gainer_sector = models.CharField(max_length=9, choices=labels.sector_choices, default="public")
    owner = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="benefits"
    )
    owner_role = models.CharField(max_length=120)
    owner_organisation = models.ForeignKey("actors.Organisation", on_delete=models.RESTRICT, related_name="benefits")
    measure = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    better = models.CharField(max_length=6, choices=labels.better_choices, default="higher")
    indicator = models.CharField(max_length=60, blank=True)
    effects_from = models.DateField()
    asked_for = models.DateField(null=True, blank=True)
    escalated_for = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(unit=""), name="benefit_has_title_and_unit"),
            models.CheckConstraint(condition=~Q(owner_role=""), name="benefit_has_owner_role"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""), name="ended_benefit_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.initiative.municipality.number


class Baseline(models.Model):
    """What was so before: measured on a day before the benefit could have an effect."""

    benefit = models.OneToOneField(Benefit, on_delete=models.CASCADE, related_name="baseline")
    measured_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.benefit_id}: {self.value}"


class Target(models.Model):
    """What is to be reached by a day. The first of a benefit stands as the forecast beside what was measured."""

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="targets")
    due_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["benefit", "due_on"], name="target_once_a_day")]

    def __str__(self) -> str:
        return f"{self.benefit_id}: {self.value} {self.due_on:%Y-%m-%d}"


class Measurement(models.Model):
    """What was measured on a day: written as a draft, approved by another, locked for good.

    A locked one is never changed: a later measurement of the same day `corrects` it and says why.
    """

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="measurements")
    measured_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    source = models.CharField(max_length=300)
    cause = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=labels.measurement_state_choices, default="draft")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    written_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="measurements_written"
    )
    written_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="measurements_approved"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="measurements_locked"
    )
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["measured_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "measured_on"], condition=Q(corrects__isnull=True), name="measured_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(approved_at__isnull=False), name="approved_measurement_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="locked") | Q(locked_at__isnull=False), name="locked_measurement_says_when"
            ),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(cause=""), name="correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.benefit_id}: {self.value} {self.measured_on:%Y-%m-%d}"
