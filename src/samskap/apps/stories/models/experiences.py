"""What came from another municipality."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

__all__ = ["Experience"]


class Experience(models.Model):
    """An experience package from elsewhere: what it says, where it came from and when; `made` began from it.

    `content` holds the origin and the parts of the package, checked. `fingerprint` is that of the content, by which the
    same one is recognised; `key` is the initiative at its origin, of which a newer package takes the older one's place.
    `made_from` is when the package was exported from which `made` began.
    """

    municipality = models.ForeignKey("actors.Municipality", on_delete=models.CASCADE, related_name="experiences")
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    title = models.CharField(max_length=160)
    origin_number = models.CharField(max_length=4)
    origin_name = models.CharField(max_length=120)
    exported_at = models.DateTimeField()
    content = models.JSONField(default=dict)
    made = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.SET_NULL, null=True, blank=True, related_name="experiences"
    )
    made_from = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="experiences"
    )
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="experience_once_a_municipality"),
            models.CheckConstraint(condition=~Q(title=""), name="experience_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.municipality.number

    @property
    def language(self) -> str:
        """The language that its title is in."""
        return str(self.content["parts"]["initiative"]["language"])
