"""Counts of answers by group, and Polis's statistics of them.

With na, nd and ns the agrees, disagrees and all answers (pass included) of a group on a statement:

    share                p = (na + 1) / (ns + 2)
    one proportion       z = 2 sqrt(ns + 1) ((na + 1) / (ns + 1) - 1/2)
    representativeness   R = p / ((na elsewhere + 1) / (ns elsewhere + 2)), elsewhere being all other groups
    two proportions      w = (a/n - b/m) / sqrt(h (1 - h) (1/n + 1/m)), h = (a + b) / (n + m), 0 where h = 1,
                         with a, n the counts here and b, m those elsewhere, each plus 1

and the same for disagreeing. A value counts as significant above 1.2816 (one-sided 90 %). Source: Small et al.,
"Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces", RECERCA 26(2), 2021, and the published maths
files, which these formulas reproduce.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 1.2816


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Numbers (groups, statements) of agrees, disagrees and all answers, pass included."""

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    seen: NDArray[np.int64]

    @property
    def together(self) -> Answers:
        """The sums over the groups, as one."""
        return Answers(*(part.sum(axis=0, keepdims=True) for part in (self.agree, self.disagree, self.seen)))


def count_answers(
    stratum: NDArray[np.int64],
    columns: NDArray[np.integer[Any]],
    values: NDArray[np.float64],
    *,
    groups: int,
    statements: int,
) -> Answers:
    """Answers of each group; `stratum` is the group of the person behind each vote, -1 for none."""

    def count(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        kept = chosen & (stratum >= 0)
        code = stratum[kept] * statements + columns[kept]
        return np.bincount(code, minlength=groups * statements).reshape(groups, statements)

    return Answers(agree=count(values > 0), disagree=count(values < 0), seen=count(np.isfinite(values)))


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """p, z, R and w (groups, statements) of one side."""

    hits: NDArray[np.int64]
    share: NDArray[np.float64]
    test: NDArray[np.float64]
    ratio: NDArray[np.float64]
    ratio_test: NDArray[np.float64]

    @property
    def significant(self) -> NDArray[np.bool_]:
        """Where both tests are passed."""
        return (self.test > THRESHOLD) & (self.ratio_test > THRESHOLD)

    @property
    def metric(self) -> NDArray[np.float64]:
        """What representative statements are ranked by."""
        return self.ratio * self.ratio_test * self.share * self.test


def smoothed_share(hits: NDArray[np.int64], seen: NDArray[np.int64]) -> NDArray[np.float64]:
    """p of the text above; 1/2 without answers."""
    return (hits + 1.0) / (seen + 2.0)


def one_proportion(hits: NDArray[np.int64], seen: NDArray[np.int64]) -> NDArray[np.float64]:
    """z of the text above."""
    return np.asarray(2.0 * np.sqrt(seen + 1.0) * ((hits + 1.0) / (seen + 1.0) - 0.5))


def two_proportions(
    hits: NDArray[np.int64], seen: NDArray[np.int64], *, elsewhere: NDArray[np.int64], seen_elsewhere: NDArray[np.int64]
) -> NDArray[np.float64]:
    """w of the text above. Polis's file has it as a 32-bit number."""
    a, n, b, m = hits + 1.0, seen + 1.0, elsewhere + 1.0, seen_elsewhere + 1.0
    whole = a + b == n + m
    h = np.where(whole, 0.5, (a + b) / (n + m))
    return np.where(whole, 0.0, (a / n - b / m) / np.sqrt(h * (1.0 - h) * (1.0 / n + 1.0 / m)))


def side(hits: NDArray[np.int64], seen: NDArray[np.int64]) -> Side:
    """The statistics of one side, from its counts (groups, statements) and all answers."""
    elsewhere, seen_elsewhere = hits.sum(axis=0) - hits, seen.sum(axis=0) - seen
    share = smoothed_share(hits, seen)
    return Side(
        hits=hits,
        share=share,
        test=one_proportion(hits, seen),
        ratio=share / smoothed_share(elsewhere, seen_elsewhere),
        ratio_test=two_proportions(hits, seen, elsewhere=elsewhere, seen_elsewhere=seen_elsewhere),
    )


def group_consensus(answers: Answers) -> NDArray[np.float64]:
    """Group-informed consensus (statements,): the product of the groups' shares of agreement, on raw votes."""
    return np.asarray(np.prod(smoothed_share(answers.agree, answers.seen), axis=0))
