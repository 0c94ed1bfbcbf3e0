"""Reading the trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from samskap.apps.trail.models import Entry, EntryQuerySet
from samskap.apps.trail.rules import FIRST_HASH, Sealed

__all__ = ["ChainCheck", "checked_chains", "public_history"]


@dataclass(frozen=True)
class ChainCheck:
    """Whether one chain is whole; `broken_at` is the number of the first entry that does not fit."""

    chain: str
    entries: int
    broken_at: int | None


def public_history(subject: models.Model) -> EntryQuerySet:
    """The public entries about one thing, oldest first."""
    return Entry.objects.filter(
        subject_kind=subject._meta.label_lower, subject_id=str(subject.pk), is_public=True
    ).order_by("number")


def checked_chains() -> Iterator[ChainCheck]:
    """Recompute every chain from its first entry, row by row and in little memory."""
    for chain in Entry.objects.order_by("chain").values_list("chain", flat=True).distinct():
        yield _checked(chain)


def _checked(chain: str) -> ChainCheck:
    previous, expected, broken = FIRST_HASH, 0, None
    for entry in Entry.objects.filter(chain=chain).order_by("number").iterator(chunk_size=2000):
        expected += 1
        fits = entry.number == expected and entry.previous_hash == previous and _content(entry).seal() == entry.hash
        if not fits and broken is None:
            broken = expected
        previous = entry.hash
    return ChainCheck(chain, expected, broken)


def _content(entry: Entry) -> Sealed:
    return Sealed(**{name: getattr(entry, name) for name in Sealed.__dataclass_fields__})
