"""The best guess of a stratum's share: drawn towards everybody's, as far as strata differ little in general.

Strata are taken as exchangeable: around the share m of a statement theirs spread with variance rho m (1 - m), the
same rho for all statements (the beta-binomial model; rho is the correlation of two answers from one stratum). rho
comes from the analysis of variance over all statements, so that a stratum with few answers is read in the light of
how much its like have differed elsewhere (empirical Bayes; Efron and Morris 1973, Kleinman 1973).

These are estimates only. A bound made this way would be too high for just the stratum that does differ, so bounds
(see `bounds`) and lists never use them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def pooled(hits: NDArray[np.int64], answered: NDArray[np.int64], *, middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Estimated shares (strata, statements) of strata of one kind, around everybody's share `middle` (statements)."""
    rho = correlation(hits, answered)
    own = hits / np.maximum(answered, 1)
    # With n answers the part n rho / (n rho + 1 - rho) is the stratum's own.
    between = answered * rho
    weight = np.divide(between, between + 1.0 - rho, out=np.zeros(answered.shape), where=between > 0.0)
    return np.asarray(middle + weight * (own - middle), dtype=np.float64)


def correlation(hits: NDArray[np.int64], answered: NDArray[np.int64]) -> float:
    """rho in [0, 1]: how alike two answers from one stratum are, beyond the statement's share; 0 if it cannot be told.

    Analysis of variance over all statements. With k strata, N answers, V = m (1 - m) and C = N - sum n^2 / N, the
    spread within strata, per degree of freedom, is V (1 - rho) on average, and the spread between them, less k - 1
    times that, V rho C.
    """
    strata, whole = (answered > 0).sum(axis=0), answered.sum(axis=0)
    useful = whole > strata
    trials, total, parts = answered[:, useful], whole[useful].astype(np.float64), strata[useful]
    share = hits[:, useful] / np.maximum(trials, 1)
    middle = hits[:, useful].sum(axis=0) / total
    within = (trials * share * (1.0 - share)).sum(axis=0) / (total - parts)
    between = (trials * (share - middle) ** 2).sum(axis=0) - (parts - 1) * within
    weight = total - (trials.astype(np.float64) ** 2).sum(axis=0) / total
    apart, alike = float(between.sum()), float((within * weight).sum())
    return min(apart / (apart + alike), 1.0) if apart > 0.0 else 0.0
