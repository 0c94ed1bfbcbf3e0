"""Comparison: voters decide between the rule's choice and the greedy one, each for what gives them more satisfaction.

As in Wieliczka, see equalshares.net: the majority of those who are not indifferent decides, and a draw keeps the
rule's choice. The greedy choice is the common one, by most votes, or most points where there are points or places.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.outcome import Selection
from samskap.engines.fair_budget.rules.greedy import By, greedy_turns

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from samskap.engines.fair_budget.outcome import Case
    from samskap.engines.fair_budget.profile import Profile

__all__ = ["decided"]


def decided(case: Case, selection: Selection) -> Selection:
    """The selection, or the greedy choice where more voters prefer that; `compared` says how many."""
    # Utility by cost and per cost is votes.
    by: By = "utility_per_cost" if case.satisfaction == "cost" else "utility"
    greedy = greedy_turns(case, chosen=(), spent=0, how="voted", by=by)
    own = _satisfaction(case.profile, selection.winners)
    other = _satisfaction(case.profile, [turn.project for turn in greedy])
    weights = case.profile.weights
    compared = tuple(int(weights[part].sum()) for part in (own > other, own < other, own == other))
    mine, theirs, neither = compared
    if theirs > mine:
        return Selection(turns=greedy, start=None, compared=(mine, theirs, neither))
    return replace(selection, compared=(mine, theirs, neither))


def _satisfaction(profile: Profile, winners: Collection[int]) -> npt.NDArray[np.int64]:
    """int64[classes]: utility of the winners together to a voter of each class."""
    is_winner = np.isin(profile.projects, list(winners))
    before = np.concatenate([[0], np.cumsum(np.where(is_winner, profile.utilities, 0))])
    # The running sum may pass 2^63 and come round again; differences are right all the same.
    return np.asarray(before[profile.starts[1:]] - before[profile.starts[:-1]], dtype=np.int64)
