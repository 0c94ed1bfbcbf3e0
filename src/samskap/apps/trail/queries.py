"""Reading the trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, Q

from samskap.apps.trail.labels import ACTORS, OTHER, SENTENCES
from samskap.apps.trail.models import Entry, EntryQuerySet
from samskap.apps.trail.rules import FIRST_HASH, Sealed, who_acted

__all__ = ["ChainCheck", "Line", "Story", "chain_lengths", "checked_chain", "checked_chains", "public_history", "told"]


@dataclass(frozen=True)
class ChainCheck:
    """Whether one chain is whole; `broken_at` is the number of the first entry that does not fit."""

    chain: str
    entries: int
    broken_at: int | None


@dataclass(frozen=True)
class Story:
    """A thing whose history can be read: its name and page, and the rows whose entries belong to it."""

    title: str
    lang: str
    url: str
    subjects: tuple[models.Model, ...]

    @property
    def municipality_number(self) -> str:
        return str(self.subjects[0].municipality_number)  # type: ignore[attr-defined]

    @property
    def names(self) -> dict[tuple[str, str], str]:
        """What each row is called, by kind and id."""
        return {
            (one._meta.label_lower, str(one.pk)): one.said.title
            if hasattr(one, "said") and hasattr(one, "title")
            else str(one)
            for one in self.subjects
        }


@dataclass(frozen=True)
class Line:
    """One public entry in words. `fits`: its content gives its seal, and the entry before it the seal it names."""

    at: datetime
    sentence: str
    number: int
    seal: str
    fits: bool


def public_history(*subjects: models.Model) -> EntryQuerySet:
    """The public entries about these things, oldest first."""
    about = Q(pk__in=[])
    ids = defaultdict(list)
    for subject in subjects:
        ids[subject._meta.label_lower].append(str(subject.pk))
    for kind, keys in ids.items():
        about |= Q(subject_kind=kind, subject_id__in=keys)
    return Entry.objects.filter(about, is_public=True).order_by("chain", "number")


def told(story: Story, entries: Sequence[Entry]) -> list[Line]:
    """These entries in the reader's language, each checked against its seal and the entry before it."""
    before = _seals_before(entries)
    return [
        Line(
            at=entry.at,
            sentence=_sentence(entry, story.names),
            number=entry.number,
            seal=entry.hash,
            fits=_content(entry).seal() == entry.hash
            and before.get((entry.chain, entry.number - 1), FIRST_HASH) == entry.previous_hash,
        )
        for entry in entries
    ]


def _sentence(entry: Entry, names: dict[tuple[str, str], str]) -> str:
    gaps: defaultdict[str, object] = defaultdict(lambda: "–", entry.data)
    gaps["who"] = ACTORS[who_acted(entry.actor)]
    gaps["what"] = names.get((entry.subject_kind, entry.subject_id), "–")
    gaps["verb"] = entry.verb
    return str(SENTENCES.get(entry.verb, OTHER)) % gaps


def _seals_before(entries: Sequence[Entry]) -> dict[tuple[str, int], str]:
    chains = {entry.chain for entry in entries}
    numbers = {entry.number - 1 for entry in entries}
    found = Entry.objects.filter(chain__in=chains, number__in=numbers)
    return {(chain, number): seal for chain, number, seal in found.values_list("chain", "number", "hash")}


def chain_lengths() -> dict[str, int]:
    """How many entries each chain has, by its name."""
    counted = Entry.objects.order_by("chain").values("chain").annotate(entries=Count("pk"))
    return {row["chain"]: row["entries"] for row in counted}


def checked_chains() -> Iterator[ChainCheck]:
    """Recompute every chain from its first entry."""
    for chain in chain_lengths():
        yield checked_chain(chain)


def checked_chain(chain: str) -> ChainCheck:
    """Recompute one chain from its first entry, row by row and in little memory."""
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
