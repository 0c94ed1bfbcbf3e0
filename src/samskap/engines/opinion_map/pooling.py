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

    Analysis of variance over all statements: sum of n (p - m)^2 against its mean without differences, V (k - 1), and
    with nothing but differences, V (N - sum n^2 / N), where V = m (1 - m) N / (N - 1).
    """
    total = answered.sum(axis=0)
    useful = total > 1
    trials, whole = answered[:, useful], total[useful].astype(np.float64)
    middle = hits[:, useful].sum(axis=0) / whole
    spread = (trials * (hits[:, useful] / np.maximum(trials, 1) - middle) ** 2).sum(axis=0)
    variance = middle * (1.0 - middle) * whole / (whole - 1.0)
    free = np.maximum((trials > 0).sum(axis=0) - 1, 0)
    most = whole - (trials.astype(np.float64) ** 2).sum(axis=0) / whole
    room = float((variance * (most - free)).sum())
    found = float((spread - variance * free).sum()) / room if room > 0.0 else 0.0
    return min(max(found, 0.0), 1.0)
