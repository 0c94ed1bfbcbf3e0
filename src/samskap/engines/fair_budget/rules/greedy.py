"""The greedy rules: the best of what is left, one after the other, while the money lasts.

`greedy` takes the project with the most utility of all voters together; with cardinality that is the one with the most
votes, which most municipalities use. `greedy_per_cost` takes the one with the most utility per krone: pabutools'
`greedy_utilitarian_welfare` with the same satisfaction. (With cost satisfaction that is again the one with the most
votes, for the price is in both.) Both pass over what does not fit. `greedy_no_skip` is `greedy` that ends at the first
project that does not fit. A project that nobody chose never wins.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from samskap.engines.fair_budget.constraints import BY_COUNTING, IN_RULE, bonds_of
from samskap.engines.fair_budget.election import KINDS
from samskap.engines.fair_budget.outcome import Case, How, Rule, Selection, Turn
from samskap.engines.fair_budget.profile import SATISFACTIONS

if TYPE_CHECKING:
    from collections.abc import Collection

    from samskap.engines.fair_budget.profile import Profile

__all__ = ["GREEDY", "GREEDY_NO_SKIP", "GREEDY_PER_COST", "greedy_turns", "utility_sums"]

By = Literal["utility", "utility_per_cost"]
Unfit = Literal["skip", "stop"]


def utility_sums(profile: Profile, *, projects: int) -> list[int]:
    """Utility of all voters together, for each project. Python's whole numbers: the sums of costs may pass 2^63."""
    from samskap.engines.fair_budget.profile_kernels import by_project  # noqa: PLC0415 -- slow import

    *_, unit, totals = by_project(profile.starts, profile.projects, profile.utilities, profile.weights, projects)
    return [own * total for own, total in zip(unit.tolist(), totals.tolist(), strict=True)]


def greedy_turns(
    case: Case,
    *,
    chosen: Collection[int],
    spent: int,
    how: How,
    by: By = "utility_per_cost",
    unfit: Unfit = "skip",
) -> tuple[Turn, ...]:
    """What is taken besides `chosen`, projects by place, when `spent` of the budget is gone.

    The completions fill up by utility per krone, as pabutools does. Ties go by the order of the case.
    """
    projects = case.election.projects
    sums = utility_sums(case.profile, projects=len(projects))
    prices = [one.cost if by == "utility_per_cost" else 1 for one in projects]
    merits = [Fraction(total, price) for total, price in zip(sums, prices, strict=True)]
    taken, left = set(chosen), case.election.budget - spent
    turns: list[Turn] = []
    bonds = bonds_of(case.election)
    order = sorted(range(len(projects)), key=lambda place: (-merits[place], case.tie_break.ranks[place]))
    order = [place for place in order if sums[place]]
    while True:
        free = [place for place in order if place not in taken and bonds.allow(place, chosen=taken)]
        fitting = [place for place in free if projects[place].cost <= left]
        if not fitting or (unfit == "stop" and fitting[0] != free[0]):
            return tuple(turns)
        best = fitting[0]
        level = tuple(sorted(place for place in fitting[1:] if merits[place] == merits[best]))
        turns.append(Turn(best, how, None, np.empty(0, dtype=np.int32), level))
        taken.add(best)
        left -= projects[best].cost


def _select(case: Case) -> Selection:
    return Selection(greedy_turns(case, chosen=(), spent=0, how="voted", by="utility"), start=None)


def _select_no_skip(case: Case) -> Selection:
    turns = greedy_turns(case, chosen=(), spent=0, how="voted", by="utility", unfit="stop")
    return Selection(turns, start=None)


def _select_per_cost(case: Case) -> Selection:
    return Selection(greedy_turns(case, chosen=(), spent=0, how="voted"), start=None)


GREEDY = Rule(
    key="greedy",
    ballots=frozenset(KINDS),
    satisfactions=SATISFACTIONS,
    completions=("none",),
    guarantees=(("feasible", SATISFACTIONS), ("exhaustive", SATISFACTIONS)),
    honours=BY_COUNTING | IN_RULE,
    weakens=IN_RULE,
    select=_select,
)
GREEDY_NO_SKIP = replace(
    GREEDY, key="greedy_no_skip", guarantees=(("feasible", SATISFACTIONS),), select=_select_no_skip
)
GREEDY_PER_COST = replace(GREEDY, key="greedy_per_cost", select=_select_per_cost)
