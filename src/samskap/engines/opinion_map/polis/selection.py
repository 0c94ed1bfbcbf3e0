"""Which statements Polis shows: for each group those that stand for it, and the consensus of everybody."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.polis.counts import (
    THRESHOLD,
    Answers,
    Side,
    one_proportion,
    side,
    smoothed_share,
)
from samskap.engines.opinion_map.polis.model import PolisConsensus, PolisRepresentative

LONGEST = 5


def representative(
    answers: Answers, *, statements: tuple[str, ...], out: NDArray[np.bool_]
) -> tuple[tuple[PolisRepresentative, ...], ...]:
    """For each group up to five statements, agrees before disagrees.

    Enough are statements that pass both tests on one side; they are ranked by R w p z of the side with the larger w.
    The best agreed statement comes first, and stands alone if no other is enough; if there is none either, the
    statement with the largest w on any side. Statements that are out are passed over
    (Polis counts a pass of everyone there, which shows nowhere).
    """
    agree, disagree = side(answers.agree, answers.seen), side(answers.disagree, answers.seen)
    kept = np.flatnonzero(~out).tolist()
    return tuple(
        tuple(
            _entry(group, at, statements, answers, agree=agree, disagree=disagree, best=best)
            for at, best in _chosen(group, answers=answers, agree=agree, disagree=disagree, kept=kept)
        )
        for group in range(len(answers.seen))
    )


def _chosen(group: int, *, answers: Answers, agree: Side, disagree: Side, kept: list[int]) -> list[tuple[int, bool]]:
    """Places of the chosen statements in order of showing, each with whether it is the best agreed."""
    if not kept:
        return []
    prefers_agree = (agree.ratio_test > disagree.ratio_test)[group]
    metric = np.where(prefers_agree, agree.metric[group], disagree.metric[group])
    enough = (agree.significant | disagree.significant)[group]
    best = _best_agreed(group, answers=answers, agree=agree, kept=kept)
    ranked = sorted((at for at in kept if enough[at] and at != best), key=lambda at: -metric[at])
    if not any(enough[at] for at in kept):
        ranked = []
        if best is None:
            largest = np.maximum(agree.ratio_test, disagree.ratio_test)[group]
            ranked = [max(kept, key=lambda at: largest[at])]
    shown = ([] if best is None else [best]) + ranked
    return [(at, at == best) for at in sorted(shown[:LONGEST], key=lambda at: not prefers_agree[at])]


def _best_agreed(group: int, *, answers: Answers, agree: Side, kept: list[int]) -> int | None:
    """The best agreed statement, by one pass over the columns: the outcome depends on their order, as in Polis."""
    share, test = agree.share[group], agree.test[group]
    ratio, metric = agree.ratio[group], agree.metric[group]
    sided = (answers.agree + answers.disagree)[group] > 0
    good = (test > THRESHOLD) | ((ratio > 1.0) & (share > 0.5))
    best: int | None = None
    for at in kept:
        if not sided[at]:
            continue
        if best is None:
            better = good[at]
        elif ratio[best] > 1.0:
            better = metric[at] > metric[best]
        else:
            better = share[at] * test[at] > share[best] * test[best]
        if better:
            best = at
    return best


def _entry(
    group: int,
    at: int,
    statements: tuple[str, ...],
    answers: Answers,
    *,
    agree: Side,
    disagree: Side,
    best: bool,
) -> PolisRepresentative:
    agrees = bool(agree.ratio_test[group, at] > disagree.ratio_test[group, at])
    chosen = agree if agrees else disagree
    return PolisRepresentative(
        statement=statements[at],
        side="agree" if agrees else "disagree",
        hits=int(chosen.hits[group, at]),
        trials=int(answers.seen[group, at]),
        share=float(chosen.share[group, at]),
        test=float(chosen.test[group, at]),
        ratio=float(chosen.ratio[group, at]),
        ratio_test=float(chosen.ratio_test[group, at]),
        best_agreed=int(answers.agree[group, at]) if best else None,
    )


def consensus(
    hits: NDArray[np.int64], trials: NDArray[np.int64], *, statements: tuple[str, ...], out: NDArray[np.bool_]
) -> tuple[PolisConsensus, ...]:
    """The statements on which most of everybody is on one side, best first: p > 1/2 and z significant, by p z.

    Groups play no part. At most five; of equal ones the first in order.
    """
    share, test = smoothed_share(hits, trials), one_proportion(hits, trials)
    found = np.flatnonzero(~out & (share > 0.5) & (test > THRESHOLD)).tolist()
    return tuple(
        PolisConsensus(statements[at], int(hits[at]), int(trials[at]), float(share[at]), float(test[at]))
        for at in sorted(found, key=lambda at: -share[at] * test[at])[:LONGEST]
    )
