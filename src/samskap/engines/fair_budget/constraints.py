"""What binds the choice besides the budget, and how each bound is kept.

Minimum support and budgets of districts are kept by the counting: projects fall out beforehand, and each district is
an election of its own. Rivals, of which one at most can win, and needs, without which a project cannot win, are kept
by the rules turn by turn (`Bonds`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from samskap.engines.fair_budget.election import Ballots, Constraints, Election
from samskap.engines.fair_budget.errors import ElectionError
from samskap.engines.fair_budget.tie_breaking import votes_of

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

__all__ = [
    "BY_COUNTING",
    "IN_RULE",
    "Area",
    "Bonds",
    "areas_of",
    "bonds_of",
    "check_bonds",
    "dropped_of",
    "fallen",
    "restricted",
    "staying",
    "with_a_choice",
    "without",
]

BY_COUNTING = frozenset({"minimum_support", "district_budgets"})
IN_RULE = frozenset({"exclusive", "requires"})
Voters = Literal["all", "with_a_choice"]


@dataclass(frozen=True, slots=True)
class Bonds:
    """Rivals and needs of each project, by place. What has none is in neither table."""

    rivals: dict[int, frozenset[int]]
    needs: dict[int, frozenset[int]]

    def allow(self, place: int, *, chosen: Collection[int]) -> bool:
        """Whether this project may be chosen next: all it needs is chosen, and none of its rivals."""
        return self.needs.get(place, frozenset()) <= set(chosen) and self.rivals.get(place, frozenset()).isdisjoint(
            chosen
        )


def bonds_of(election: Election) -> Bonds:
    """What `exclusive` and `requires` say, by place."""
    rivals: dict[int, set[int]] = {}
    needs: dict[int, set[int]] = {}
    for group in election.constraints.exclusive:
        for key in group:
            rivals.setdefault(election.places[key], set()).update(election.places[one] for one in group if one != key)
    for key, needed in election.constraints.requires:
        needs.setdefault(election.places[key], set()).add(election.places[needed])
    return Bonds(
        {place: frozenset(others) for place, others in rivals.items()},
        {place: frozenset(others) for place, others in needs.items()},
    )


def check_bonds(election: Election) -> None:
    """ElectionError where a project needs itself in the end, or rivals: it could never win."""
    bonds, keys = bonds_of(election), [one.key for one in election.projects]
    for place in bonds.needs:
        needed = _needed(place, bonds)
        if place in needed:
            raise ElectionError(
                f"The project {keys[place]} needs itself in the end, so it can never be chosen.",
                cure="Make projects that need each other one project.",
            )
        together = sorted({place, *needed})
        for one in together:
            for rival in sorted(bonds.rivals.get(one, frozenset()).intersection(together)):
                raise ElectionError(
                    f"To win, {keys[place]} takes both {keys[one]} and {keys[rival]}, and these are rivals.",
                    cure="Take one of these constraints out.",
                )


def _needed(place: int, bonds: Bonds) -> frozenset[int]:
    """What this project needs, through any number of steps."""
    needed = set(bonds.needs.get(place, frozenset()))
    while more := {other for one in needed for other in bonds.needs.get(one, frozenset())} - needed:
        needed |= more
    return frozenset(needed)


def dropped_of(election: Election) -> tuple[tuple[int, str], ...]:
    """Projects that cannot win whatever else the ballots say: place and the constraint that takes them out, by place.

    "minimum_support": fewer voters chose it than are needed. "requires": what it needs falls out.
    """
    least, few = election.constraints.minimum_support, set[int]()
    if least:
        votes = votes_of(election.ballots, projects=len(election.projects))
        few = set(np.flatnonzero(votes < least).tolist())
    return tuple((place, "minimum_support" if place in few else "requires") for place in sorted(fallen(election, few)))


def fallen(election: Election, out: Collection[int]) -> frozenset[int]:
    """These projects and all that need one of them, by place, through any number of steps."""
    needs = bonds_of(election).needs
    fallen = set(out)
    while more := {place for place, needed in needs.items() if place not in fallen and needed & fallen}:
        fallen |= more
    return frozenset(fallen)


def staying(election: Election, dropped: tuple[tuple[int, str], ...]) -> npt.NDArray[np.int64]:
    """int64, ascending: places of the projects that are not dropped."""
    return np.delete(np.arange(len(election.projects), dtype=np.int64), [place for place, _ in dropped])


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the election with a budget of its own. `name` is the district, or empty for the whole city's part."""

    name: str
    places: tuple[int, ...]
    budget: int


