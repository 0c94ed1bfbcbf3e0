"""What the guards hand back: frozen values, keys and numbers, no prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["duplicates", "coordinated", "careless"]
Sign = Literal["same_answer", "no_pattern"]
Search = Literal["every_pair", "similar_pairs"]

KINDS: tuple[Kind, ...] = ("duplicates", "coordinated", "careless")


@dataclass(frozen=True, slots=True)
class FlaggedSet:
    """People whose answers are so alike that they count as one.

    `people` are sorted keys, `answers` the median number of statements that one of them answered. `evidence` is in
    natural logarithms: a duplicate's best pair, or the whole block, is exp(evidence) times likelier copied than not.
    """

    kind: Literal["duplicates", "coordinated"]
    people: tuple[str, ...]
    answers: int
    evidence: float


@dataclass(frozen=True, slots=True)
class FlaggedPerson:
    """A person whose answers do not depend on what the statements say. `evidence` as in `FlaggedSet`."""

    key: str
    sign: Sign
    answers: int
    evidence: float


@dataclass(frozen=True, slots=True)
class ShareChange:
    """The share of one answer to one statement, with everybody and with the flagged counted otherwise.

    `votes` is the number of votes on the statement that no longer count.
    """

    statement: str
    side: Literal["agree", "disagree"]
    share: float
    share_without: float
    votes: int

    @property
    def change(self) -> float:
        """How far the share moves, up or down."""
        return self.share_without - self.share


@dataclass(frozen=True, slots=True)
class Effect:
    """What one kind does to the shares: `flagged` people in `sets`, and what would change.

    Duplicates and coordinated sets would count as one person each, careless people not at all. `changes` holds the
    larger of the two moves (agree, disagree) of every statement that moves, largest first.
    """

    kind: Kind
    flagged: int
    sets: int
    changes: tuple[ShareChange, ...]


@dataclass(frozen=True, slots=True)
class Guards:
    """Everything that was flagged. Nothing is removed by this.

    `people` have at least one vote; `effective_people` is their number when each set counts as one. `level` is the
    share of false alarms allowed among the flagged. `search` tells whether every pair was compared or, in large
    conversations, those that share many answers.
    """

    people: int
    effective_people: int
    level: float
    seed: int
    search: Search
    duplicates: tuple[FlaggedSet, ...]
    coordinated: tuple[FlaggedSet, ...]
    careless: tuple[FlaggedPerson, ...]
    effects: tuple[Effect, ...]

    def sets(self, kind: Kind) -> tuple[FlaggedSet, ...]:
        """The sets of a kind; none for careless people, who are flagged one by one."""
        return {"duplicates": self.duplicates, "coordinated": self.coordinated, "careless": ()}[kind]
