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
    middles = np.array([[0.0, 0.0, 0.0], [4.0, 0.0, 0.0], [0.0, 0.0, 4.0]])
    truth = np.repeat([0, 1, 2], 50)
    points = middles[truth] + random.normal(size=(150, 3)) * 0.3
    found = clusters.groupings(points, most=5)
    assert sorted(found) == [2, 3, 4, 5]
    assert clusters.agreement(truth, found[3].labels) == 1.0
    for group in range(3):
        np.testing.assert_allclose(found[3].centres[group], points[found[3].labels == group].mean(axis=0))
    silhouettes = {groups: clusters.silhouette(points, centres=found[groups].centres) for groups in found}
    assert max(silhouettes, key=silhouettes.__getitem__) == 3
    assert silhouettes[3] == pytest.approx(plain_silhouette(points, found[3].centres))


def plain_silhouette(points, centres) -> float:
    """Point by point: how much nearer its own centre is than the next."""
    told = []
    for point in points:
        near, next_one = sorted(float(np.linalg.norm(point - centre)) for centre in centres)[:2]
        told.append((next_one - near) / next_one)
    return sum(told) / len(told)


def test_twice_the_points_give_the_same_groups() -> None:
    random = np.random.default_rng(6)
    points = random.normal(size=(300, 2)) + random.choice([-2.0, 2.0], size=(300, 1))
    once = clusters.groupings(points, most=5)
    twice = clusters.groupings(np.repeat(points, 2, axis=0), most=5)
    for groups in (2, 3, 4, 5):
        np.testing.assert_allclose(twice[groups].centres, once[groups].centres, atol=1e-9)
        np.testing.assert_array_equal(twice[groups].labels, np.repeat(once[groups].labels, 2))


def test_equal_points_give_groups_without_an_error() -> None:
    found = clusters.groupings(np.zeros((12, 3)), most=3)
    assert [set(found[groups].labels.tolist()) for groups in (2, 3)] == [{0}, {0}]
    assert clusters.silhouette(np.zeros((12, 3)), centres=found[3].centres) == 0.0
