"""A benefit, where it began, what it is to reach, and what was measured."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samskap.apps.benefits import labels
from samskap.apps.figures.labels import standing_choices
from samskap.web.localised import LocalisedModel

__all__ = ["Baseline", "Benefit", "Measurement", "Target"]


class Benefit(LocalisedModel):
    """What an initiative is to change for somebody, by a named manager in an organisation.

    `measure` says in words what is counted, in `unit`: saved money and avoided cost in kroner a year, freed time in
    hours a year. Where `indicator` is a key, a published series of the municipality is the measure, for the part
    `indicator_part` of the people. A harm is a benefit that nobody wants (`is_harm`). `effects_from` is the day from
    which it can have an effect: the baseline is older. `asked_for` and `escalated_for` are the target days that the
    owner and the leaders were last reminded of.
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
    allows_negative = models.BooleanField(default=False)
    indicator = models.CharField(max_length=60, blank=True)
    indicator_part = models.CharField(max_length=120, blank=True)
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


class Measured(models.Model):
    """A number with its day and source.

    One that was taken from published figures keeps their `period` and `edition`; `standing` is that of the figures,
    also after the edition was deleted.
    """

    measured_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    source = models.CharField(max_length=300)
    standing = models.CharField(max_length=12, choices=standing_choices, default="ours")
    period = models.CharField(max_length=12, blank=True)
    edition = models.ForeignKey(
        "figures.Edition", on_delete=models.SET_NULL, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True


class Baseline(Measured):
    """What was so before: measured on a day before the benefit could have an effect."""

    benefit = models.OneToOneField(Benefit, on_delete=models.CASCADE, related_name="baseline")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.benefit_id}: {self.value}"


class Target(models.Model):
    """What is to be reached by a day. The targets of a benefit are the forecast beside what is measured."""

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="targets")
    due_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["benefit", "due_on"], name="target_once_a_day")]

    def __str__(self) -> str:
        return f"{self.benefit_id}: {self.value} {self.due_on:%Y-%m-%d}"


class Measurement(Measured):
    """What was measured on a day: written as a draft, approved by another, locked for good.

    `cause` says why it is behind what was forecast. A locked one is never changed: a later measurement of the same day
    `corrects` it, and says why in `correction`.
    """

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="measurements")
    cause = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=labels.measurement_state_choices, default="draft")
    corrects = models.OneToOneField(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="corrected_by"
    )
    correction = models.CharField(max_length=500, blank=True)
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
            models.CheckConstraint(condition=~Q(approved_by=F("written_by")), name="measurement_approved_by_another"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(correction=""), name="correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.benefit_id}: {self.value} {self.measured_on:%Y-%m-%d}"
