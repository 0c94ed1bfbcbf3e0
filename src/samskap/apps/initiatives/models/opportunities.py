"""What could be done together: gathered from ideas, open for partners."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samskap.apps.initiatives import labels
from samskap.web.localised import LocalisedModel

__all__ = ["Opportunity"]


class Opportunity(LocalisedModel):
    """Something that could be done together: gathered from ideas, open for support and partners."""

    municipality = models.ForeignKey("actors.Municipality", on_delete=models.CASCADE, related_name="opportunities")
    process = models.ForeignKey(
        "processes.Process", on_delete=models.SET_NULL, null=True, blank=True, related_name="opportunities"
    )
    title = models.CharField(max_length=160)
    text = models.TextField()
    challenges = models.ManyToManyField("challenges.Challenge", blank=True, related_name="opportunities")
    state = models.CharField(max_length=10, choices=labels.opportunity_state_choices, default="open")
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="opportunities"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="opportunity_has_title"),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(reason=""), name="opportunity_set_aside_has_reason"
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
