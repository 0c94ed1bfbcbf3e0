"""Two choices side by side: what is in one and not in the other, and which voters are better off with which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.counting import Outcome, count
from samskap.engines.fair_budget.covering import cast_profile
from samskap.engines.fair_budget.errors import ElectionError

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from samskap.engines.fair_budget.profile import Profile, Satisfaction

__all__ = ["Comparison", "compared", "greedy_outcome", "satisfaction_by_class"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A choice (this) against another: projects by key, `cost` that of the other.

    `better` voters have more satisfaction with this one, `worse` ones with the other.
    """

    winners: tuple[str, ...]
    cost: int
    only_this: tuple[str, ...]
    only_other: tuple[str, ...]
    better: int
    worse: int
    same: int


def compared(outcome: Outcome, others: Collection[str]) -> Comparison:
    """The outcome against other winners, given by key. ElectionError for a key that no project has."""
    election, profile = outcome.election, cast_profile(outcome)
    for key in others:
        if key not in election.places:
            raise ElectionError(f"There is no project {key}.", cure="Name projects of this election.")
    places = [election.places[key] for key in others]
    gain = satisfaction_by_class(profile, outcome.selection.winners) - satisfaction_by_class(profile, places)
    better, worse, same = (int(profile.weights[part].sum()) for part in (gain > 0, gain < 0, gain == 0))
    return Comparison(
        winners=tuple(others),
        cost=sum(election.projects[place].cost for place in places),
        only_this=tuple(key for key in outcome.winners if key not in others),
        only_other=tuple(key for key in others if key not in outcome.winners),
        better=better,
        worse=worse,
        same=same,
    )


def greedy_outcome(outcome: Outcome) -> Outcome:
    """What the common rule would have chosen: the most votes first (the most points, or places below it, where
    ballots have these), and what does not fit is passed over. Same budget, constraints and order of ties."""
    by: dict[str, Satisfaction] = {"cumulative": "points", "scoring": "points", "ordinal": "borda"}
    options = outcome.options
    return count(
        outcome.election,
        rule="greedy",
        satisfaction=by.get(outcome.election.ballots.kind, "cardinality"),
        tie_break=options.tie_break,
        seed=options.seed,
    )


def satisfaction_by_class(profile: Profile, chosen: Collection[int]) -> npt.NDArray[np.int64]:
    """What the chosen projects are worth to a voter of each class."""
    is_chosen = np.isin(profile.projects, np.fromiter(chosen, dtype=np.int64, count=len(chosen)))
    worth = np.where(is_chosen, profile.utilities, 0)
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(worth, dtype=np.int64)])
    # A running sum may pass 2^63 and come round again; differences of it are right all the same.
    satisfaction: npt.NDArray[np.int64] = before[profile.starts[1:]] - before[profile.starts[:-1]]
    return satisfaction
