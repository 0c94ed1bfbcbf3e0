"""Pooled shares: the textbook's sums, and drawn no further than strata are alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.opinion_map.cases import any_case

from samskap.engines.opinion_map.breakdown import Case, pooled_shares
from samskap.engines.opinion_map.pooling import correlation, pooled


def plain_correlation(hits: np.ndarray, answered: np.ndarray) -> float:
    apart = alike = 0.0
    for x, n in zip(hits.T.tolist(), answered.T.tolist(), strict=True):
        heard = [(a, b) for a, b in zip(x, n, strict=True) if b]
        whole = sum(n)
        if whole <= len(heard):
            continue
        middle = sum(x) / whole
        within = sum(b * (a / b) * (1 - a / b) for a, b in heard) / (whole - len(heard))
        apart += sum(b * (a / b - middle) ** 2 for a, b in heard) - (len(heard) - 1) * within
        alike += within * (whole - sum(b * b for _, b in heard) / whole)
    return min(apart / (apart + alike), 1.0) if apart > 0 else 0.0


@given(any_case())
@settings(deadline=None, max_examples=80)
def test_pooled_shares_are_those_summed_by_hand(case: Case) -> None:
    for table in case.tables:
        for column in (2, 0):
            hits, answered = table.answers[..., column], table.answered
            rho = plain_correlation(hits, answered)
            assert correlation(hits, answered) == pytest.approx(rho, abs=1e-9)
            found = pooled_shares(case, table=table, column=column)
            for at in np.ndindex(hits.shape):
                whole = case.everyone[at[1]].sum()
                middle = case.everyone[at[1], column] / whole if whole else 0.0
                n, own = answered[at], hits[at] / max(answered[at], 1)
                weight = n * rho / (n * rho + 1 - rho) if n * rho > 0 else 0.0
                assert found[at] == pytest.approx(middle + weight * (own - middle), abs=1e-7)


def world(spread: float, *, seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    middle = random.uniform(0.2, 0.9, size=300)
    kappa = 1 / spread - 1
    share = random.beta(middle * kappa, (1 - middle) * kappa, size=(5, 300))
    answered = random.integers(5, 40, size=(5, 300))
    return share, random.binomial(answered, share), answered


@pytest.mark.parametrize("spread", [0.02, 0.1, 0.3])
def test_the_planted_likeness_of_strata_is_found(spread: float) -> None:
    _, hits, answered = world(spread)
    assert correlation(hits, answered) == pytest.approx(spread, abs=0.02)


def test_pooled_shares_are_nearer_the_truth_than_plain_ones() -> None:
    share, hits, answered = world(0.05)
    middle = hits.sum(axis=0) / answered.sum(axis=0)
    errors = [
        float(((guess - share) ** 2).mean()) for guess in (pooled(hits, answered, middle=middle), hits / answered)
    ]
    assert errors[0] < 0.7 * errors[1]


def test_strata_that_never_differ_share_everybody_s_share() -> None:
    answered = np.full((3, 50), 20)
    hits = np.tile(np.arange(50) % 20, (3, 1))
    middle = hits[0] / 20
    assert pooled(hits, answered, middle=middle) == pytest.approx(np.tile(middle, (3, 1)))
