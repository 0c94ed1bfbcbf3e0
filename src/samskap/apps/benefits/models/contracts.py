"""Outcome contracts in the shape of the INDIGO standard: who, what is counted, what it is worth, what was paid."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samskap.apps.benefits import labels
from samskap.web.localised import LocalisedModel

__all__ = ["Contract", "ContractParty", "Metric", "MetricResult", "Payment", "PaymentPlan"]


class Contract(LocalisedModel):
    """An agreement that pays for results. `key` is its id in exchanged files; it is public from when it is shown."""

    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.CASCADE, related_name="contracts")
    key = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_shown = models.BooleanField(default=False)
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
    """An organisation in one of the five roles of a contract; an investor says how much it has bound itself to."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=11)
    organisation = models.ForeignKey("actors.Organisation", on_delete=models.RESTRICT, related_name="contract_parties")
    commitment_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "role", "organisation"], name="contract_party_once"),
            models.CheckConstraint(
                condition=Q(commitment_nok__isnull=True) | Q(role="investor", commitment_nok__gt=0),
                name="contract_commitment_of_an_investor",
            ),
            models.CheckConstraint(condition=Q(role__in=list(labels.CONTRACT_ROLES)), name="contract_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.contract} ({labels.CONTRACT_ROLES[self.role]})"


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
    """What was counted by a day, from the beginning of the contract to it: how many took part, how many reached it.

    It earns when an evaluator has validated it. `measurement` is the one of a benefit that it was taken from.
    """

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="results")
    counted_on = models.DateField()
    engaged = models.PositiveIntegerField()
    reached = models.DecimalField(max_digits=18, decimal_places=4)
    validated_by = models.ForeignKey(
        "actors.Organisation", on_delete=models.RESTRICT, null=True, blank=True, related_name="validated_results"
    )
    measurement = models.ForeignKey(
        "benefits.Measurement", on_delete=models.SET_NULL, null=True, blank=True, related_name="contract_results"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["counted_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["metric", "counted_on"], name="metric_result_once_a_day"),
            models.CheckConstraint(condition=Q(reached__gte=0), name="metric_result_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} ({self.counted_on:%Y-%m-%d})"


class PaymentPlan(models.Model):
    """What is planned to be paid for results. A new version holds what was paid before it, and plans the rest."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    made_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["contract", "version"], name="payment_plan_version_once")]

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.version}"


class Payment(models.Model):
    """Money from one party to another, for one metric or for the investment.

    Without a plan it is money that was paid: together these are the ledger. In a plan it is planned, or it repeats
    what had been paid when the plan was made.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="payments")
    plan = models.ForeignKey(PaymentPlan, on_delete=models.CASCADE, null=True, blank=True, related_name="payments")
    metric = models.ForeignKey(Metric, on_delete=models.RESTRICT, null=True, blank=True, related_name="payments")
    kind = models.CharField(max_length=10, choices=labels.payment_kind_choices, default="outcome")
    state = models.CharField(max_length=7, choices=labels.payment_state_choices, default="paid")
    sender = models.ForeignKey("actors.Organisation", on_delete=models.RESTRICT, related_name="payments_sent")
    receiver = models.ForeignKey("actors.Organisation", on_delete=models.RESTRICT, related_name="payments_received")
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="payment_above_nothing"),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="payment_between_two"),
            models.CheckConstraint(
                condition=Q(kind="outcome", metric__isnull=False) | (~Q(kind="outcome") & Q(metric__isnull=True)),
                name="payment_for_a_metric_or_an_investment",
            ),
            models.CheckConstraint(
                condition=Q(plan__isnull=True, state="paid") | Q(plan__isnull=False, kind="outcome"),
                name="payment_in_a_plan_or_in_the_ledger",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} ({self.on:%Y-%m-%d})"
