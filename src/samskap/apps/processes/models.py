"""Processes, their activities, and the participants who hold a ticket."""

from __future__ import annotations

import secrets
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samskap.apps.actors.labels import sector_choices
from samskap.apps.processes import labels
from samskap.web.localised import LocalisedModel


def new_alias() -> str:
    """The name of a ticket in the trail. It is erased with the ticket, and then leads to nobody."""
    return secrets.token_hex(8)


class Process(LocalisedModel):
    """The frame of one effort: challenges, activities, and who takes part."""

    municipality = models.ForeignKey("actors.Municipality", on_delete=models.CASCADE, related_name="processes")
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    promise = models.CharField(max_length=12, choices=labels.promise_choices, default="co_create")
    is_illustrative = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    challenges = models.ManyToManyField("challenges.Challenge", blank=True, related_name="processes")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def municipality_number(self) -> str:
        return self.municipality.number


class Activity(LocalisedModel):
    """A window in which people may do something: when, who, in which round, and when results are seen.

    What is done is data of its own (a conversation's statements and votes), so that one conversation can live
    through a day, an online week and a second round: three activities.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=labels.state_choices, default="planned")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    access = models.CharField(max_length=8, choices=labels.access_choices, default="open")
    access_code = models.CharField(max_length=12, blank=True)
    results = models.CharField(max_length=12, choices=labels.results_choices, default="when_shown")
    results_shown_at = models.DateTimeField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(round__gte=1), name="activity_round_from_one"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="activity_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=~Q(access="code") | ~Q(access_code=""), name="activity_with_code_has_one"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.process.municipality.number


class Participant(models.Model):
    """A pseudonymous ticket: one a person and process. It knows no name, address or device."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="participants")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    alias = models.CharField(max_length=16, default=new_alias, unique=True)
    person_key = models.CharField(max_length=64, blank=True)
    sector = models.CharField(max_length=10, choices=sector_choices, blank=True)
    sector_asked_at = models.DateTimeField(null=True, blank=True)
    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="participants"
    )
    channel = models.CharField(max_length=5, choices=labels.channel_choices, default="web")
    assurance = models.CharField(max_length=8, choices=labels.access_choices, default="open")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "person_key"], condition=~Q(person_key=""), name="one_ticket_a_person_and_process"
            ),
        ]

    def __str__(self) -> str:
        return self.alias

    @property
    def acting_as(self) -> str:
        return f"ticket:{self.alias}"

    @property
    def municipality_number(self) -> str:
        return self.process.municipality.number
