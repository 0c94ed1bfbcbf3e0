"""The world without groups keeps what is known of the real one."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engines.opinion_map.worlds import one_spread

from samskap.engines.opinion_map import Votes, axes, spreads
from samskap.engines.opinion_map.axes import Map, Residuals


def world(rows) -> Map:
    votes = Votes.from_rows(rows)
    values = votes.values.astype(float)
    means = axes.column_means(votes.columns, values, statements=len(votes.statements))
    residuals = Residuals.of(
        votes.rows,
        votes.columns,
        values - means[votes.columns],
        people=len(votes.people),
        statements=len(votes.statements),
    )
    eigenvalues, vectors = axes.leading_axes(residuals)
    loadings = axes.scaled(vectors)
    return Map(residuals, eigenvalues, loadings, axes.fitted_places(residuals, loadings))


def test_people_in_the_world_spread_as_broadly_as_the_real_ones() -> None:
    known = world(one_spread(people=400, statements=40, density=0.6, seed=3))
    real = known.places.xy.std(axis=0)
    drawn = np.mean(
        [xy.std(axis=0) for xy in spreads.places_in_spreads(known, worlds=10, random=np.random.default_rng(1))], axis=0
    )
    assert drawn[0] == pytest.approx(real[0], rel=0.1)


def test_reach_is_the_covariance_of_ranked_answers_with_a_normal_number() -> None:
    random = np.random.default_rng(2)
    ordered = np.sort(random.choice([-1.0, 0.0, 1.0], size=40_000, p=[0.2, 0.3, 0.5]))
    normal = np.sort(random.standard_normal(40_000))
    reach = spreads._reach(ordered, columns=np.zeros(40_000, dtype=np.int64), statements=1)
    assert reach[0] == pytest.approx(np.mean(ordered * normal), abs=0.01)
