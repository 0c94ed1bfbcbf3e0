"""Small elections for tests: made by hand, and at random with many ties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from samskap.engines.fair_budget import KINDS, NO_CONSTRAINTS, Ballots, Constraints, Election, Kind, Project

WITH_POINTS = ("cumulative", "scoring")


def ballots_of(
    chosen: Sequence[Sequence[int]], *, kind: Kind = "approval", points: Sequence[Sequence[int]] | None = None
) -> Ballots:
    """Ballots from the places each voter chose, and the points beside them."""
    lengths = [len(places) for places in chosen]
    return Ballots(
        kind=kind,
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        chosen=np.array([place for places in chosen for place in places], dtype=np.int32),
        points=None if points is None else np.array([one for row in points for one in row], dtype=np.int64),
    )


def election_of(
    costs: dict[str, int],
    votes: Sequence[tuple[int, str]],
    *,
    budget: int,
    kind: Kind = "approval",
    districts: dict[str, str] | None = None,
    constraints: Constraints = NO_CONSTRAINTS,
) -> Election:
    """Projects by key and price; votes as (how many, keys of one letter), such as (3, "ab")."""
    places = {key: place for place, key in enumerate(costs)}
    chosen = [[places[key] for key in keys] for number, keys in votes for _ in range(number)]
    districts = districts or {}
    return Election(
        projects=tuple(Project(key=key, cost=cost, district=districts.get(key, "")) for key, cost in costs.items()),
        budget=budget,
        ballots=ballots_of(chosen, kind=kind),
        constraints=constraints,
    )


def shuffled(election: Election, order: Sequence[int]) -> Election:
    """The same ballots, handed in in another order."""
    ballots = election.ballots
    bounds = list(zip(ballots.starts, ballots.starts[1:], strict=False))
    rows = [slice(*bounds[voter]) for voter in order]
    again = ballots_of(
        [ballots.chosen[row].tolist() for row in rows],
        kind=ballots.kind,
        points=None if ballots.points is None else [ballots.points[row].tolist() for row in rows],
    )
    return Election(election.projects, election.budget, again, constraints=election.constraints)


@st.composite
def elections(
    draw: st.DrawFn, *, kinds: Sequence[Kind] = KINDS, with_constraints: bool = False, most_projects: int = 6
) -> Election:
    """Few projects with few different prices, so that much is level; some ballots are empty."""
    number = draw(st.integers(1, most_projects))
    costs = draw(st.lists(st.integers(1, 12), min_size=number, max_size=number))
    keys = draw(st.permutations("abcdefgh"[:number]))
    kind = draw(st.sampled_from(kinds))
    length = 1 if kind == "choose-1" else number
    ballot = st.lists(st.integers(0, number - 1), unique=True, max_size=length)
    chosen = draw(st.lists(ballot, min_size=1, max_size=9))
    points = None
    if kind in WITH_POINTS:
        points = [draw(st.lists(st.integers(0, 3), min_size=len(row), max_size=len(row))) for row in chosen]
    districts = [draw(st.sampled_from(["", "N", "S"])) if with_constraints else "" for _ in keys]
    projects = tuple(
        Project(key=key, cost=cost, district=district)
        for key, cost, district in zip(keys, costs, districts, strict=True)
    )
    budget = draw(st.integers(min(costs), sum(costs) + 2))
    ballots = ballots_of(chosen, kind=kind, points=points)
    bounds = draw(bonds(list(keys))) if with_constraints else NO_CONSTRAINTS
    return Election(projects, budget, ballots, constraints=bounds)


@st.composite
def bonds(draw: st.DrawFn, keys: list[str]) -> Constraints:
    """Rivals, needs and a minimum support among these projects, free of contradiction: later ones need earlier ones,
    and rivals are not both needed for anything."""
    pair = st.lists(st.sampled_from(range(len(keys))), unique=True, min_size=2, max_size=2).map(sorted)
    few = st.lists(pair, max_size=2) if len(keys) > 1 else st.just([])
    requires = [(keys[late], keys[early]) for early, late in draw(few)]
    needs = {key: {key} for key in keys}
    for late, early in sorted(requires, key=lambda one: keys.index(one[0])):
        needs[late] |= needs[early]
    exclusive = [(keys[one], keys[other]) for one, other in draw(few)]
    return Constraints(
        minimum_support=draw(st.integers(0, 3)),
        exclusive=tuple(group for group in exclusive if not any(set(group) <= all_of for all_of in needs.values())),
        requires=tuple(requires),
    )


def large_election(seed: int, *, projects: int, voters: int, kind: Kind = "approval") -> Election:
    """An election with few ties and prices of seven digits; some projects are chosen by many, most by few."""
    random = np.random.default_rng(seed)
    chances = random.uniform(0.1, 0.7, size=projects)
    chosen = [np.flatnonzero(random.random(projects) < chances).tolist() for _ in range(voters)]
    costs = random.integers(1_000_000, 9_999_999, size=projects).tolist()
    points = [random.integers(1, 6, size=len(row)).tolist() for row in chosen] if kind in WITH_POINTS else None
    return Election(
        projects=tuple(Project(key=f"{place:03}", cost=cost) for place, cost in enumerate(costs)),
        budget=sum(costs) // 2,
        ballots=ballots_of(chosen, kind=kind, points=points),
    )
