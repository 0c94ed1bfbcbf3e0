"""Scenarios: what somebody assumed, and what came of it, kept as it was."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Scenario(models.Model):
    """One outlook that was saved: the levers, and the result with the hash of what it was computed from.

    `levers` and `replaced` are what the engine was given, `address` is what the form was: units of the form, as text.
    """

    municipality = models.ForeignKey("actors.Municipality", on_delete=models.CASCADE, related_name="scenarios")
    place = models.CharField(max_length=6)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    levers = models.JSONField(default=dict)
    replaced = models.JSONField(default=dict)
    address = models.JSONField(default=dict)
    draws = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    input_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    standing = models.CharField(max_length=12)
    result = models.JSONField()
    in_report = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_name"),
            models.UniqueConstraint(fields=["municipality", "name"], name="scenario_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def municipality_number(self) -> str:
        return self.municipality.number