def areas_of(election: Election) -> tuple[Area, ...]:
    """The districts in the order of their budgets, and last all other projects, with the rest of the budget.

    ElectionError where a district is named twice, has no project or nothing to spend, where the districts have more
    than there is, and where a bond ties projects of two areas.
    """
    budgets = dict(election.constraints.district_budgets)
    _check_districts(election, budgets)
    places: dict[str, list[int]] = {name: [] for name in (*budgets, "")}
    for place, one in enumerate(election.projects):
        places[one.district if one.district in budgets else ""].append(place)
    for name in budgets:
        if not places[name]:
            raise ElectionError(f"No project lies in the district {name}.", cure="Take its budget out.")
    _check_bonds(election, places)
    rest = election.budget - sum(budgets.values())
    return tuple(Area(name, tuple(places[name]), budgets.get(name, rest)) for name in places if places[name])


def _check_districts(election: Election, budgets: dict[str, int]) -> None:
    if len(budgets) != len(election.constraints.district_budgets):
        raise ElectionError("A district has two budgets.", cure="Give each district one.")
    for name, money in budgets.items():
        if not name or money <= 0:
            raise ElectionError(
                f"The budget of the district {name!r} is {money}.", cure="It must be more than nothing."
            )
    if sum(budgets.values()) > election.budget:
        raise ElectionError(
            f"The districts have {sum(budgets.values())} together, and the budget is {election.budget}.",
            cure="Raise the budget, or lower theirs.",
        )


def _check_bonds(election: Election, places: dict[str, list[int]]) -> None:
    area = {election.projects[place].key: name for name, inside in places.items() for place in inside}
    for group in (*election.constraints.exclusive, *election.constraints.requires):
        if len({area[key] for key in group}) > 1:
            raise ElectionError(
                f"A constraint ties {' and '.join(group)}, which do not share a budget.",
                cure="Tie projects of one district only.",
            )


def restricted(
    election: Election, *, places: Collection[int] | npt.NDArray[np.int64], budget: int, voters: Voters = "all"
) -> Election | None:
    """The election of these projects alone, in the same order, or None where none of them could be paid or voted for.

    Ballots keep what they say of them. `voters`: "all" keeps those whose ballot becomes empty, "with_a_choice" does
    not. Minimum support and districts are settled and fall away; bonds stay between projects that stay.
    """
    kept = np.array(sorted(places), dtype=np.int64)
    projects = tuple(election.projects[place] for place in kept)
    if not projects or budget < min(one.cost for one in projects):
        return None
    ballots = _ballots_among(election.ballots, kept, projects=len(election.projects), voters=voters)
    if ballots.voters < 1:
        return None
    bonds = _bonds_among(election.constraints, {one.key for one in projects})
    return replace(election, projects=projects, budget=budget, ballots=ballots, constraints=bonds)


def without(election: Election, out: Collection[int]) -> Election | None:
    """The election as if these projects had not stood in it, all constraints kept, or None where nothing is left.

    A district that has no project any more takes its budget with it.
    """
    names = {one.district for place, one in enumerate(election.projects) if place not in out}
    budgets = election.constraints.district_budgets
    gone = sum(money for name, money in budgets if name not in names)
    rest = restricted(election, places=set(range(len(election.projects))) - set(out), budget=election.budget - gone)
    if rest is None:
        return None
    constraints = replace(
        rest.constraints,
        minimum_support=election.constraints.minimum_support,
        district_budgets=tuple((name, money) for name, money in budgets if name in names),
    )
    return replace(rest, constraints=constraints)


def with_a_choice(ballots: Ballots, kept: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """bool[voters]: who chose at least one of these projects. A choice with no point is no choice."""
    counts = np.isin(ballots.chosen, kept)
    if ballots.points is not None:
        counts &= ballots.points > 0
    before = np.concatenate([[0], np.cumsum(counts)])
    return np.asarray(np.diff(before[ballots.starts]) > 0)


def _ballots_among(ballots: Ballots, kept: npt.NDArray[np.int64], *, projects: int, voters: Voters) -> Ballots:
    if len(kept) == projects and voters == "all":
        return ballots
    new_place = np.full(projects, -1, dtype=np.int32)
    new_place[kept] = np.arange(len(kept), dtype=np.int32)
    chosen = new_place[ballots.chosen]
    stays = chosen >= 0
    lengths = np.diff(np.concatenate([[0], np.cumsum(stays)])[ballots.starts])
    if voters == "with_a_choice":
        voting = with_a_choice(ballots, kept)
        stays &= np.repeat(voting, np.diff(ballots.starts))
        lengths = lengths[voting]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    points = None if ballots.points is None else ballots.points[stays]
    return replace(ballots, starts=starts, chosen=chosen[stays], points=points)


def _bonds_among(constraints: Constraints, keys: Collection[str]) -> Constraints:
    groups = [tuple(key for key in group if key in keys) for group in constraints.exclusive]
    return Constraints(
        exclusive=tuple(group for group in groups if len(group) > 1),
        requires=tuple(pair for pair in constraints.requires if pair[0] in keys and pair[1] in keys),
    )
