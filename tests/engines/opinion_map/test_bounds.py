"""Bounds keep their promise, and equal the equation they solve."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.engines.opinion_map.bounds import Z, difference_lower, wilson


def plain(hits: int, answered: int) -> tuple[float, float]:
    """The shares p at which the observed one is Z standard errors of p away, by halving."""
    if answered == 0:
        return 0.0, 1.0
    share = hits / answered

    def is_apart(p: float) -> bool:
        return abs(share - p) > Z * math.sqrt(p * (1 - p) / answered)

    def edge(inside: float, outside: float) -> float:
        for _ in range(80):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if is_apart(middle) else (middle, outside)
        return (inside + outside) / 2

    return (edge(share, 0.0) if hits else 0.0), (edge(share, 1.0) if hits < answered else 1.0)


@given(st.integers(0, 400), st.integers(0, 400))
def test_wilson_solves_its_equation(one: int, other: int) -> None:
    hits, answered = min(one, other), max(one, other)
    lower, upper = wilson(np.array([hits]), np.array([answered]))
    low, high = plain(hits, answered)
    assert lower[0] == pytest.approx(low, abs=1e-9)
    assert upper[0] == pytest.approx(high, abs=1e-9)
    assert 0.0 <= lower[0] <= upper[0] <= 1.0


def test_the_lower_bound_holds_in_nineteen_of_twenty_worlds() -> None:
    random = np.random.default_rng(5)
    for share in (0.5, 0.7, 0.9):
        hits = random.binomial(60, share, size=20_000)
        lower, _ = wilson(hits, np.full(20_000, 60))
        assert np.mean(lower <= share) >= 0.93


def test_a_difference_is_surer_the_narrower_the_two_gaps() -> None:
    wide = difference_lower(0.9, lower=0.6, other=0.2, other_upper=0.6)
    narrow = difference_lower(0.9, lower=0.8, other=0.2, other_upper=0.3)
    assert (round(wide, 3), round(narrow, 3)) == (0.2, 0.559)
