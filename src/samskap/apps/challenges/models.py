"""Challenges and the questions to discuss about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

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
