"""Polis's own consensus lists, so that a map can be compared with an old Polis report.

The definition is that of the Polis mathematics: over everybody, groups play no part. With na agrees among ns
answers (pass included), p = (na + 1) / (ns + 2) and z = 2 sqrt(ns + 1) ((na + 1) / (ns + 1) - 1/2). A statement is
a candidate if p > 1/2 and z > 1.2816 (one-sided 90 %); the five with the largest p z make the list. Disagreement
likewise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.breakdown import count_answers
from samskap.engines.opinion_map.votes import Votes

LONGEST = 5
THRESHOLD = 1.2816


@dataclass(frozen=True, slots=True)
class PolisConsensus:
    """One entry of a list: hits among trials, the smoothed share p and the test value z."""

    statement: str
    hits: int
    trials: int
    share: float
    test: float


def polis_consensus(
    votes: Votes, *, left_out: frozenset[str] = frozenset()
) -> tuple[tuple[PolisConsensus, ...], tuple[PolisConsensus, ...]]:
    """The agree list and the disagree list, best first; `left_out` are moderated and meta statements."""
    everyone = np.zeros(len(votes.people), dtype=np.int64)
    answers = count_answers(votes, member=everyone, strata=1)[0]
    kept = np.array([key not in left_out for key in votes.statements], dtype=bool)
    return (
        _ranked(votes.statements, hits=answers[:, 2], trials=answers.sum(axis=1), kept=kept),
        _ranked(votes.statements, hits=answers[:, 0], trials=answers.sum(axis=1), kept=kept),
    )


def _ranked(
    keys: tuple[str, ...], *, hits: NDArray[np.int64], trials: NDArray[np.int64], kept: NDArray[np.bool_]
) -> tuple[PolisConsensus, ...]:
    share = (hits + 1) / (trials + 2)
    test = 2.0 * np.sqrt(trials + 1) * ((hits + 1) / (trials + 1) - 0.5)
    chosen = np.flatnonzero(kept & (share > 0.5) & (test > THRESHOLD)).tolist()
    best = sorted(chosen, key=lambda place: (-share[place] * test[place], keys[place]))[:LONGEST]
    return tuple(
        PolisConsensus(keys[place], int(hits[place]), int(trials[place]), float(share[place]), float(test[place]))
        for place in best
    )
