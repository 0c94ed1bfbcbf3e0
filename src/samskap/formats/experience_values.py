"""What an experience package says, as frozen values.

Texts are kept by language: `words["nb"].title`; `language` is the one they were written in. Dates are ISO 8601, money
is whole kroner, and a measured number is a decimal in a text ("12.5"), so that no rounding happens on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "AffectedTold",
    "AffectedWords",
    "AppraisalTold",
    "ArrowTold",
    "ArrowWords",
    "BenefitTold",
    "BenefitWords",
    "ChainTold",
    "CostTold",
    "CostWords",
    "FigureTold",
    "InitiativeTold",
    "InitiativeWords",
    "LinkTold",
    "LinkWords",
    "Origin",
    "Parts",
    "RiskTold",
    "RiskWords",
    "StoryTold",
    "ValueOn",
]

Sector = Literal["public", "private", "voluntary", "people"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it comes from: the municipality, the page of the initiative, and where to ask what is still valid."""

    number: str
    name: str
    address: str
    check: str


@dataclass(frozen=True, slots=True)
class InitiativeWords:
    """The six questions, the zero alternative, and what was learned."""

    title: str
    summary: str
    problem: str
    measures: str
    principles: str
    effects: str
    recommendation: str
    conditions: str
    zero_alternative: str
    stopped_reason: str
    learned: str


@dataclass(frozen=True, slots=True)
class InitiativeTold:
    """The initiative itself. `is_illustrative`: it is made up to show how things work."""

    language: str
    words: Mapping[str, InitiativeWords]
    stage: Literal["idea", "explored", "planned", "pilot", "in_operation", "stopped"]
    starts_on: str | None
    is_illustrative: bool


@dataclass(frozen=True, slots=True)
class CostWords:
    text: str


@dataclass(frozen=True, slots=True)
class CostTold:
    """What it costs somebody in a year; `payer` is empty where the municipality pays."""

    language: str
    words: Mapping[str, CostWords]
    year: int
    amount_nok: int
    payer: str


@dataclass(frozen=True, slots=True)
class RiskWords:
    text: str
    response: str


@dataclass(frozen=True, slots=True)
class RiskTold:
    """What can go wrong: likelihood and consequence from 1 (low) to 3 (high)."""

    language: str
    words: Mapping[str, RiskWords]
    likelihood: int
    consequence: int


@dataclass(frozen=True, slots=True)
class AffectedWords:
    who: str
    how: str


@dataclass(frozen=True, slots=True)
class AffectedTold:
    """A group of people whom it touches, and how."""

    language: str
    words: Mapping[str, AffectedWords]


@dataclass(frozen=True, slots=True)
class LinkWords:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class LinkTold:
    """One link of the effect chain; arrows and benefits name it by `key`."""

    key: str
    kind: Literal["input", "activity", "output", "outcome", "impact"]
    language: str
    words: Mapping[str, LinkWords]


@dataclass(frozen=True, slots=True)
class ArrowWords:
    mechanism: str
    assumption: str


@dataclass(frozen=True, slots=True)
class ArrowTold:
    """One link leads to another: by what mechanism, on what assumption."""

    source: str
    target: str
    language: str
    words: Mapping[str, ArrowWords]


@dataclass(frozen=True, slots=True)
class ChainTold:
    """The effect chain."""

    links: tuple[LinkTold, ...]
    arrows: tuple[ArrowTold, ...]


@dataclass(frozen=True, slots=True)
class BenefitWords:
    title: str
    text: str
    gainer: str
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class ValueOn:
    """A number on a day: a baseline, a target (without source) or a measurement."""

    on: str
    value: str
    source: str
    cause: str


@dataclass(frozen=True, slots=True)
class BenefitTold:
    """A benefit as it was measured at the origin: only approved and locked measurements are in `measured`."""

    key: str
    link: str
    language: str
    words: Mapping[str, BenefitWords]
    kind: Literal["saved_money", "freed_time", "avoided_cost", "quality", "value_for_others"]
    is_harm: bool
    is_planned: bool
    certainty: Literal["sure", "hoped"]
    gainer_sector: Sector
    better: Literal["higher", "lower"]
    ended_reason: str
    baseline: ValueOn | None
    targets: tuple[ValueOn, ...]
    measured: tuple[ValueOn, ...]


@dataclass(frozen=True, slots=True)
class FigureTold:
    """One result of an appraisal: its key, and the number as a decimal in a text with its unit."""

    key: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class AppraisalTold:
    """The appraisal that the origin shows: the edition of the parameters, the years, and what came out."""

    edition: str
    comparison_year: int
    price_year: int
    computed_on: str
    figures: tuple[FigureTold, ...]


@dataclass(frozen=True, slots=True)
class StoryTold:
    """What somebody told, in words only: lent for learning through the day `until`."""

    key: str
    language: str
    title: str
    text: str
    name: str
    until: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a package holds."""

    initiative: InitiativeTold
    costs: tuple[CostTold, ...]
    risks: tuple[RiskTold, ...]
    affected: tuple[AffectedTold, ...]
    chain: ChainTold
    benefits: tuple[BenefitTold, ...]
    appraisal: AppraisalTold | None
    stories: tuple[StoryTold, ...]
