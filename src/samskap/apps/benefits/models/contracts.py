"""Outcome contracts in the shape of the INDIGO standard: who, what is counted, what it is worth, what was paid."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samskap.apps.benefits import labels
from samskap.web.localised import LocalisedModel

__all__ = ["Contract", "ContractParty", "Metric", "MetricResult", "Payment"]


class Contract(LocalisedModel):
    """An agreement that pays for results. `key` is its id in exchanged files."""

    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.CASCADE, related_name="contracts")
    key = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(key=""), name="contract_has_title_and_key"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="contract_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.initiative.municipality.number


class ContractParty(models.Model):
    """An organisation in one of the five roles of a contract."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=11)
    organisation = models.ForeignKey("actors.Organisation", on_delete=models.RESTRICT, related_name="contract_parties")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "role", "organisation"], name="contract_party_once"),
            models.CheckConstraint(condition=Q(role__in=list(labels.CONTRACT_ROLES)), name="contract_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.organisation_id}"


class Metric(LocalisedModel):
    """What a contract counts: a target, how it is validated, the price of a unit, and the most that is paid."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="metrics")
    benefit = models.ForeignKey(
        "benefits.Benefit", on_delete=models.SET_NULL, null=True, blank=True, related_name="metrics"
    )
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=160)
    unit = models.CharField(max_length=40)
    target = models.DecimalField(max_digits=18, decimal_places=4)
    validation = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    price_nok = models.DecimalField(max_digits=14, decimal_places=2)
    cap_nok = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "key"], name="metric_key_once_a_contract"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(unit=""), name="metric_has_title_and_unit"),
            models.CheckConstraint(
                condition=Q(price_nok__gte=0) & Q(cap_nok__gte=0) & Q(target__gte=0), name="metric_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.contract.initiative.municipality.number


class MetricResult(models.Model):
    """What was counted by a day: how many took part, how many reached it, and who validated that."""

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="results")
    counted_on = models.DateField()
    engaged = models.PositiveIntegerField()
    reached = models.DecimalField(max_digits=18, decimal_places=4)
    validated_by = models.ForeignKey(
        "actors.Organisation", on_delete=models.RESTRICT, null=True, blank=True, related_name="validated_results"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["counted_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["metric", "counted_on"], name="metric_result_once_a_day"),
            models.CheckConstraint(condition=Q(reached__gte=0), name="metric_result_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.metric_id}: {self.reached}"


class Payment(models.Model):
    """Money from one party to another: for one metric, or for the investment; planned in a version, or paid.

    A new version of the plan repeats what was paid before it, so that each version tells the whole.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="payments")
    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, null=True, blank=True, related_name="payments")
    kind = models.CharField(max_length=10, choices=labels.payment_kind_choices, default="outcome")
    state = models.CharField(max_length=7, choices=labels.payment_state_choices, default="planned")
    version = models.PositiveSmallIntegerField(default=1)
    sender = models.ForeignKey("actors.Organisation", on_delete=models.RESTRICT, related_name="payments_sent")
    receiver = models.ForeignKey("actors.Organisation", on_delete=models.RESTRICT, related_name="payments_received")
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["version", "on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="payment_above_nothing"),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="payment_between_two"),
            models.CheckConstraint(
                condition=Q(kind="outcome", metric__isnull=False) | (~Q(kind="outcome") & Q(metric__isnull=True)),
                name="payment_for_a_metric_or_an_investment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_nok} {self.on:%Y-%m-%d}"
