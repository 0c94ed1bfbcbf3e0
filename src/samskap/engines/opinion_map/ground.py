"""Common ground: what more than half of every group and every sector agree with, or reject, for certain.

A statement is on the list if the lower bounds of all its strata, and of everyone, lie above one half. All of them at
one level is enough: the claim "each stratum's share is at least b", with b the smallest bound, is wrong only if the
bound of the very stratum with the smallest true share is (intersection-union test, Berger 1982). The level itself is
that of the list (see `discovery`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import breakdown
from samskap.engines.opinion_map.bounds import lower_bounds, quantile
from samskap.engines.opinion_map.breakdown import FEWEST, Case
from samskap.engines.opinion_map.discovery import Choice, choose
from samskap.engines.opinion_map.result import Awaited, CommonGround, Lacking, Side, StratumName

EVERYONE = "everyone"
MAJORITY = 0.5
MOST_ASKED = 1000
COLUMN: dict[Side, int] = {"agree": 2, "disagree": 0}


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One side's common ground: the choice, and the lower bounds (1 + strata, statements), everyone first.

    Bounds are at the level of the choice, and 1 for strata without enough answers.
    """

    side: Side
    choice: Choice
    bounds: NDArray[np.float64]


def find_ground(case: Case, *, side: Side) -> Ground:
    """The common ground on one side."""
    answered, hits = _stacked(case, side=side)
    heard = answered >= FEWEST
    possible = case.opinion & heard[0] & ~_silent(case).any(axis=0)
    # Where a share itself is not above one half, no bound of it is.
    open_ = possible & np.where(heard, 2 * hits > answered, True).all(axis=0)

    def smallest(level: float, among: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.where(among, _bounds(hits, answered, where=heard & among, level=level).min(axis=0), -np.inf)

    choice = choose(smallest, among=open_, tested=int(possible.sum()), above=MAJORITY)
    return Ground(side, choice, _bounds(hits, answered, where=heard & choice.chosen, level=choice.level))


def _stacked(case: Case, *, side: Side) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Answers and hits (1 + strata, statements), everyone first; strata that are too small to be heard have none."""
    counts = np.where((case.sizes >= FEWEST)[:, None, None], case.answers, 0)
    stacked = np.concatenate([case.everyone[None], counts])
    return stacked.sum(axis=2), stacked[..., COLUMN[side]]


def _silent(case: Case) -> NDArray[np.bool_]:
    """Strata (strata, statements) with people enough to be heard, but not answers enough to this statement."""
    return np.asarray((case.sizes >= FEWEST)[:, None] & (case.answers.sum(axis=2) < FEWEST), dtype=bool)


def _bounds(
    hits: NDArray[np.int64], answered: NDArray[np.int64], *, where: NDArray[np.bool_], level: float
) -> NDArray[np.float64]:
    found = np.ones(hits.shape)
    found[where] = lower_bounds(hits[where], answered[where], level=level)
    return found


def told_ground(case: Case, *, ground: Ground, silent: list[tuple[StratumName, ...]]) -> list[CommonGround]:
    """The entries of the list; the bound is the smallest of what may be told."""
    told = np.concatenate([np.ones((1, len(case.keys)), dtype=bool), case.shown])
    bounds = np.where(told, ground.bounds, np.inf)
    weakest = bounds.argmin(axis=0)
    names = ((EVERYONE, ""), *case.strata)
    found = []
    for at in np.flatnonzero(ground.choice.chosen).tolist():
        kind, name = names[weakest[at]]
        found.append(CommonGround(case.keys[at], ground.side, float(bounds[weakest[at], at]), kind, name, silent[at]))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """What would be common ground but for strata that have said too little: which, and whom it waits for."""

    side: Side
    level: float
    waiting: NDArray[np.bool_]
    lacking: NDArray[np.bool_]


def find_waiting(case: Case, *, ground: Ground) -> Waiting:
    """Statements that everyone together and no stratum is against, and that lack the answers of some."""
    level = ground.choice.next_level
    answered, hits = _stacked(case, side=ground.side)
    heard = answered >= FEWEST
    silent = np.concatenate([np.zeros((1, len(case.keys)), dtype=bool), _silent(case)])
    ahead = 2 * hits > answered
    possible = case.opinion & ~ground.choice.chosen & heard[0] & np.where(heard, ahead, True).all(axis=0)
    sure = _bounds(hits, answered, where=heard & possible, level=level) > MAJORITY
    waiting = possible & sure[0]
    lacking = (silent | ~sure) & waiting
    return Waiting(ground.side, level, waiting & lacking.any(axis=0), lacking[1:])


def told_waiting(case: Case, *, waiting: Waiting, among: NDArray[np.bool_]) -> list[Awaited]:
    """The entries of the list, with about how many answers each lacking stratum needs."""
    needed = _needed(case, waiting=waiting)
    answered = case.answers.sum(axis=2)
    found = []
    for at in np.flatnonzero(waiting.waiting & among).tolist():
        lacking = []
        for stratum in np.flatnonzero(waiting.lacking[:, at]).tolist():
            so_far = int(answered[stratum, at]) if case.shown[stratum, at] else None
            more = int(needed[stratum, at]) if needed[stratum, at] <= MOST_ASKED else None
            lacking.append(Lacking(*case.strata[stratum], so_far, more))
        found.append(Awaited(case.keys[at], waiting.side, tuple(lacking)))
    return found


def _needed(case: Case, *, waiting: Waiting) -> NDArray[np.float64]:
    """About how many answers in all would make each stratum certain (strata, statements).

    With the share s from now on, T answers hold x + s (T - n) hits; half a hit less than that must lie z standard
    errors above T / 2, which is a quadratic in the root of T.
    """
    column = COLUMN[waiting.side]
    # What is not told may not show in the number either: there, everybody's share and no answers so far.
    answered = np.where(case.shown, case.answers.sum(axis=2), 0)
    hits = np.where(case.shown, case.answers[..., column], 0)
    everybody = case.everyone[:, column] / np.maximum(case.answered, 1)
    guesses = [breakdown.pooled_shares(case, table=table, column=column) for table in case.tables]
    share = np.where(case.shown, np.concatenate([np.zeros((0, len(case.keys))), *guesses]), everybody)
    lead = np.maximum(share - MAJORITY, 1e-9)
    ahead = hits - answered * share - 0.5
    half = quantile(waiting.level) / 2.0
    root = (half + np.sqrt(np.maximum(half * half - 4.0 * lead * ahead, 0.0))) / (2.0 * lead)
    return np.asarray(np.maximum(np.ceil(root * root), np.maximum(answered + 1, FEWEST)), dtype=np.float64)
