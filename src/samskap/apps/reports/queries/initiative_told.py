"""The read model of an initiative's report: plain values in the reader's language, for the page and for paper alike."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AppraisalPart",
    "BenefitPart",
    "ChainPart",
    "ChallengePart",
    "DayHeld",
    "DecisionPart",
    "FigurePart",
    "InitiativeReport",
    "PartnerPart",
    "Source",
    "StoryPart",
    "TablePart",
    "VotePart",
    "Words",
]


@dataclass(frozen=True, slots=True)
class Words:
    """A text that people wrote, and the language it is in. Paragraphs are told apart by an empty line."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table: the first cell of a row is its heading, `total` is the last row or empty.

    `words` are the columns, from 0, that hold words and no numbers.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    words: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something comes from, and its address where it has one."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class FigurePart:
    """A chart with its sentence, its table and its sources. `drawing` is HTML of ours, empty where there is none."""

    title: str
    sentence: str
    drawing: str
    table: TablePart
    sources: tuple[Source, ...]
    standing: str


@dataclass(frozen=True, slots=True)
class ChallengePart:
    """What the municipality faces, and the figures that tell of it."""

    title: Words
    text: Words
    url: str
    figures: tuple[FigurePart, ...]


@dataclass(frozen=True, slots=True)
class DayHeld:
    """A gathering of the process that it came from."""

    title: Words
    when: str
    turnout: str
    url: str


@dataclass(frozen=True, slots=True)
class PartnerPart:
    """An organisation that has joined, and what it has delivered."""

    name: str
    sector: str
    note: str
    delivered: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """A decision at a gate; `missing`: what the stage expects and was not in place."""

    on: str
    what: str
    by: str
    reason: Words
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VotePart:
    """What a vote decided about it."""

    title: str
    outcome: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ChainPart:
    """The effect chain: a drawing, links by kind, and arrows (number, from, to, mechanism, assumption)."""

    drawing: str
    alt: str
    columns: tuple[tuple[str, tuple[Words, ...]], ...]
    arrows: tuple[tuple[str, Words, Words, Words, Words], ...]


@dataclass(frozen=True, slots=True)
class BenefitPart:
    """What changed: from what to what, how it stands, who answers for it, and the cause where it lags."""

    title: Words
    text: Words
    kind: str
    standing: str
    colour: str
    sentence: str
    gainer: Words
    measure: Words
    owner: str
    cause: Words
    ended: str
    drawing: str
    table: TablePart
    url: str


@dataclass(frozen=True, slots=True)
class AppraisalPart:
    """The appraisal that is shown; `sources` are its edition, with where that comes from, and those of its prices."""

    name: str
    headline: str
    numbers: tuple[tuple[str, str, str], ...]
    beside: TablePart
    actors: TablePart
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class StoryPart:
    """What somebody tells, with their yes to reports."""

    title: Words
    text: Words
    name: str
    on: str


@dataclass(frozen=True, slots=True)
class InitiativeReport:
    """Everything that the report tells, in the order in which it is told."""

    pk: int
    number: str
    municipality: str
    title: Words
    summary: Words
    stage: str
    stage_meaning: str
    is_stopped: bool
    owner: str
    starts: str
    made: str
    is_illustrative: bool
    headline: str
    numbers: tuple[tuple[str, str], ...]
    challenges: tuple[ChallengePart, ...]
    days: tuple[DayHeld, ...]
    ideas: tuple[Words, ...]
    supporters: str
    opportunity: Words | None
    partners: tuple[PartnerPart, ...]
    residents: str
    sums: TablePart | None
    decisions: tuple[DecisionPart, ...]
    votes: tuple[VotePart, ...]
    money: tuple[tuple[str, str], ...]
    money_table: TablePart | None
    chain: ChainPart | None
    benefits: tuple[BenefitPart, ...]
    appraisal: AppraisalPart | None
    stories: tuple[StoryPart, ...]
    learned: Words
    stopped_reason: Words
    answers: tuple[tuple[str, Words], ...]
    sources: tuple[Source, ...]
