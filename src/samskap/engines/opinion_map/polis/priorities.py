"""Polis's weights for the next statement: a person gets one that is new to them with probability by priority."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.polis.counts import Answers

META = 7.0


def priorities(answers: Answers, *, extremity: NDArray[np.float64], meta: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Priority (statements,) from the raw counts of the groups of the last update and the present extremity.

    With S, A and P the answers, agrees and passes summed over the groups and E the extremity:
    ((1 - (P + 1)/(S + 2)) (E + 1) (A + 1)/(S + 2) (1 + 8 2^(-S/5)))^2, and 7^2 for meta statements.
    """
    sums = answers.together
    seen, agree = sums.seen[0], sums.agree[0]
    passed = seen - agree - sums.disagree[0]
    importance = (1.0 - (passed + 1.0) / (seen + 2.0)) * (extremity + 1.0) * (agree + 1.0) / (seen + 2.0)
    newness = 1.0 + 8.0 * np.exp2(-seen / 5.0)
    return np.asarray(np.where(meta, META, importance * newness) ** 2)
