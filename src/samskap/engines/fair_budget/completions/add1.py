"""Add1: raise every voter's start by one unit of the currency and share anew, as long as the budget bears it.

As pabutools' `method_of_equal_shares` with `voter_budget_increment=1`, and equalshares.net. The raise ends before the
first choice that costs more than the budget, or at the first one that leaves no money for anything more. Both only
depend on what is chosen, so all increments in the room of a choice are one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from samskap.engines.fair_budget.constraints import bonds_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from samskap.engines.fair_budget.outcome import Case
    from samskap.engines.fair_budget.rules.shares import Choice

__all__ = ["Stopped", "raised"]

Stopped = Literal["infeasible", "exhaustive", "all_funded"]


def raised(case: Case, choice_at: Callable[[int], Choice]) -> tuple[int, Stopped]:
    """How many increments are kept, and why no more. `choice_at(increments)` is the choice at a raised start."""
    costs = [one.cost for one in case.election.projects]
    supported, bonds = np.unique(case.profile.projects).tolist(), bonds_of(case.election)
    increments = 0
    while True:
        choice = choice_at(increments)
        chosen = set(choice.winners)
        left = case.election.budget - sum(costs[place] for place in chosen)
        if left < 0:
            return increments - 1, "infeasible"
        # These would be chosen at some higher start.
        could_follow = [place for place in supported if place not in chosen and bonds.allow(place, chosen=chosen)]
        if not could_follow:
            return increments, "all_funded"
        if min(costs[place] for place in could_follow) > left:
            return increments, "exhaustive"
        increments += choice.room + 1
