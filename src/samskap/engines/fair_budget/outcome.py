"""What a rule gives back: the choice round by round, in keys and exact numbers, no prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    import numpy as np
    import numpy.typing as npt

    from samskap.engines.fair_budget.election import Election
    from samskap.engines.fair_budget.profile import Profile, Satisfaction
    from samskap.engines.fair_budget.tie_breaking import TieBreak

__all__ = ["Case", "Completion", "How", "Rule", "Selection", "Turn"]

Completion = Literal["none", "add1", "add1u", "utilitarian", "comparison"]
How = Literal["shared", "overspent", "filled", "voted", "loaded"]


@dataclass(frozen=True, eq=False, slots=True)
class Case:
    """One election, the profile under the chosen satisfaction, and how ties and leftovers are handled."""

    election: Election
    profile: Profile
    satisfaction: Satisfaction
    completion: Completion
    tie_break: TieBreak


@dataclass(frozen=True, eq=False, slots=True)
class Turn:
    """One project that was chosen, and at what terms.

    `project` is its place in `Election.projects`. `how`: "shared" (its supporters paid all of it), "overspent" (they
    paid a part, the rest was spent within the budget), "loaded" (Phragmén), "voted" (greedy), "filled" (by the
    completion). `price`: rho, the money a supporter pays for a unit of utility (shared, overspent), or the time of
    the purchase (loaded); None where nobody pays. `paid_out`: int32, classes that gave all they had left, ascending,
    empty where nobody pays. `tied`: places of the projects that were level with it, itself left out.
    """

    project: int
    how: How
    price: Fraction | None
    paid_out: npt.NDArray[np.int32]
    tied: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Selection:
    """All turns in order. `start` is the money each voter began with in the run that was kept (None: no money in it).

    `increments`: how many times the start was raised by one unit of the currency; `stopped` says why no further:
    "plain" (not raised), "infeasible" (one more would cost more than the budget), "exhaustive" (nothing more fits),
    "all_funded". `dropped`: projects the constraints took out beforehand, with the name of the constraint.
    `compared`: with completion "comparison", voters for (this, the greedy choice, neither), else None.
    """

    turns: tuple[Turn, ...]
    start: Fraction | None
    increments: int = 0
    stopped: Literal["plain", "infeasible", "exhaustive", "all_funded"] = "plain"
    dropped: tuple[tuple[int, str], ...] = ()
    compared: tuple[int, int, int] | None = None

    @property
    def winners(self) -> tuple[int, ...]:
        return tuple(turn.project for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in the registry: what it takes, what it honours, what it promises, and how it selects.

    `guarantees` are keys of `auditing.AUDITS`, each with the satisfactions under which it holds. `honours`: kinds of
    constraint it keeps; of these, `weakens` name those under which it keeps no guarantee.
    """

    key: str
    ballots: frozenset[str]
    satisfactions: tuple[Satisfaction, ...]
    completions: tuple[Completion, ...]
    guarantees: tuple[tuple[str, tuple[Satisfaction, ...]], ...]
    honours: frozenset[str]
    weakens: frozenset[str]
    select: Callable[[Case], Selection]
