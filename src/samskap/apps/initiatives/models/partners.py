"""Those who join, and what they promise."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from samskap.apps.initiatives import labels
from samskap.apps.initiatives.models.tokens import new_token
from samskap.web.localised import LocalisedModel

__all__ = ["Commitment", "Partner"]


class Partner(models.Model):
    """Somebody who joins an opportunity or an initiative: an organisation, or a resident by name and address.

    A resident's name and address are seen by those who run it, and erased when the resident leaves.
    """

    opportunity = models.ForeignKey(
        "initiatives.Opportunity", on_delete=models.CASCADE, null=True, blank=True, related_name="partners"
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.CASCADE, null=True, blank=True, related_name="partners"
    )
    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.CASCADE, null=True, blank=True, related_name="partnerships"
    )
    person = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="partnerships"
    )
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    note = models.CharField(max_length=500, blank=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opportunity__isnull=False, initiative__isnull=True)
                | Q(opportunity__isnull=True, initiative__isnull=False),
                name="partner_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["opportunity", "organisation"],
                condition=Q(opportunity__isnull=False, organisation__isnull=False, left_at__isnull=True),
                name="organisation_joins_an_opportunity_once",
            ),
            models.UniqueConstraint(
                fields=["initiative", "organisation"],
                condition=Q(initiative__isnull=False, organisation__isnull=False, left_at__isnull=True),
                name="organisation_joins_an_initiative_once",
            ),
            models.UniqueConstraint(
                Lower("email"), F("opportunity"), condition=~Q(email="") & Q(opportunity__isnull=False),
                name="resident_joins_an_opportunity_once",
            ),
            models.UniqueConstraint(
                Lower("email"), F("initiative"), condition=~Q(email="") & Q(initiative__isnull=False),
                name="resident_joins_an_initiative_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(name="", email=""), name="name_erased_when_partner_left"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"partner {self.pk}"

    @property
    def municipality_number(self) -> str:
        return str(self.subject.municipality.number)

    @property
    def subject(self) -> Any:
        """The opportunity or the initiative that was joined."""
        return self.opportunity if self.opportunity_id is not None else self.initiative


class Commitment(LocalisedModel):
    """What a partner promises: kroner, hours, or something in words; and whether it came.

    `amount` is kroner for money and hours for hours (both above zero), else None.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="commitments")
    kind = models.CharField(max_length=8, choices=labels.commitment_kind_choices)
    amount = models.PositiveBigIntegerField(null=True, blank=True)
    text = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=14, choices=labels.commitment_state_choices, default="promised")
    due_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["money", "hours"], amount__gt=0)
                | (~Q(kind__in=["money", "hours"]) & Q(amount__isnull=True) & ~Q(text="")),
                name="commitment_has_amount_or_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_delivered") | ~Q(reason=""), name="commitment_not_kept_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount or self.text}"

    @property
    def municipality_number(self) -> str:
        return self.partner.municipality_number
