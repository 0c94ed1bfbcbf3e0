"""SSB's classifications (Klass): the codes on a day, and what codes became from one day to another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.sources.client import Client
from samskap.sources.errors import SourceError
from samskap.sources.jsonstat import Json
from samskap.sources.pxweb import LICENCE
from samskap.sources.values import Fetched, Figure

__all__ = ["KOSTRA_GROUPS", "MUNICIPALITIES", "CodeChange", "changes", "codes_at", "kostra_groups", "successors"]

BASE: Final = "https://data.ssb.no/api/klass/v1/classifications"
MUNICIPALITIES: Final = 131
KOSTRA_GROUPS: Final = 112
GROUP: Final = re.compile(r"(?:E?KG)?0?(\d{1,2})")
MOST_GROUPS: Final = 17


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


def kostra_groups(year: int, *, client: Client, now: datetime) -> Fetched:
    """The KOSTRA group of each municipality, 1 to 17, as figures of `kostra_group`.

    Of `year` or, where that has no list yet, of the year before. The correspondence of classification 131 with 112 is
    what SSB's own programs for KOSTRA read; the form of the group's code was not seen, so `EKG05`, `KG05` and `5` are
    taken.
    """
    try:
        return _groups_of(year, client=client, now=now)
    except SourceError as error:
        if error.code != "source_gone":
            raise
    return _groups_of(year - 1, client=client, now=now)


def _groups_of(year: int, *, client: Client, now: datetime) -> Fetched:
    path = f"{MUNICIPALITIES}/correspondsAt?targetClassificationId={KOSTRA_GROUPS}&date={year}-01-01"
    entries = _listed(path, "correspondenceItems", KOSTRA_GROUPS, client=client, now=now)
    found = {str(entry["sourceCode"]): GROUP.fullmatch(str(entry["targetCode"])) for entry in entries}
    groups = {place: int(group[1]) for place, group in found.items() if group and 1 <= int(group[1]) <= MOST_GROUPS}
    if not groups:
        raise _changed(f"SSB Klass {KOSTRA_GROUPS}", "has no group that we can read")
    figures = (Figure("kostra_group", place, str(year), float(group)) for place, group in sorted(groups.items()))
    return Fetched(
        publisher="SSB",
        table=f"Klass {KOSTRA_GROUPS}",
        title="KOSTRA-grupper",
        url=f"{BASE}/{path}",
        licence=LICENCE,
        fetched_at=now,
        updated_at=None,
        figures=tuple(figure for figure in figures if figure.place in MUNICIPALITY_NAMES),
    )


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
        raise _changed(subject, f"has no list {key!r}")
    return found


def _changed(subject: str, what: str) -> SourceError:
    cure = "Update Samskap; if that does not help, tell us."
    return SourceError(f"The answer of {subject} {what}.", code="source_changed", cure=cure)
