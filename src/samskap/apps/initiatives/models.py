"""From an idea to a service in operation: idea rounds, opportunities, partners with commitments, initiatives."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from samskap.apps.initiatives import labels
from samskap.apps.processes.labels import channel_choices
from samskap.web.localised import LANGUAGES, LocalisedModel


def new_token() -> str:
    """A secret for a personal link."""
    return secrets.token_urlsafe(24)


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
    opportunity = models.ForeignKey(Opportunity, on_delete=models.SET_NULL, null=True, blank=True, related_name="ideas")
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


class Initiative(LocalisedModel):
    """What will be done: on the six questions of utredningsinstruksen, with an owner and a next date, to operation."""

    municipality = models.ForeignKey("actors.Municipality", on_delete=models.CASCADE, related_name="initiatives")
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    principles = models.TextField(blank=True)
    effects = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    zero_alternative = models.TextField(blank=True)
    challenges = models.ManyToManyField("challenges.Challenge", blank=True, related_name="initiatives")
    stage = models.CharField(max_length=12, choices=labels.stage_choices, default="idea")
    stopped_reason = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    owner = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    owner_organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_initiatives"
    )
    next_step = models.CharField(max_length=300)
    next_date = models.DateField()
    reminded_for = models.DateField(null=True, blank=True)
    escalated_for = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="initiative_has_title"),
            models.CheckConstraint(condition=~Q(next_step=""), name="initiative_has_next_step"),
            models.CheckConstraint(
                condition=~Q(stage="stopped") | (~Q(stopped_reason="") & ~Q(learned="")),
                name="stopped_initiative_says_why",
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


class CostLine(LocalisedModel):
    """What an initiative costs somebody in a year, in whole kroner. No payer named: the municipality."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="cost_lines")
    year = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    amount_nok = models.PositiveBigIntegerField()
    payer = models.ForeignKey(
        "actors.Organisation", on_delete=models.RESTRICT, null=True, blank=True, related_name="cost_lines"
    )

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="cost_line_above_nothing"),
            models.CheckConstraint(condition=Q(year__gte=2000) & Q(year__lte=2100), name="cost_line_year_known"),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.text}"

    @property
    def municipality_number(self) -> str:
        return self.initiative.municipality.number


class Risk(LocalisedModel):
    """What can go wrong: likelihood and consequence from 1 (low) to 3 (high), and what is done about it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="risks")
    text = models.CharField(max_length=300)
    likelihood = models.PositiveSmallIntegerField(choices=labels.level_choices, default=2)
    consequence = models.PositiveSmallIntegerField(choices=labels.level_choices, default=2)
    response = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__in=[1, 2, 3]) & Q(consequence__in=[1, 2, 3]), name="risk_levels_1_to_3"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Affected(LocalisedModel):
    """A group of people whom an initiative touches, and how."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="affected")
    who = models.CharField(max_length=160)
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.who


class Milestone(LocalisedModel):
    """Something that is to be reached by a date."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="milestones")
    text = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class Gate(LocalisedModel):
    """A decision between two stages: go on, wait, go back or stop, by whom, and why. It is never changed.

    `missing` are the keys of what the stage expects and was not in place when it was decided.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="gates")
    from_stage = models.CharField(max_length=12, choices=labels.stage_choices)
    to_stage = models.CharField(max_length=12, choices=labels.stage_choices)
    reason = models.TextField()
    decided_by = models.CharField(max_length=160)
    decided_on = models.DateField()
    missing = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="gates"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="gate_has_reason")]

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.from_stage} → {self.to_stage}"


class Partner(models.Model):
    """Somebody who joins an opportunity or an initiative: an organisation, or a resident by name and address.

    A resident's name and address are seen by those who run it, and erased when the resident leaves.
    """

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, null=True, blank=True, related_name="partners"
    )
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, null=True, blank=True, related_name="partners")
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
        ]

    def __str__(self) -> str:
        return f"partner {self.pk}"

    @property
    def municipality_number(self) -> str:
        subject = self.opportunity or self.initiative
        assert subject is not None
        return subject.municipality.number


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


class Follower(models.Model):
    """An address that is told when something moves. Nothing leads from here to the ticket that votes.

    It follows one opportunity, one initiative, or everything of a process. Without `confirmed_at` it is told nothing
    but the link to confirm with; with `off_at` nothing at all, and the address is erased.
    """

    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )
    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )
    process = models.ForeignKey(
        "processes.Process", on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), F("opportunity"), condition=~Q(email="") & Q(opportunity__isnull=False),
                name="address_follows_an_opportunity_once",
            ),
            models.UniqueConstraint(
                Lower("email"), F("initiative"), condition=~Q(email="") & Q(initiative__isnull=False),
                name="address_follows_an_initiative_once",
            ),
            models.UniqueConstraint(
                Lower("email"), F("process"), condition=~Q(email="") & Q(process__isnull=False),
                name="address_follows_a_process_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"follower {self.pk}"


class News(models.Model):
    """Something that moved and is told: a key of `labels.NEWS` with its gaps. It is told once to each follower."""

    kind = models.CharField(max_length=40)
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, null=True, blank=True, related_name="news")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, null=True, blank=True, related_name="news")
    process = models.ForeignKey(
        "processes.Process", on_delete=models.CASCADE, null=True, blank=True, related_name="news"
    )
    data = models.JSONField(default=dict, blank=True)
    path = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Told(models.Model):
    """That one address has been told one piece of news: the row that keeps a mail from going out twice."""

    address = models.CharField(max_length=64)
    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="told")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["address", "news"], name="news_told_once_an_address")]

    def __str__(self) -> str:
        return f"{self.news_id}"
