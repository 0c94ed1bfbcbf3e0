"""A vote under a budget: the ballot and its projects, codes, the voters' ballots, paper typed twice, and the count."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samskap.apps.actors.labels import sector_choices
from samskap.apps.budgeting import labels
from samskap.apps.processes.labels import channel_choices
from samskap.web.localised import LocalisedModel

# No vowels and nothing that looks alike: a receipt can be read aloud and spells no word.
SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_receipt() -> str:
    """Ten signs: one of 2 · 10^14, so that nobody guesses another's. It is the voter's id in the published file."""
    return "".join(secrets.choice(SIGNS) for _ in range(10))


def new_seed() -> str:
    """The seed of the lottery that breaks ties and of the order on each screen, public before the first vote."""
    return secrets.token_hex(8)


class Ballot(LocalisedModel):
    """One vote under one budget. Its windows are activities; closing the ballot itself is final."""

    process = models.ForeignKey("processes.Process", on_delete=models.CASCADE, related_name="ballots")
    title = models.CharField(max_length=160)
    intro = models.TextField(blank=True)
    kind = models.CharField(max_length=9, choices=labels.kind_choices, default="approval")
    budget_nok = models.PositiveBigIntegerField()
    state = models.CharField(max_length=7, choices=labels.state_choices, default="draft")
    min_choices = models.PositiveSmallIntegerField(default=1)
    max_choices = models.PositiveSmallIntegerField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(default=10)
    points_a_project = models.PositiveSmallIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=30, choices=labels.rule_choices, default="equal_shares")
    satisfaction = models.CharField(max_length=12, choices=labels.satisfaction_choices, default="cost")
    completion = models.CharField(max_length=12, choices=labels.completion_choices, default="add1u")
    tie_break = models.CharField(max_length=16, choices=labels.tie_break_choices, default="lottery")
    seed = models.CharField(max_length=64, default=new_seed)
    minimum_support = models.PositiveIntegerField(default=0)
    eligible = models.PositiveIntegerField(null=True, blank=True)
    asks_sector = models.BooleanField(default=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(budget_nok__gt=0), name="ballot_budget_above_nothing"),
            models.CheckConstraint(
                condition=Q(max_choices__isnull=True) | Q(max_choices__gte=F("min_choices")),
                name="ballot_most_choices_not_below_least",
            ),
            models.CheckConstraint(condition=Q(points__gte=1), name="ballot_has_points"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.process.municipality.number


class BallotWindow(models.Model):
    """The ballot that an activity opens."""

    activity = models.OneToOneField("processes.Activity", on_delete=models.CASCADE, related_name="ballot_window")
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="windows")

    class Meta:
        ordering = ["activity__order", "activity_id"]

    def __str__(self) -> str:
        return f"{self.activity} → {self.ballot}"


class ExclusiveGroup(LocalisedModel):
    """Projects of which at most one can win."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="exclusive_groups")
    title = models.CharField(max_length=160)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class DistrictBudget(models.Model):
    """A part of the budget that belongs to one district or theme."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="district_budgets")
    district = models.CharField(max_length=80)
    budget_nok = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["district"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "district"], name="district_budget_once"),
            models.CheckConstraint(condition=Q(budget_nok__gt=0), name="district_budget_above_nothing"),
        ]

    def __str__(self) -> str:
        return self.district


class Project(LocalisedModel):
    """Something on the ballot. `cost_nok` is what this budget pays, `full_cost_nok` the whole price with partners."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="projects")
    key = models.CharField(max_length=40)
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.SET_NULL, null=True, blank=True, related_name="projects"
    )
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    cost_nok = models.PositiveBigIntegerField()
    full_cost_nok = models.PositiveBigIntegerField(null=True, blank=True)
    district = models.CharField(max_length=80, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    sector = models.CharField(max_length=10, choices=sector_choices, blank=True)
    exclusive_group = models.ForeignKey(
        ExclusiveGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="projects"
    )
    requires = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="required_by")
    fell_out_at = models.DateTimeField(null=True, blank=True)
    fell_out_reason = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "key"], name="project_key_once_a_ballot"),
            models.CheckConstraint(condition=Q(cost_nok__gt=0), name="project_costs_something"),
            models.CheckConstraint(
                condition=Q(full_cost_nok__isnull=True) | Q(full_cost_nok__gte=F("cost_nok")),
                name="project_full_cost_not_below_cost",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def partners_nok(self) -> int:
        """What others than this budget pay."""
        return (self.full_cost_nok or self.cost_nok) - self.cost_nok

    @property
    def municipality_number(self) -> str:
        return self.ballot.process.municipality.number


class CodeBatch(models.Model):
    """Letters printed together. A batch that is printed again loses its unused codes first."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="code_batches")
    title = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    printed_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class VotingCode(models.Model):
    """A code that is one vote, on whatever device it is typed. Only its keyed hash is kept, the letter has the code."""

    batch = models.ForeignKey(CodeBatch, on_delete=models.CASCADE, related_name="codes")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    participant = models.ForeignKey(
        "processes.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="voting_codes"
    )
    used_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["batch", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="code_number_once_a_batch")]

    def __str__(self) -> str:
        return f"{self.batch_id} · {self.number}"


class VoterBallot(models.Model):
    """One voter's ballot. It can be changed until the ballot is closed; then `participant` is cut away for good.

    `receipt` is its id in the published file. `sector` and `district` are copied so that they outlive the tie.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="voter_ballots")
    participant = models.ForeignKey(
        "processes.Participant", on_delete=models.CASCADE, null=True, blank=True, related_name="voter_ballots"
    )
    receipt = models.CharField(max_length=20, default=new_receipt)
    channel = models.CharField(max_length=5, choices=channel_choices)
    sector = models.CharField(max_length=10, choices=sector_choices, blank=True)
    district = models.CharField(max_length=80, blank=True)
    form_key = models.UUIDField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["receipt"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "receipt"], name="receipt_once_a_ballot"),
            models.UniqueConstraint(
                fields=["ballot", "participant"],
                condition=Q(participant__isnull=False),
                name="one_ballot_a_participant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} · {self.receipt}"


class Choice(models.Model):
    """One project on one voter's ballot: its place in the ranking from 1, or its points, where the kind has them."""

    voter_ballot = models.ForeignKey(VoterBallot, on_delete=models.CASCADE, related_name="choices")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="choices")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    points = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["voter_ballot", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["voter_ballot", "project"], name="project_chosen_once"),
            models.UniqueConstraint(
                fields=["voter_ballot", "rank"], condition=Q(rank__isnull=False), name="rank_given_once"
            ),
            models.CheckConstraint(condition=Q(rank__isnull=True) | Q(rank__gte=1), name="rank_from_one"),
            models.CheckConstraint(condition=Q(points__isnull=True) | Q(points__gte=1), name="points_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.voter_ballot_id} → {self.project_id}"


class PaperBallot(models.Model):
    """A ballot on paper or said at the desk, with a number on it. Two people type it; it counts when they agree.

    Where they differ somebody in charge settles it (`settled_by`); `settled_at` is set with the agreement too.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="paper_ballots")
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=5, choices=channel_choices, default="paper")
    voter_ballot = models.OneToOneField(
        VoterBallot, on_delete=models.SET_NULL, null=True, blank=True, related_name="paper"
    )
    spoilt_reason = models.CharField(max_length=10, choices=labels.spoilt_choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="settled_papers"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="paper_number_once_a_ballot"),
            models.CheckConstraint(condition=Q(channel__in=["paper", "desk"]), name="paper_ballot_on_paper_or_desk"),
            models.CheckConstraint(
                condition=Q(spoilt_reason="") | Q(voter_ballot__isnull=True), name="spoilt_paper_counts_nowhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} · {self.number}"

    @property
    def municipality_number(self) -> str:
        return self.ballot.process.municipality.number


class PaperEntry(models.Model):
    """What one person read on a paper ballot: `choices` is a list of [project key, rank or points or null]."""

    paper = models.ForeignKey(PaperBallot, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey("actors.Person", on_delete=models.SET_NULL, null=True, related_name="paper_entries")
    choices = models.JSONField()
    sector = models.CharField(max_length=10, choices=sector_choices, blank=True)
    district = models.CharField(max_length=80, blank=True)
    spoilt_reason = models.CharField(max_length=10, choices=labels.spoilt_choices, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "person"], name="paper_typed_once_a_person")]

    def __str__(self) -> str:
        return f"{self.paper_id} · {self.pk}"


class Seal(models.Model):
    """The published file of a closed ballot, byte for byte, and its hash. Nothing in it changes any more."""

    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, related_name="seal")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    voters = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.sha256


class Count(models.Model):
    """One count of a sealed ballot: how far it is, and the result document with its hash."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="counts")
    state = models.CharField(max_length=7, choices=labels.count_state_choices, default="ordered")
    done_share = models.FloatField(default=0)
    problem = models.TextField(blank=True)
    document = models.JSONField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    ordered_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(done_share__gte=0) & Q(done_share__lte=1), name="count_share_0_to_1"),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(sha256=""), name="done_count_has_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} · {self.state}"

    @property
    def municipality_number(self) -> str:
        return self.ballot.process.municipality.number
