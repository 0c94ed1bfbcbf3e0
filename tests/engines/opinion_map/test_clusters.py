"""Grouping of points: agreement, silhouette and centres against plain twins."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.engines.opinion_map import clusters


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=25))
def test_agreement_is_that_counted_pair_by_pair(pairs) -> None:
    one, other = (np.array(side) for side in zip(*pairs, strict=True))
    same = [(one[a] == one[b], other[a] == other[b]) for a, b in combinations(range(len(one)), 2)]
    both, first, second = (sum(x and y for x, y in same), sum(x for x, _ in same), sum(y for _, y in same))
    expected, highest = first * second / len(same), (first + second) / 2
    plain = 1.0 if highest == expected else (both - expected) / (highest - expected)
    assert clusters.agreement(one, other) == pytest.approx(plain)


def test_three_heaps_are_found_and_their_centres_are_their_means() -> None:
    random = np.random.default_rng(3)
    middles = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]])
    truth = np.repeat([0, 1, 2], 50)
    points = middles[truth] + random.normal(size=(150, 2)) * 0.3
    start = clusters.best_centres(clusters.gather(points), groups=3)
    found = clusters.grouped(points, centres=start)
    assert clusters.agreement(truth, found.labels) == 1.0
    for group in range(3):
        np.testing.assert_allclose(found.centres[group], points[found.labels == group].mean(axis=0))
    assert found.silhouette > 0.8


def test_gathering_keeps_every_point() -> None:
    points = np.random.default_rng(5).normal(size=(400, 2))
    cells = clusters.gather(points)
    assert cells.weight.sum() == 400
    np.testing.assert_allclose(cells.weight @ cells.xy, points.sum(axis=0), atol=1e-9)
    assert len(cells.weight) < 400


def test_twice_the_points_in_any_order_give_the_same_centres() -> None:
    random = np.random.default_rng(6)
    points = random.normal(size=(300, 2)) + random.choice([-2.0, 2.0], size=(300, 1))
    for groups in (2, 3, 4, 5):
        once = clusters.best_centres(clusters.gather(points), groups=groups)
        twice = clusters.best_centres(clusters.gather(random.permutation(np.repeat(points, 2, axis=0))), groups=groups)
        np.testing.assert_allclose(twice, once, atol=1e-9)
