"""What is told of a result: frozen values for page, PDF and files, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from samskap.apps.reports import labels

__all__ = [
    "Cell",
    "Common",
    "Divided",
    "Doubtful",
    "GroupTold",
    "Inside",
    "Lacks",
    "Stands",
    "StatementTold",
    "Stratum",
    "Telling",
    "Wording",
]


@dataclass(frozen=True)
class Wording:
    """The words of a statement, its number, and the language they are in."""

    number: int
    text: str
    lang: str


@dataclass(frozen=True)
class Stratum:
    """A group or a sector as a column of the tables. `label` names it in full: "A · More hands", "Public sector"."""

    kind: str
    name: str
    label: str

    @property
    def short(self) -> str:
        return labels.stratum_short(self.kind, self.name)


@dataclass(frozen=True)
class Cell:
    """How one stratum answered one statement, in whole percentages; `answered` is None where too few did.

    `lower` and `upper` bound the share that agrees: between them it lies in nine of ten such counts.
    """

    label: str
    answered: int | None
    agree: int | None = None
    disagree: int | None = None
    passed: int | None = None
    lower: int | None = None
    upper: int | None = None
    sentence: str = ""

    @property
    def agree_share(self) -> str:
        return "–" if self.agree is None else labels.share(self.agree)

    @property
    def disagree_from(self) -> int:
        """Where the third part of the bar begins."""
        return (self.agree or 0) + (self.passed or 0)

    @property
    def disagree_share(self) -> str:
        return "–" if self.disagree is None else labels.share(self.disagree)

    @property
    def passed_share(self) -> str:
        return "–" if self.passed is None else labels.share(self.passed)

    @property
    def between(self) -> str:
        """The bounds as they are written, or a dash."""
        return "–" if self.lower is None or self.upper is None else labels.between(self.lower, self.upper)


@dataclass(frozen=True)
class StatementTold:
    """A statement with everything counted about it. `cells` has one entry for each of `Telling.strata`, in order."""

    words: Wording
    answered: int
    agree: int
    disagree: int
    passed: int
    agree_percent: int
    disagree_percent: int
    passed_percent: int
    lower: int
    upper: int
    spread: int | None
    verdict: str
    verdict_label: str
    is_background: bool
    cells: tuple[Cell, ...]

    @property
    def agree_share(self) -> str:
        return labels.share(self.agree_percent)

    @property
    def passed_share(self) -> str:
        return labels.share(self.passed_percent)

    @property
    def disagree_share(self) -> str:
        return labels.share(self.disagree_percent)

    @property
    def between(self) -> str:
        """The bounds of the share that agrees, as they are written."""
        return labels.between(self.lower, self.upper)

    @property
    def spread_points(self) -> str:
        return "–" if self.spread is None else str(self.spread)

    @property
    def disagree_from(self) -> int:
        """Where the third part of the bar begins."""
        return self.agree_percent + self.passed_percent


@dataclass(frozen=True)
class Common:
    """A statement that all agree with, or reject, with the weakest of all strata."""

    statement: StatementTold
    side: str
    percent: int
    lower: int
    weakest: str
    sentence: str
    unheard: str

    @property
    def share(self) -> str:
        return labels.share(self.percent)


@dataclass(frozen=True)
class Divided:
    """A statement that two strata of one kind answer differently. `high_name` and `low_name` are their keys."""

    statement: StatementTold
    kind: str
    high_name: str
    low_name: str
    high: str
    high_percent: int
    low: str
    low_percent: int
    spread: int
    sentence: str

    @property
    def high_share(self) -> str:
        return labels.share(self.high_percent)

    @property
    def low_share(self) -> str:
        return labels.share(self.low_percent)


@dataclass(frozen=True)
class Doubtful:
    """A statement about which too little is known."""

    statement: StatementTold
    lower: int
    upper: int
    sentence: str


@dataclass(frozen=True)
class Stands:
    """A statement that a group stands for."""

    words: Wording
    side: str
    percent: int
    elsewhere: int
    sentence: str

    @property
    def side_label(self) -> str:
        return str(labels.SIDES[self.side])


@dataclass(frozen=True)
class Lacks:
    """A statement that would be common ground but for strata that have answered too little."""

    statement: StatementTold
    side: str
    sentence: str


@dataclass(frozen=True)
class Inside:
    """A statement that one stratum (or everybody) is split on within itself."""

    statement: StatementTold
    kind: str
    name: str
    where: str
    agree_percent: int
    disagree_percent: int
    sentence: str


@dataclass(frozen=True)
class GroupTold:
    """A group: how large, where on the map, and what it stands for.

    `name`, `description` (both may be empty) and their `lang` are what those who run the conversation call it.
    """

    key: str
    label: str
    name: str
    description: str
    lang: str
    size: int
    percent: int
    place: str
    sentence: str
    stands: tuple[Stands, ...]

    @property
    def share(self) -> str:
        return labels.share(self.percent)


@dataclass(frozen=True)
class Telling:
    """All that a result says."""

    headline: str
    rejected_headline: str
    divided_headline: str
    structure: str
    trust: str
    map_alternative: str
    people: int
    people_in_map: int
    votes: int
    votes_needed: int
    statement_count: int
    strata: tuple[Stratum, ...]
    agreed: tuple[Common, ...]
    rejected: tuple[Common, ...]
    divided: tuple[Divided, ...]
    uncertain: tuple[Doubtful, ...]
    awaited: tuple[Lacks, ...]
    inside: tuple[Inside, ...]
    unsure: str
    is_gradual: bool
    groups: tuple[GroupTold, ...]
    statements: tuple[StatementTold, ...]
