"""Ballots as the rules read them: equal ballots are one class of voters, each choice has a whole-number utility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from samskap.engines.fair_budget.errors import ElectionError

if TYPE_CHECKING:
    import numpy.typing as npt

    from samskap.engines.fair_budget.election import Ballots, Election

__all__ = ["SATISFACTIONS", "Profile", "Satisfaction", "profile_of"]

Satisfaction = Literal["cost", "cardinality", "points", "borda"]
SATISFACTIONS: tuple[Satisfaction, ...] = ("cost", "cardinality", "points", "borda")

# Points of all voters for a project are added up as 64-bit numbers, and up to here floats hold them whole, too.
MOST_POINTS = 2**53


@dataclass(frozen=True, eq=False, slots=True)
class Profile:
    """Voters with equal ballots always hold equal money, so a class of them is counted once, with its weight.

    starts: int64[classes + 1]; projects: int32[entries], sorted within a class; utilities: int64[entries], all above
    zero (a choice worth nothing is no choice); weights: int64[classes], how many voters; class_of: int32[voters].
    Classes stand in the order of their first voter. Empty ballots are a class without entries.
    """

    starts: npt.NDArray[np.int64]
    projects: npt.NDArray[np.int32]
    utilities: npt.NDArray[np.int64]
    weights: npt.NDArray[np.int64]
    class_of: npt.NDArray[np.int32]


def profile_of(election: Election, satisfaction: Satisfaction) -> Profile:
    """Utilities: the cost of the project, 1, the points given, or the number of projects ranked below it.

    "borda": on a ballot of n projects, place k (from 0) is worth n - 1 - k, as pabutools counts; a project that is
    ranked last, or not at all, is worth nothing. With points on the ballots, a project that got none is not chosen,
    whatever the satisfaction. ElectionError where the ballots have no points or no order, or more points than can be
    added up.
    """
    from samskap.engines.fair_budget import profile_kernels as kernels  # noqa: PLC0415 -- slow import

    utilities = _utilities(election, satisfaction)
    starts, projects, merged, weights, class_of = kernels.merged(
        election.ballots.starts, election.ballots.chosen, utilities
    )
    return Profile(starts, projects, merged, weights, class_of)


def _utilities(election: Election, satisfaction: Satisfaction) -> npt.NDArray[np.int64]:
    """int64[entries]: what each choice on each ballot is worth, zero or less where it is no choice."""
    ballots = election.ballots
    if satisfaction == "points":
        return _points(ballots)
    if satisfaction == "borda":
        return _places_below(ballots)
    if satisfaction == "cost":
        costs = np.array([one.cost for one in election.projects], dtype=np.int64)
        utilities = costs[ballots.chosen]
    else:
        utilities = np.ones(len(ballots.chosen), dtype=np.int64)
    return utilities if ballots.points is None else np.where(ballots.points > 0, utilities, 0)


def _points(ballots: Ballots) -> npt.NDArray[np.int64]:
    if ballots.points is None:
        raise ElectionError(
            f"Ballots of the kind {ballots.kind} have no points.", cure="Count by cost or cardinality instead."
        )
    most = int(ballots.points.max(initial=0))
    if most * ballots.voters >= MOST_POINTS:
        raise ElectionError(
            f"A ballot gives {most} units of points, too many to be added up for {ballots.voters} voters.",
            cure="Give points as smaller numbers.",
        )
    return ballots.points


def _places_below(ballots: Ballots) -> npt.NDArray[np.int64]:
    if ballots.kind != "ordinal":
        raise ElectionError(
            f"Ballots of the kind {ballots.kind} have no order.", cure="Count by cost or cardinality instead."
        )
    return np.repeat(ballots.starts[1:], np.diff(ballots.starts)) - 1 - np.arange(len(ballots.chosen))
