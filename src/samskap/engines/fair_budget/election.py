"""What is counted: projects with prices in whole units of money, a budget, and ballots."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from samskap.engines.fair_budget.errors import ElectionError

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["KINDS", "NO_CONSTRAINTS", "Ballots", "Constraints", "Election", "Kind", "Project"]

Kind = Literal["approval", "choose-1", "ordinal", "cumulative", "scoring", "knapsack"]
KINDS: tuple[Kind, ...] = ("approval", "choose-1", "ordinal", "cumulative", "scoring", "knapsack")


@dataclass(frozen=True, slots=True)
class Project:
    """Something that can be chosen. `cost` is what it takes from this budget, in units of money (see `Election`).

    `full_cost` is its whole price where a partner pays a part of it, else None.
    """

    key: str
    cost: int
    name: str = ""
    district: str = ""
    categories: tuple[str, ...] = ()
    full_cost: int | None = None


@dataclass(frozen=True, slots=True)
class Constraints:
    """What binds the choice besides the budget. All name projects by key.

    `minimum_support`: voters who must have chosen a project before it can win. `district_budgets`: districts with a
    budget of their own; projects without a district share `Election.budget` less all of these. `exclusive`: groups
    of which at most one wins. `requires`: pairs (project, what it needs); it wins only if that wins too.
    """

    minimum_support: int = 0
    district_budgets: tuple[tuple[str, int], ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """Which kinds of constraint are in force: names of the fields that say something."""
        return frozenset(name for name in self.__slots__ if getattr(self, name))


NO_CONSTRAINTS = Constraints()


@dataclass(frozen=True, eq=False, slots=True)
class Ballots:
    """All ballots, one after the other: voter v chose `chosen[starts[v]:starts[v + 1]]`.

    starts: int64[voters + 1]. chosen: int32[entries], places in `Election.projects`, no project twice on a ballot,
    most preferred first where `kind` is ordinal. points: int64[entries] where the kind has points, in units of
    1 / `points_scale` of a point, else None. A ballot may be empty; its voter counts as a voter.
    """

    kind: Kind
    starts: npt.NDArray[np.int64]
    chosen: npt.NDArray[np.int32]
    points: npt.NDArray[np.int64] | None = None
    points_scale: int = 1

    @property
    def voters(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, eq=False)
class Election:
    """Projects, budget and ballots. Money is in whole units; `scale` units are one of the currency (100 for øre).

    ElectionError where a price or the budget is not above zero, no project can be paid, a key occurs twice, or
    ballots and constraints name what is not there.
    """

    projects: tuple[Project, ...]
    budget: int
    ballots: Ballots
    scale: int = 1
    currency: str = "NOK"
    constraints: Constraints = NO_CONSTRAINTS
    places: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {one.key: place for place, one in enumerate(self.projects)})
        _check_money(self)
        _check_ballots(self.ballots, projects=len(self.projects))
        _check_constraints(self.constraints, known=self.places)


def _check_money(election: Election) -> None:
    if not election.projects:
        raise ElectionError("There is no project to choose from.", cure="Add at least one project.")
    twice = [key for key, times in Counter(one.key for one in election.projects).items() if times > 1]
    if twice:
        raise ElectionError(f"Two projects are called {twice[0]}.", cure="Give each project a key of its own.")
    for one in election.projects:
        if one.cost <= 0:
            raise ElectionError(
                f"The project {one.key} costs {one.cost}.", cure="Each project must cost more than nothing."
            )
    if election.budget <= 0:
        raise ElectionError(f"The budget is {election.budget}.", cure="It must be more than nothing.")
    cheapest = min(one.cost for one in election.projects)
    if election.budget < cheapest:
        raise ElectionError(
            f"The budget is {election.budget}, and the cheapest project costs {cheapest}.",
            cure="Raise the budget, or add a project that it can pay.",
        )


def _check_ballots(ballots: Ballots, *, projects: int) -> None:
    if ballots.kind not in KINDS:
        raise ElectionError(f"There is no kind of ballot called {ballots.kind}.", cure=f"Known: {', '.join(KINDS)}.")
    if (ballots.points is not None) != (ballots.kind in ("cumulative", "scoring")):
        raise ElectionError(f"Points and ballots of the kind {ballots.kind} do not go together.")
    if ballots.voters < 1:
        raise ElectionError("There is no ballot to count.")
    if len(ballots.chosen) and not 0 <= ballots.chosen.min() <= ballots.chosen.max() < projects:
        raise ElectionError("A ballot names a project that is not there.")


def _check_constraints(constraints: Constraints, *, known: dict[str, int]) -> None:
    named = [key for group in (*constraints.exclusive, *constraints.requires) for key in group]
    for key in named:
        if key not in known:
            raise ElectionError(f"A constraint names the project {key}, which is not there.")
