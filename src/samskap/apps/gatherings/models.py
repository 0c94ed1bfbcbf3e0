"""Gatherings: the programme, the invitations, who came."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samskap.apps.actors.labels import sector_choices
from samskap.apps.gatherings import labels
from samskap.web.localised import LocalisedModel

# No vowels and nothing that looks alike: a code can be read aloud and spells no word.
CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_code() -> str:
    """Six signs that a person types from the hall screen."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(6))


def new_token() -> str:
    """A secret for a personal link."""
    return secrets.token_urlsafe(24)


class Gathering(LocalisedModel):
    """A day or an evening when people meet, and what the host shows at this moment."""

    process = models.ForeignKey("processes.Process", on_delete=models.CASCADE, related_name="gatherings")
    code = models.CharField(max_length=8, unique=True, default=new_code)
    title = models.CharField(max_length=160)
    intro = models.TextField(blank=True)
    place = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=labels.state_choices, default="planned")
    eligible = models.PositiveIntegerField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    current_slot = models.ForeignKey("Slot", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    hall_view = models.CharField(max_length=8, choices=labels.hall_view_choices, default="join")
    hall_figure = models.ForeignKey(
        "challenges.ChallengeFigure", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    notice = models.CharField(max_length=200, blank=True)
    notice_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.process.municipality.number

    @property
    def spaced_code(self) -> str:
        """The code in two halves, easier to read from afar and to type; the space need not be typed."""
        half = len(self.code) // 2
        return f"{self.code[:half]} {self.code[half:]}"


class Slot(LocalisedModel):
    """One point of the programme; a conversation slot opens an activity."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(max_length=12, choices=labels.kind_choices, default="talk")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=20)
    activity = models.ForeignKey(
        "processes.Activity", on_delete=models.SET_NULL, null=True, blank=True, related_name="slots"
    )

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1), name="slot_has_minutes")]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Speaker(LocalisedModel):
    """Who speaks in a slot, by role or name, and for which organisation."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="speakers"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class DayQuestion(LocalisedModel):
    """One of the questions that frame the day."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class Invitation(models.Model):
    """A personal invitation. The address is erased when the gathering ends.

    `sent_at` is when it was sent or, for a link on paper, made: only then does it count as an invitation.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    sector = models.CharField(max_length=10, choices=sector_choices, blank=True)
    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "email"], condition=~Q(email=""), name="one_invitation_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gathering} · {self.pk}"


class Registration(models.Model):
    """Someone who signed up. Name, address and needs are erased when the gathering ends; sector and state remain.

    Nothing leads from here to the ticket that votes: `has_come` is ticked at the door and says no more.
    `form_key` is the key of the form that was sent, so that sending it twice signs up once.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="registrations")
    invitation = models.OneToOneField(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="registration"
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    needs = models.CharField(max_length=300, blank=True)
    sector = models.CharField(max_length=10, choices=sector_choices, blank=True)
    state = models.CharField(max_length=10, choices=labels.registration_state_choices, default="registered")
    has_come = models.BooleanField(default=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "email"],
                condition=~Q(email="") & ~Q(state="cancelled"),
                name="one_registration_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gathering} · {self.pk} · {self.state}"


class Attendance(models.Model):
    """A participant who came: joined with the code, or was checked in at the desk and got a numbered paper form."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="attendances")
    participant = models.ForeignKey("processes.Participant", on_delete=models.CASCADE, related_name="attendances")
    at = models.DateTimeField(default=timezone.now)
    form_number = models.PositiveSmallIntegerField(null=True, blank=True)
    form_typed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "participant"], name="present_once_a_gathering"),
            models.UniqueConstraint(fields=["gathering", "form_number"], name="form_number_once_a_gathering"),
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id} · {self.participant_id}"
