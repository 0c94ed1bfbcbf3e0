"""Idea rounds, the ideas in them, and who stands behind each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samskap.apps.initiatives import labels
from samskap.apps.processes.labels import channel_choices
from samskap.web.localised import LocalisedModel

__all__ = ["Idea", "IdeaRound", "IdeaSupport", "IdeaWindow"]


class IdeaRound(LocalisedModel):
    """One question that people answer with ideas, and support each other's. Its windows are activities."""

    process = models.ForeignKey("processes.Process", on_delete=models.CASCADE, related_name="idea_rounds")
    title = models.CharField(max_length=160)
    intro = models.TextField(blank=True)
    moderation = models.CharField(max_length=6, choices=labels.moderation_choices, default="strict")
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.process.municipality.number


class IdeaWindow(models.Model):
    """The idea round that an activity opens."""

    activity = models.OneToOneField("processes.Activity", on_delete=models.CASCADE, related_name="idea_window")
    idea_round = models.ForeignKey(IdeaRound, on_delete=models.CASCADE, related_name="windows")

    class Meta:
        ordering = ["activity__order", "activity_id"]

    def __str__(self) -> str:
        return f"{self.activity} → {self.idea_round}"


class Idea(LocalisedModel):
    """What somebody proposes in an idea round. `opportunity` is what it became."""

    idea_round = models.ForeignKey(IdeaRound, on_delete=models.CASCADE, related_name="ideas")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    author = models.ForeignKey(
        "processes.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="ideas"
    )
    channel = models.CharField(max_length=5, choices=channel_choices, default="web")
    state = models.CharField(max_length=8, choices=labels.idea_state_choices, default="waiting")
    reason = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged_ideas"
    )
    opportunity = models.ForeignKey(
        "initiatives.Opportunity", on_delete=models.SET_NULL, null=True, blank=True, related_name="ideas"
    )
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["idea_round", "number"], name="idea_number_once_a_round"),
            models.CheckConstraint(condition=~Q(title=""), name="idea_has_title"),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason=""), name="rejected_idea_has_reason"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state="merged"), name="merged_idea_has_that_state"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.idea_round.process.municipality.number


class IdeaSupport(models.Model):
    """A participant stands behind an idea: once. Supporters of merged ideas are counted as people, not as rows."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="supports")
    participant = models.ForeignKey("processes.Participant", on_delete=models.CASCADE, related_name="idea_supports")
    channel = models.CharField(max_length=5, choices=channel_choices, default="web")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["idea", "participant"], name="support_once_an_idea")]

    def __str__(self) -> str:
        return f"{self.participant_id} → {self.idea_id}"
