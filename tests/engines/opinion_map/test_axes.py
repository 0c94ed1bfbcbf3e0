"""The sparse core equals a dense twin that fills every cell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.opinion_map.worlds import any_rows, planted

from samskap.engines.opinion_map import Votes, axes
from samskap.engines.opinion_map.axes import Residuals


def sparse(rows) -> tuple[Votes, Residuals]:
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
    return votes, residuals


def dense(rows) -> np.ndarray:
    """Centred votes with every missing one filled with the mean of its statement, cell by cell."""
    people, statements = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    given_votes = {(person, statement): value for person, statement, value in rows}
    filled = np.zeros((len(people), len(statements)))
    for at, statement in enumerate(statements):
        cast = [given_votes[person, statement] for person in people if (person, statement) in given_votes]
        mean = sum(cast) / len(cast)
        for row, person in enumerate(people):
            filled[row, at] = given_votes.get((person, statement), mean) - mean
    return filled


@given(any_rows())
@settings(max_examples=60, deadline=None)
def test_gram_is_that_of_the_filled_matrix(rows) -> None:
    _, residuals = sparse(rows)
    if rows:
        full = dense(rows)
        np.testing.assert_allclose(axes.gram(residuals), full.T @ full, atol=1e-12)
        assert residuals.total == pytest.approx(np.sum(full**2))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_axes_are_those_of_a_full_singular_value_decomposition(seed: int) -> None:
    rows, _ = planted(3, people=60, statements=12, density=0.6, seed=seed)
    _, residuals = sparse(rows)
    values, vectors = axes.leading_axes(residuals)
    _, lengths, directions = np.linalg.svd(dense(rows), full_matrices=False)
    np.testing.assert_allclose(values, lengths[:2] ** 2, rtol=1e-10)
    np.testing.assert_allclose(np.abs(np.sum(vectors * directions[:2].T, axis=0)), 1.0, atol=1e-9)
    assert [vectors[np.argmax(np.abs(vectors[:, axis])), axis] > 0 for axis in (0, 1)] == [True, True]


def test_many_statements_give_the_same_axes_by_sparse_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, _ = planted(3, people=90, statements=40, seed=4)
    _, residuals = sparse(rows)
    exact = axes.leading_axes(residuals)
    monkeypatch.setattr(axes, "SMALL", 5)
    by_matrix = axes.leading_axes(residuals)
    np.testing.assert_allclose(by_matrix[1], exact[1], atol=1e-7)
    monkeypatch.setattr(axes, "DENSE_STATEMENTS", 5)
    passes = axes.leading_axes(residuals)
    np.testing.assert_allclose(passes[0], exact[0], rtol=1e-9)
    np.testing.assert_allclose(passes[1], exact[1], atol=1e-5)
    near = axes.nearby_axes(residuals, start=np.linalg.qr(axes.start_block(40))[0], rounds=60)
    np.testing.assert_allclose(near, exact[1], atol=1e-5)


def test_places_are_the_ridge_solution_of_each_person() -> None:
    rows, _ = planted(2, people=40, statements=10, density=0.5, seed=5)
    votes, residuals = sparse(rows)
    loadings = axes.scaled(axes.leading_axes(residuals)[1])
    placed = axes.fitted_places(residuals, loadings)
    prior = placed.prior
    for person in range(len(votes.people)):
        own = residuals.rows == person
        seen, left = loadings[residuals.columns[own]], residuals.values[own]
        pull = np.diag([prior.noise / prior.first, prior.noise / prior.second])
        inverse = np.linalg.inv(seen.T @ seen + pull)
        np.testing.assert_allclose(placed.xy[person], inverse @ seen.T @ left, atol=1e-10)
        spread = inverse * prior.noise
        np.testing.assert_allclose(placed.covariance[person], [spread[0, 0], spread[0, 1], spread[1, 1]], atol=1e-12)


def test_few_votes_pull_a_person_to_the_middle() -> None:
    rows, _ = planted(2, people=60, statements=20, density=1.0, seed=6)
    _, residuals = sparse(rows)
    loadings = axes.scaled(axes.leading_axes(residuals)[1])
    whole = axes.fitted_places(residuals, loadings)
    few = residuals.columns < 2
    cut = Residuals.of(residuals.rows[few], residuals.columns[few], residuals.values[few], people=60, statements=20)
    shrunk = axes.places(cut, loadings, prior=whole.prior)
    assert np.abs(shrunk.xy[:, 0]).mean() < np.abs(whole.xy[:, 0]).mean()
    assert np.all(shrunk.covariance[:, 0] >= whole.covariance[:, 0])


def test_lanczos_finds_the_largest_eigenvalue() -> None:
    rows, _ = planted(3, people=80, statements=14, seed=7)
    _, residuals = sparse(rows)
    start = np.random.default_rng(1).standard_normal(14)
    exact = np.linalg.eigvalsh(axes.gram(residuals))[-1]
    assert axes.lanczos_top(residuals, start=start) == pytest.approx(exact, rel=1e-10)
