"""Conversations, statements, votes, and the stored opinion maps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samskap.apps.processes.labels import channel_choices
from samskap.apps.statements import labels
from samskap.web.localised import LocalisedModel


class Conversation(LocalisedModel):
    """One question and the statements people answer it with. Its windows are activities of the process."""

    process = models.ForeignKey("processes.Process", on_delete=models.CASCADE, related_name="conversations")
    title = models.CharField(max_length=160)
    intro = models.TextField(blank=True)
    moderation = models.CharField(max_length=6, choices=labels.moderation_choices, default="strict")
    statement_limit = models.PositiveSmallIntegerField(default=180)
    order = models.PositiveSmallIntegerField(default=0)
    map_ordered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(statement_limit__gte=40) & Q(statement_limit__lte=1000), name="statement_limit_40_to_1000"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.process.municipality.number


class ConversationWindow(models.Model):
    """The conversation that an activity opens."""

    activity = models.OneToOneField("processes.Activity", on_delete=models.CASCADE, related_name="conversation_window")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="windows")

    class Meta:
        ordering = ["activity__order", "activity_id"]

    def __str__(self) -> str:
        return f"{self.activity} → {self.conversation}"


class Statement(LocalisedModel):
    """One sentence that people can agree or disagree with."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    text = models.TextField()
    author = models.ForeignKey(
        "processes.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    is_seed = models.BooleanField(default=False)
    is_background = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=labels.state_choices, default="waiting")
    reason = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged_statements"
    )
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="statement_number_once_a_conversation"),
            models.CheckConstraint(condition=~Q(text=""), name="statement_has_text"),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""), name="rejected_statement_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state="merged"), name="merged_statement_has_that_state"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def municipality_number(self) -> str:
        return self.conversation.process.municipality.number


class Vote(models.Model):
    """One answer: one a participant, statement and round. The last one replaces; counts are sums of these rows."""

    participant = models.ForeignKey("processes.Participant", on_delete=models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    round = models.PositiveSmallIntegerField(default=1)
    choice = models.SmallIntegerField(choices=labels.vote_choices)
    matters = models.BooleanField(default=False)
    activity = models.ForeignKey(
        "processes.Activity", on_delete=models.SET_NULL, null=True, blank=True, related_name="votes"
    )
    channel = models.CharField(max_length=5, choices=channel_choices)
    key = models.UUIDField(null=True, blank=True)
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement", "round"], name="one_vote_a_participant_statement_and_round"
            ),
            models.CheckConstraint(condition=Q(choice__in=[-1, 0, 1]), name="vote_is_agree_pass_or_disagree"),
            models.CheckConstraint(condition=Q(round__gte=1), name="vote_round_from_one"),
        ]
        indexes = [models.Index(fields=["statement", "round"], name="votes_by_statement_round")]

    def __str__(self) -> str:
        return f"{self.participant_id} → {self.statement_id}: {self.choice}"


class OpinionMap(models.Model):
    """A stored result of the opinion map engine, with what is needed to compute it again."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="maps")
    round = models.PositiveSmallIntegerField(default=1)
    engine_version = models.CharField(max_length=20)
    seed = models.PositiveBigIntegerField()
    input_hash = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    document = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["conversation", "round", "-made_at"], name="latest_map_first")]

    def __str__(self) -> str:
        return f"{self.conversation} · {self.round} · {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def municipality_number(self) -> str:
        return self.conversation.process.municipality.number


class GroupName(LocalisedModel):
    """What those who run a conversation call a group of one round's map: the map finds groups, people name them.

    A name that was taken away, or whose group is gone from the map, has a `dropped_at`: it is kept and not shown.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="group_names")
    round = models.PositiveSmallIntegerField(default=1)
    key = models.CharField(max_length=2)
    name = models.CharField(max_length=40)
    description = models.CharField(max_length=200, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "key"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "round", "key"], name="group_named_once_a_round"),
            models.CheckConstraint(condition=~Q(name=""), name="group_name_has_letters"),
        ]

    def __str__(self) -> str:
        return f"{self.key} · {self.name}"

    @property
    def municipality_number(self) -> str:
        return self.conversation.process.municipality.number
