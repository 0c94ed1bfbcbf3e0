"""Stories, and the consents they live by."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samskap.apps.stories import labels
from samskap.web.localised import LANGUAGES

__all__ = ["Consent", "Story", "StoryChange"]


def new_token() -> str:
    """A secret for the teller's private link."""
    return secrets.token_urlsafe(24)


class Story(models.Model):
    """What somebody tells: in words, with a picture or as sound; by the teller, or written down for the teller.

    `shown_name` is what readers see and may be empty. `email` is for the private link and for the question before a
    consent ends; it is seen by nobody. `consent_note` says how somebody who did not write it themselves said yes.
    `picture` and `sound` name files in the data folder. `token` opens the teller's own page, `guardian_token` that of a
    guardian; `guardian_recorded_by` is who wrote down a guardian's yes on paper. `site` is the public address of this
    server as the teller met it, for the links in mails. When a story is withdrawn everything in it is erased, and the
    empty row keeps only that something was withdrawn, and when.
    """

    municipality = models.ForeignKey("actors.Municipality", on_delete=models.CASCADE, related_name="stories")
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    benefit = models.ForeignKey(
        "benefits.Benefit", on_delete=models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    shown_name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    site = models.CharField(max_length=200, blank=True)
    told_by = models.CharField(max_length=9, choices=labels.told_by_choices, default="self")
    written_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="stories_written"
    )
    consent_note = models.CharField(max_length=300, blank=True)
    is_under_age = models.BooleanField(default=False)
    guardian_token = models.CharField(max_length=40, unique=True, default=new_token)
    guardian_name = models.CharField(max_length=120, blank=True)
    guardian_at = models.DateTimeField(null=True, blank=True)
    guardian_recorded_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture = models.CharField(max_length=80, blank=True)
    picture_text = models.CharField(max_length=500, blank=True)
    sound = models.CharField(max_length=80, blank=True)
    transcript = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=labels.story_state_choices, default="waiting")
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="stories_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(condition=Q(picture="") | ~Q(picture_text=""), name="story_picture_is_described"),
            models.CheckConstraint(condition=Q(sound="") | ~Q(transcript=""), name="story_sound_has_transcript"),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason=""), name="rejected_story_has_reason"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | Q(
                    title="", text="", shown_name="", email="", picture="", picture_text="", sound="", transcript="",
                    guardian_name="", consent_note="", reason="", written_by=None, guardian_recorded_by=None,
                    is_under_age=False, withdrawn_at__isnull=False,
                ),
                name="withdrawn_story_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn") | Q(told_by="self") | ~Q(consent_note=""),
                name="story_on_behalf_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(is_under_age=False) | Q(guardian_at__isnull=False),
                name="under_age_story_has_guardian",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"story {self.pk}"

    @property
    def municipality_number(self) -> str:
        return self.municipality.number


class StoryChange(models.Model):
    """A change that somebody else proposes: it holds nothing until the teller says yes by the private link."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="change")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    transcript = models.TextField(blank=True)
    picture_text = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey("actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"change of story {self.story_id}"


class Consent(models.Model):
    """A yes to one purpose in one channel, until a day. Withdrawn or past its day it allows nothing."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=8, choices=labels.purpose_choices)
    channel = models.CharField(max_length=10, choices=labels.channel_choices)
    given_at = models.DateTimeField(default=timezone.now)
    until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "purpose", "channel"], name="consent_once_a_purpose_and_channel")
        ]

    def __str__(self) -> str:
        return f"{self.story_id}: {self.purpose}, {self.channel}"
