"""The lines of a result: projects that won and lost, groups of voters, other rules. Plain words and numbers."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Group", "Lost", "Other", "Told", "Won"]


@dataclass(frozen=True)
class Told:
    """A project as it is shown: `url` leads to its initiative where it has one."""

    key: str
    title: str
    pk: int = 0
    lang: str = ""
    url: str = ""
    sector: str = ""
    fell_out: str = ""
    full_cost: str = ""


@dataclass(frozen=True)
class Won:
    """A project that won, in its round (from 1), with sentences. `votes` is the number of `supporters` in words."""

    project: Told
    round: int
    cost: str
    supporters: int
    votes: str
    paid: str
    effective: str
    how: str
    left: str
    tie: str
    average: str
    least: str
    most: str
    weight: str


@dataclass(frozen=True)
class Lost:
    """A project that did not win, with what was missing and who had spent it."""

    project: Told
    cost: str
    supporters: int
    votes: str
    why: str
    spent: str
    rather: str


@dataclass(frozen=True)
class Group:
    """Voters of one kind with what they got; `is_hidden` where they are too few to be told about."""

    label: str
    voters: str = ""
    one: str = ""
    share: str = ""
    percent: int = 0
    is_hidden: bool = False


@dataclass(frozen=True)
class Other:
    """What another rule would have chosen: names that would have won instead, and those that would not."""

    rule: str
    cost: str
    gained: tuple[Told, ...]
    dropped: tuple[Told, ...]
    better: int
    worse: int
    same: int
    voters: int

    @property
    def shares(self) -> tuple[float, float, float]:
        """Voters with more from the result, the same, and less, in per cent for a bar."""
        whole = max(self.voters, 1)
        return 100 * self.better / whole, 100 * self.same / whole, 100 * self.worse / whole

    @property
    def same_from(self) -> float:
        return self.shares[0]

    @property
    def worse_from(self) -> float:
        return self.shares[0] + self.shares[1]
