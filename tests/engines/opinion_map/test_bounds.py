"""Bounds keep their promise, and equal the equation they solve."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.opinion_map import cases

from samskap.engines.opinion_map.bounds import difference_lower, lower_bounds, upper_bounds

LEVELS = (0.05, 0.003, 1e-6)


@given(st.integers(0, 120), st.integers(0, 120), st.sampled_from(LEVELS))
@settings(deadline=None)
def test_bounds_are_those_found_by_summing_and_halving(one: int, other: int, level: float) -> None:
    hits, answered = min(one, other), max(one, other)
    assert lower_bounds(hits, answered, level=level) == pytest.approx(cases.lower(hits, answered, level), abs=1e-9)
    assert upper_bounds(hits, answered, level=level) == pytest.approx(cases.upper(hits, answered, level), abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("answered", [5, 24, 100])
def test_whatever_the_share_is_the_bound_misses_it_no_more_often_than_its_level(answered: int, level: float) -> None:
    hits = np.arange(answered + 1)
    bounds = lower_bounds(hits, np.full(len(hits), answered), level=level)
    for share in np.linspace(0.01, 0.99, 99).tolist():
        chance = [math.comb(answered, int(k)) * share**k * (1 - share) ** (answered - k) for k in hits.tolist()]
        assert math.fsum(chance[k] for k in hits.tolist() if bounds[k] > share) <= level * (1 + 1e-9)


@given(st.integers(0, 3_000_000), st.integers(0, 3_000_000), st.sampled_from(LEVELS))
@settings(deadline=None)
def test_bounds_of_whole_nations_lie_around_the_share_and_close_to_it(one: int, other: int, level: float) -> None:
    hits, answered = min(one, other), max(one, other)
    low, high = float(lower_bounds(hits, answered, level=level)), float(upper_bounds(hits, answered, level=level))
    share = hits / answered if answered else 0.5
    assert 0.0 <= low <= share <= high <= 1.0
    assert high - low <= 12.0 / math.sqrt(answered + 1)


@given(st.integers(1, 60), st.integers(0, 60))
def test_the_same_answers_twice_over_narrow_the_bounds(hits: int, misses: int) -> None:
    once, twice = lower_bounds(hits, hits + misses), lower_bounds(2 * hits, 2 * (hits + misses))
    assert once < twice


def test_a_difference_is_surer_the_narrower_the_two_gaps() -> None:
    found = difference_lower(
        np.array([0.9, 0.9]), lower=np.array([0.6, 0.8]), other=np.array([0.2, 0.2]), other_upper=np.array([0.6, 0.3])
    )
    assert found.round(3).tolist() == [0.2, 0.559]


@pytest.mark.parametrize(("sizes", "shares"), [((8, 8), (0.5, 0.5)), ((12, 40), (0.9, 0.6)), ((30, 30), (0.8, 0.1))])
def test_a_bound_of_a_difference_misses_it_no_more_often_than_its_level(
    sizes: tuple[int, int], shares: tuple[float, float]
) -> None:
    first, second = (np.arange(size + 1) for size in sizes)
    bound = difference_lower(
        first[:, None] / sizes[0],
        lower=lower_bounds(first, sizes[0])[:, None],
        other=second[None, :] / sizes[1],
        other_upper=upper_bounds(second, sizes[1])[None, :],
    )
    chances = [
        np.array([math.comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size + 1)])
        for size, share in zip(sizes, shares, strict=True)
    ]
    missed = np.outer(*chances)[bound > shares[0] - shares[1]].sum()
    assert missed <= 0.05
