"""Common ground: what more than half of every group and every sector agree with, or reject, for certain.

A statement is on the list if the lower bounds of all its strata, and of everyone, lie above one half. All of them at
one level is enough: the claim "each stratum's share is at least b", with b the smallest bound, is wrong only if the
bound of the very stratum with the smallest true share is (intersection-union test, Berger 1982).

The level comes from the list. A statement can be listed wrongly only where all strata but one pass and the last one
passes by chance, which it does with the chance of the level. So at a level g the list of R has no more than g N wrong
entries to be expected, where N counts the statements with at most one stratum failing, kind by kind (strata of one
kind are different people); and the level is the highest with g N at most RATE R. That is adaptive filtering (Wang, Gui,
Su, Sabatti and Owen 2022); it asks less than comparing with all statements, of which most are far from common ground.
The same count holds for bounds that lie above the truth, so they are told at that level. Everyone's share is a mean of
the strata's: it counts by itself only where no kind of stratum holds half of the answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map import breakdown
from samskap.engines.opinion_map.bounds import chances, lower_bounds, quantile
from samskap.engines.opinion_map.breakdown import FEWEST, Case
from samskap.engines.opinion_map.discovery import RATE, Choice
from samskap.engines.opinion_map.result import Awaited, CommonGround, Lacking, Side, StratumName

EVERYONE = "everyone"
MAJORITY = 0.5
MOST_ASKED = 1000
STEP = 0.95
STEPS = 400
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
    chance = np.where(heard, chances(hits, answered, share=MAJORITY), 0.0)
    near = _near(case, chance=chance, heard=heard, answered=answered)[:, possible]
    level, tested = _level(chance[:, possible].max(axis=0, initial=0.0), near=near)
    chosen = possible & (chance.max(axis=0, initial=0.0) <= level)
    bounds = _bounds(hits, answered, where=heard & chosen, level=level)
    return Ground(side, Choice(chosen, bounds.min(axis=0), tested, level), bounds)


def _near(
    case: Case, *, chance: NDArray[np.float64], heard: NDArray[np.bool_], answered: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The level from which at most one stratum fails, by kind (1 + kinds, statements); everyone first, 1 = never."""
    near, first = [], 1
    held = np.zeros(len(case.keys), dtype=np.int64)
    for table in case.tables:
        rows = slice(first, first + len(table.names))
        first += len(table.names)
        ordered = np.sort(chance[rows], axis=0)
        second = ordered[-2] if len(ordered) > 1 else np.zeros(len(case.keys))
        near.append(np.where(heard[rows].any(axis=0), second, 1.0))
        held = np.maximum(held, np.where(heard[rows], answered[rows], 0).sum(axis=0))
    return np.stack([np.where(2 * held < answered[0], 0.0, 1.0), *near])


def _level(largest: NDArray[np.float64], *, near: NDArray[np.float64]) -> tuple[float, int]:
    """The highest level of the grid at which the list keeps its rate, and how many are near; RATE / all if none is."""
    ends, borders = np.sort(largest), np.sort(near[near < 1.0])
    levels = RATE * STEP ** np.arange(STEPS)
    listed = np.searchsorted(ends, levels, side="right")
    close = np.searchsorted(borders, levels, side="right")
    fits = np.flatnonzero((listed > 0) & (levels * close <= RATE * listed))
    if not fits.size:
        return RATE / max(len(largest), 1), len(largest)
    return float(levels[fits[0]]), int(max(close[fits[0]], listed[fits[0]]))


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
    level = ground.choice.level
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
