"""Who is told when something moves, what moved, and who has been told."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from samskap.apps.initiatives.models.tokens import new_token
from samskap.web.localised import LANGUAGES

__all__ = ["Follower", "News", "Told"]


class Follower(models.Model):
    """An address that is told when something moves. Nothing leads from here to the ticket that votes.

    It follows one opportunity, one initiative, or everything of a process. Without `confirmed_at` it is told nothing
    but the link to confirm with; with `off_at` nothing at all, and the address is erased. Somebody with an account
    follows as `person`, whose own address is used, so that what was switched off is known and stays off. `site` is
    the public address of this server as the follower met it, for the links in mails.
    """

    email = models.EmailField(blank=True)
    person = models.ForeignKey(
        "actors.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="following"
    )
    site = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    opportunity = models.ForeignKey(
        "initiatives.Opportunity", on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
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
            models.UniqueConstraint(
                fields=["person", "opportunity"], condition=Q(person__isnull=False, opportunity__isnull=False),
                name="person_follows_an_opportunity_once",
            ),
            models.UniqueConstraint(
                fields=["person", "initiative"], condition=Q(person__isnull=False, initiative__isnull=False),
                name="person_follows_an_initiative_once",
            ),
            models.UniqueConstraint(
                fields=["person", "process"], condition=Q(person__isnull=False, process__isnull=False),
                name="person_follows_a_process_once",
            ),
            models.CheckConstraint(condition=Q(off_at__isnull=True) | Q(email=""), name="address_erased_when_off"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"follower {self.pk}"


class News(models.Model):
    """Something that moved and is told: a key of `labels.NEWS` with its gaps. It is told once to each follower.

    `digest_at` is when the digest goes out that this news is for; the first news of a digest orders it.
    """

    kind = models.CharField(max_length=40)
    opportunity = models.ForeignKey(
        "initiatives.Opportunity", on_delete=models.CASCADE, null=True, blank=True, related_name="news"
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.CASCADE, null=True, blank=True, related_name="news"
    )
    process = models.ForeignKey(
        "processes.Process", on_delete=models.CASCADE, null=True, blank=True, related_name="news"
    )
    data = models.JSONField(default=dict, blank=True)
    path = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    digest_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Told(models.Model):
    """That one address has been told one piece of news: the row that keeps a mail from going out twice.

    `address` is a keyed hash, so that the row tells nobody's address.
    """

    address = models.CharField(max_length=64)
    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="told")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["address", "news"], name="news_told_once_an_address")]

    def __str__(self) -> str:
        return f"{self.news_id}"
