"""The trail: one chain of entries a municipality, each carrying the hash of the one before."""

from __future__ import annotations

from typing import Any, Never

from django.db import models


class EntryQuerySet(models.QuerySet["Entry"]):
    """Append-only: rows cannot be changed or deleted through it."""

    def update(self, **kwargs: Any) -> Never:
        raise TypeError("Entries of the trail are never changed.")

    def delete(self) -> Never:
        raise TypeError("Entries of the trail are never deleted.")


class Entry(models.Model):
    """Something that happened: who did what, when, on what."""

    chain = models.CharField(max_length=4)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    is_public = models.BooleanField(default=False)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="entry_number_once_a_chain")]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="entry_by_subject")]

    def __str__(self) -> str:
        return f"{self.chain}/{self.number} {self.verb}"

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Entries of the trail are never changed.")
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("Entries of the trail are never deleted.")
