"""What divides: between strata of one kind, or within one.

Never measured by extremity: a statement that nearly all reject is rejected, not divisive. Two strata differ if their
shares of agreement, or of disagreement, do; with the shares of all pairs compared at once, each bound is told at the
level divided by the number of comparisons (Bonferroni). A stratum is divided in itself if both sides are large.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.bounds import LEVEL, difference_lower, lower_bounds, upper_bounds
from samskap.engines.opinion_map.breakdown import FEWEST, Case
from samskap.engines.opinion_map.discovery import Choice, choose
from samskap.engines.opinion_map.ground import EVERYONE
from samskap.engines.opinion_map.result import DividedWithin, Divisive, Side

DIVIDING_SPREAD = 0.25
LARGE_SIDE = 0.25
SIDES: tuple[Side, ...] = ("agree", "disagree")


@dataclass(frozen=True, slots=True, eq=False)
class Spreads:
    """The surest difference of each statement: the pair (strata `high` and `low`), the side, its size and bound.

    `high` leans more towards agreement. Where no two strata of one kind are told, `known` is False.
    """

    known: NDArray[np.bool_]
    high: NDArray[np.int64]
    low: NDArray[np.int64]
    side: NDArray[np.int64]
    spread: NDArray[np.float64]
    lower: NDArray[np.float64]


def find_spreads(case: Case, *, level: float = LEVEL, among: NDArray[np.bool_] | None = None) -> Spreads:
    """The surest differences at this error level, of the statements `among` (all, if left out)."""
    kept = np.arange(len(case.keys)) if among is None else np.flatnonzero(among)
    answers, shown = case.answers[:, kept], case.shown[:, kept]
    pairs = _pairs(case)
    compared = 2 * sum((shown[one] & shown[other]).astype(np.int64) for one, other in pairs) + 0 * kept
    best = _nothing(len(case.keys))
    for number in np.unique(compared[compared > 0]).tolist():
        at = compared == number
        found = _surest(answers[:, at], shown=shown[:, at], pairs=pairs, level=level / number)
        for name in Spreads.__slots__:
            getattr(best, name)[kept[at]] = getattr(found, name)
    return best


def _pairs(case: Case) -> list[tuple[int, int]]:
    strata = case.strata
    return [pair for pair in combinations(range(len(strata)), 2) if strata[pair[0]][0] == strata[pair[1]][0]]


def _nothing(statements: int) -> Spreads:
    return Spreads(
        known=np.zeros(statements, dtype=bool),
        high=np.zeros(statements, dtype=np.int64),
        low=np.zeros(statements, dtype=np.int64),
        side=np.zeros(statements, dtype=np.int64),
        spread=np.zeros(statements),
        lower=np.full(statements, -np.inf),
    )


def _surest(
    answers: NDArray[np.int64], *, shown: NDArray[np.bool_], pairs: list[tuple[int, int]], level: float
) -> Spreads:
    answered = answers.sum(axis=2)
    best = _nothing(answers.shape[1])
    sides = [_share(answers[..., column], answered, level=level) for column in (2, 0)]
    # Pairs outside, sides inside: a tie then falls to the same pair when every vote is turned round.
    for one, other in pairs:
        both = shown[one] & shown[other]
        for side, (share, lower, upper) in enumerate(sides):
            for more, less in ((one, other), (other, one)):
                bound = difference_lower(share[more], lower=lower[more], other=share[less], other_upper=upper[less])
                # Rounding may not decide: without passes the two sides tell the same, and the first is kept.
                wins = both & (share[more] >= share[less]) & (bound > best.lower + 1e-9)
                high, low = (more, less) if side == 0 else (less, more)
                for array, value in ((best.known, 1), (best.high, high), (best.low, low), (best.side, side)):
                    array[wins] = value
                best.spread[wins] = (share[more] - share[less])[wins]
                best.lower[wins] = bound[wins]
    return best


def _share(
    hits: NDArray[np.int64], answered: NDArray[np.int64], *, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Shares with lower and upper bounds."""
    share = np.asarray(hits / np.maximum(answered, 1), dtype=np.float64)
    return share, lower_bounds(hits, answered, level=level), upper_bounds(hits, answered, level=level)


@dataclass(frozen=True, slots=True, eq=False)
class Dividing:
    """What divides, with the surest differences at the level of the choice."""

    choice: Choice
    spreads: Spreads


def find_dividing(case: Case, *, spreads: Spreads, still: NDArray[np.bool_]) -> Dividing:
    """The statements on which two strata of one kind differ by DIVIDING_SPREAD for certain; only those `still` open."""
    possible = case.opinion & spreads.known
    # The bounds of `spreads` are at the mildest level there can be.
    wide = possible & still & (spreads.lower > DIVIDING_SPREAD)

    def lower(level: float, among: NDArray[np.bool_]) -> NDArray[np.float64]:
        return find_spreads(case, level=level, among=among).lower

    choice = choose(lower, among=wide, tested=int(possible.sum()), above=DIVIDING_SPREAD)
    return Dividing(choice, find_spreads(case, level=choice.level, among=choice.chosen))


def told_dividing(case: Case, *, dividing: Dividing) -> list[Divisive]:
    """The entries of the list."""
    found, told = dividing.spreads, []
    for at in np.flatnonzero(dividing.choice.chosen).tolist():
        (kind, high), (_, low) = case.strata[found.high[at]], case.strata[found.low[at]]
        numbers = (float(found.spread[at]), float(found.lower[at]))
        told.append(Divisive(case.keys[at], *numbers, kind, high, low, SIDES[found.side[at]]))
    return told


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """Which strata are divided in themselves: the choice over (strata, statements), laid out flat, and their names."""

    choice: Choice
    names: tuple[tuple[str, str], ...]
    answers: NDArray[np.int64]

    @property
    def divided(self) -> NDArray[np.bool_]:
        """Strata divided in themselves (strata, statements)."""
        return self.choice.chosen.reshape(self.answers.shape[:2])


def find_within(case: Case, *, still: NDArray[np.bool_]) -> Within:
    """The strata of which both sides are at least LARGE_SIDE for certain, on statements `still` open.

    Everyone counts as a stratum where there are no groups.
    """
    names, answers, told = case.strata, case.answers, case.shown
    if not case.groups:
        names = ((EVERYONE, ""), *names)
        answers = np.concatenate([case.everyone[None], answers])
        told = np.concatenate([(case.answered >= FEWEST)[None], told])
    possible = (told & case.opinion).ravel()
    counts = answers.reshape(-1, 3)
    answered = counts.sum(axis=1)
    smaller = np.minimum(counts[:, 0], counts[:, 2])
    split = (told & case.opinion & still).ravel() & (smaller > LARGE_SIDE * answered)

    def lower(level: float, among: NDArray[np.bool_]) -> NDArray[np.float64]:
        # Bounds rise with the hits, so the smaller side has the smaller one.
        found = np.full(len(counts), -np.inf)
        found[among] = lower_bounds(smaller[among], answered[among], level=level)
        return found

    return Within(choose(lower, among=split, tested=int(possible.sum()), above=LARGE_SIDE), names, answers)


def told_within(case: Case, *, within: Within) -> list[DividedWithin]:
    """The entries of the list."""
    bounds = within.choice.bounds.reshape(within.divided.shape)
    told = []
    for stratum, at in np.argwhere(within.divided).tolist():
        disagree, _, agree = within.answers[stratum, at].tolist()
        answered = within.answers[stratum, at].sum()
        shares = (agree / float(answered), disagree / float(answered))
        told.append(DividedWithin(case.keys[at], *within.names[stratum], *shares, float(bounds[stratum, at])))
    return told
