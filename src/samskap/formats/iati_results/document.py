"""What a file of IATI results holds, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

__all__ = [
    "NAMESPACE",
    "VERSION",
    "Activity",
    "Baseline",
    "Body",
    "Document",
    "Own",
    "Period",
    "Result",
    "Texts",
    "in_language",
]

VERSION = "2.03"
NAMESPACE = "urn:samskap:results:1"

# The same words in languages (two letters); "" where a file does not say which.
Texts = tuple[tuple[str, str], ...]


def in_language(texts: Texts, *wanted: str) -> str:
    """The words in the first of these languages that is there, else the first words, else ""."""
    by_code = dict(reversed(texts))
    found = next((by_code[code] for code in wanted if code in by_code), "")
    return found or next((words for _code, words in texts), "")


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was so before. `on` is the day, where more than the year is known."""

    year: int
    value: Decimal
    on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """From a first to a last day: what was to be reached by then, what was measured, its source, the cause of a gap."""

    start: date
    end: date
    target: Decimal | None = None
    actual: Decimal | None = None
    source: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What only our own files say of a result. `kind`, `certainty` and `gainer_sector` are keys."""

    kind: str
    certainty: str
    gainer_sector: str
    effects_from: date
    owner_organisation: str
    gainer: Texts
    owner_role: Texts
    unit: Texts
    is_harm: bool = False
    is_planned: bool = True
    allows_negative: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it says in words who gains, who answers, and the unit."""
        return bool(self.gainer and self.owner_role and self.unit)


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that is measured: a result with one indicator.

    `type`: 1 output, 2 outcome, 3 impact, 9 other. `measure`: 1 a number of units, 2 per cent. `indicator` says what is
    counted. `is_ascending`: a higher number is better. Periods stand in the order of their last days.
    """

    type: str
    title: Texts
    indicator: Texts
    measure: str = "1"
    is_ascending: bool = True
    text: Texts = ()
    baseline: Baseline | None = None
    periods: tuple[Period, ...] = ()
    own: Own | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: its name, its reference (register and number), and its type in the code list of IATI."""

    name: str
    ref: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """An initiative with its results.

    `status`: 1 being prepared, 2 under way, 4 ended, 5 cancelled. `starts_on` is planned where `has_started` is not so.
    """

    identifier: str
    language: str
    title: Texts
    text: Texts
    reporter: Body
    implementer: Body
    status: str
    starts_on: date
    has_started: bool
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Activities, when they were written down, and whether they are made up for a demonstration."""

    activities: tuple[Activity, ...]
    made_at: datetime
    is_illustrative: bool = False
