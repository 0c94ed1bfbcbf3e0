"""SSB's classifications (Klass): the codes on a day, and what codes became from one day to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from samskap.sources.client import Client
from samskap.sources.errors import SourceError
from samskap.sources.jsonstat import Json
from samskap.sources.pxweb import LICENCE

__all__ = ["KOSTRA_GROUPS", "MUNICIPALITIES", "CodeChange", "changes", "codes_at", "successors"]

BASE: Final = "https://data.ssb.no/api/klass/v1/classifications"
MUNICIPALITIES: Final = 131
KOSTRA_GROUPS: Final = 112


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One code that became another on a day; a merger and a split are several of them."""

    old: str
    new: str
    day: date


def codes_at(classification: int, day: date, *, client: Client, now: datetime) -> dict[str, str]:
    """Name by code on a day."""
    path = f"{classification}/codesAt?date={day:%Y-%m-%d}"
    entries = _listed(path, "codes", classification, client=client, now=now)
    return {str(entry["code"]): str(entry["name"]) for entry in entries}


def changes(classification: int, first: date, last: date, *, client: Client, now: datetime) -> tuple[CodeChange, ...]:
    """What changed from `first` until before `last`, oldest first; a new name alone is no change."""
    path = f"{classification}/changes?from={first:%Y-%m-%d}&to={last:%Y-%m-%d}"
    made = {
        CodeChange(str(entry["oldCode"]), str(entry["newCode"]), date.fromisoformat(str(entry["changeOccurred"])[:10]))
        for entry in _listed(path, "codeChanges", classification, client=client, now=now)
        if entry.get("oldCode") and entry.get("newCode")
    }
    # A code that gives off a part and stays is listed as itself too.
    moved = {(change.old, change.day) for change in made if change.old != change.new}
    real = [change for change in made if (change.old, change.day) in moved]
    return tuple(sorted(real, key=lambda change: (change.day, change.old, change.new)))


def successors(made: Iterable[CodeChange]) -> dict[str, tuple[str, ...]]:
    """What each old code is after all changes: several codes where it was divided, which nobody can choose for us."""
    became: dict[str, set[str]] = {}
    for _day, changed in groupby(sorted(made, key=lambda change: change.day), key=lambda change: change.day):
        step: dict[str, set[str]] = defaultdict(set)
        for change in changed:
            step[change.old].add(change.new)
        became = {old: set().union(*(step.get(code, {code}) for code in codes)) for old, codes in became.items()}
        became |= {old: new for old, new in step.items() if old not in became}
    return {old: tuple(sorted(codes)) for old, codes in became.items()}


def _listed(path: str, key: str, classification: int, *, client: Client, now: datetime) -> Iterable[Mapping[str, Json]]:
    subject = f"SSB Klass {classification}"
    found = client.json(f"{BASE}/{path}", subject=subject, licence=LICENCE, now=now).data.get(key)
    if not isinstance(found, list):
        raise SourceError(
            f"The answer of {subject} has no list {key!r}.",
            code="source_changed",
            cure="Update Samskap; if that does not help, tell us.",
        )
    return found
