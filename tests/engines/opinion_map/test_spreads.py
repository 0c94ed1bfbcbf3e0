"""The world without groups keeps what is known of the real one."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engines.opinion_map.worlds import one_spread

from samskap.engines.opinion_map import Votes, places
from samskap.engines.opinion_map.axes import leading_axes
from samskap.engines.opinion_map.crowd import joined
from samskap.engines.opinion_map.scatter import counts_of, scatter_of
from samskap.engines.opinion_map.spreads import drawn_votes, spread_of


def test_people_in_the_world_spread_as_broadly_as_the_real_ones() -> None:
    votes = Votes.from_rows(one_spread(people=400, statements=40, density=0.6, seed=3))
    block = joined(votes.crowd().blocks.blocks)
    scatter = scatter_of(votes.crowd().blocks, statements=40, needed=7)
    axes = leading_axes(scatter)
    real = places.wide_places(block, axes.loadings)
    spread = spread_of(counts_of(block, 40, 0), loadings=axes.loadings, wide=real.spread)
    random = np.random.default_rng(1)
    drawn = [drawn_votes(block, spread, random=random) for _ in range(10)]
    wide = np.mean([places.wide_places(world, axes.loadings).points.std(axis=0) for world in drawn], axis=0)
    assert wide[0] == pytest.approx(real.points.std(axis=0)[0], rel=0.1)
    shares = np.mean([counts_of(world, 40, 0) for world in drawn], axis=0)
    np.testing.assert_allclose(shares, counts_of(block, 40, 0), atol=25.0)
    assert [np.array_equal(world.columns, block.columns) for world in drawn] == [True] * 10


def test_lean_on_the_place_is_the_covariance_of_ranked_answers_with_a_normal_number() -> None:
    random = np.random.default_rng(2)
    normal = np.sort(random.standard_normal(40_000))
    answers = np.sort(random.choice([-1, 0, 1], size=40_000, p=[0.2, 0.3, 0.5]))
    reach = float(np.mean(answers * normal))
    counts = np.array([[np.sum(answers == value) for value in (-1, 0, 1)]])
    spread = spread_of(counts, loadings=np.array([[0.4, 0.0]]), wide=np.array([0.25, 1.0]))
    assert spread.lean[0].tolist() == pytest.approx([0.4 * 0.5 / reach, 0.0], rel=0.02)
    assert spread.chance[0] ** 2 + np.sum(spread.lean[0] ** 2) == pytest.approx(1.0)
    np.testing.assert_allclose(spread.cuts[0], [-0.8416, 0.0], atol=0.03)
