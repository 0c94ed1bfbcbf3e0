"""Axes and places equal those of a dense twin that fills every cell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.opinion_map import dense
from tests.engines.opinion_map.worlds import any_rows, planted

from samskap.engines.opinion_map import Votes, axes, places, scatter
from samskap.engines.opinion_map.crowd import joined
from samskap.engines.opinion_map.scatter import PassScatter, Scatter, scatter_of


def both_ways(votes: Votes, *, needed: int) -> tuple[Scatter, Scatter]:
    blocks, statements = votes.crowd().blocks, len(votes.statements)
    by_tables = scatter_of(blocks, statements=statements, needed=needed)
    return by_tables, PassScatter.of(blocks, statements=statements, needed=needed)


@given(any_rows())
@settings(max_examples=60, deadline=None)
def test_tables_and_passes_are_those_of_the_filled_matrix(rows) -> None:
    votes = Votes.from_rows(rows)
    for needed in (0, 3):
        full, answered = dense.filled(votes, needed=needed), dense.seen(votes, needed=needed)
        by_tables, by_passes = both_ways(votes, needed=needed)
        found = scatter.tables_of(votes.crowd().blocks, statements=len(votes.statements), needed=needed)
        for mine, twin in zip(
            (found.products, found.sums, found.seen), dense.tables(votes, needed=needed), strict=True
        ):
            np.testing.assert_array_equal(mine, twin)
        loadings = np.random.default_rng(1).normal(size=(len(votes.statements), 2))
        for way in (by_tables, by_passes):
            np.testing.assert_allclose(way.times(np.eye(len(votes.statements))), full.T @ full, atol=1e-12)
            np.testing.assert_allclose(way.diagonal, np.sum(full**2, axis=0), atol=1e-12)
            np.testing.assert_array_equal(way.answers, answered.sum(axis=0))
            signal, weight = way.common(loadings)
            for axis in (0, 1):
                np.testing.assert_allclose(signal[axis], over_pairs(full * loadings[:, axis]), atol=1e-9)
                np.testing.assert_allclose(weight[axis], over_pairs(answered * loadings[:, axis] ** 2), atol=1e-9)


def over_pairs(matrix: np.ndarray) -> float:
    """Sum over people and over pairs of two different statements of the products of their numbers."""
    return sum(float(np.outer(row, row).sum() - np.sum(row * row)) for row in matrix)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_axes_are_those_of_a_full_singular_value_decomposition(seed: int) -> None:
    rows, _ = planted(3, people=60, statements=12, density=0.6, seed=seed)
    votes = Votes.from_rows(rows)
    found = axes.leading_axes(both_ways(votes, needed=0)[0])
    _, lengths, directions = np.linalg.svd(dense.filled(votes), full_matrices=False)
    np.testing.assert_allclose(found.eigenvalues, lengths[:2] ** 2, rtol=1e-10)
    vectors = found.loadings / np.sqrt(12)
    np.testing.assert_allclose(np.abs(np.sum(vectors * directions[:2].T, axis=0)), 1.0, atol=1e-9)
    assert [vectors[np.argmax(np.abs(vectors[:, axis])), axis] > 0 for axis in (0, 1)] == [True, True]
    assert found.shares[0] == pytest.approx(lengths[0] ** 2 / np.sum(lengths**2))


def test_many_statements_give_the_same_axes_by_lanczos_and_by_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, _ = planted(3, people=90, statements=40, seed=4)
    by_tables, by_passes = both_ways(Votes.from_rows(rows), needed=7)
    exact = axes.leading_axes(by_tables)
    monkeypatch.setattr(axes, "SMALL", 5)
    for way in (by_tables, by_passes):
        found = axes.leading_axes(way)
        np.testing.assert_allclose(found.eigenvalues, exact.eigenvalues, rtol=1e-10)
        np.testing.assert_allclose(found.loadings, exact.loadings, atol=1e-7)
    block = np.linalg.qr(np.random.default_rng(3).normal(size=(40, 6)))[0]
    np.testing.assert_allclose(axes.nearby_axes(by_passes, block=block, rounds=80).loadings, exact.loadings, atol=1e-5)


def test_one_axis_without_variation_is_a_column_of_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"p{i}", f"s{j}", 1 if i % 2 else -1) for i in range(20) for j in range(30)]
    for small in (5, 128):
        monkeypatch.setattr(axes, "SMALL", small)
        found = axes.leading_axes(both_ways(Votes.from_rows(rows), needed=0)[0])
        np.testing.assert_allclose(found.loadings, np.stack([np.ones(30), np.zeros(30)], axis=1), atol=1e-12)
        np.testing.assert_allclose(found.eigenvalues, [600.0, 0.0])


def test_places_are_the_ridge_solution_of_each_person() -> None:
    rows, _ = planted(2, people=40, statements=10, density=0.5, seed=5)
    votes = Votes.from_rows(rows)
    whole = both_ways(votes, needed=0)[0]
    found = axes.leading_axes(whole)
    prior = places.prior_of(whole, found)
    block = joined(votes.crowd().blocks.blocks)
    told = places.placed(scatter.evidence_of(block, whole.centre, found.loadings), prior=prior)
    full, answered = dense.filled(votes), dense.seen(votes)
    for person in range(len(votes.people)):
        own = answered[person] > 0
        seen, left = found.loadings[own], full[person, own]
        pull = np.diag([prior.noise / prior.first, prior.noise / prior.second])
        inverse = np.linalg.inv(seen.T @ seen + pull)
        np.testing.assert_allclose(told.xy[person], inverse @ seen.T @ left, atol=1e-10)
        spread = inverse * prior.noise
        np.testing.assert_allclose(told.covariance[person], [spread[0, 0], spread[0, 1], spread[1, 1]], atol=1e-12)
    by_itself = places.wide_places(block, found.loadings)
    np.testing.assert_allclose(by_itself.points, told.xy, atol=1e-10)
    np.testing.assert_allclose(by_itself.spread, [prior.first, prior.second], rtol=1e-10)


def test_places_on_more_axes_are_the_ridge_solution_too() -> None:
    rows, _ = planted(4, people=50, statements=12, density=0.6, seed=9)
    votes = Votes.from_rows(rows)
    whole = both_ways(votes, needed=0)[0]
    found = axes.leading_axes(whole, wanted=4)
    np.testing.assert_allclose(found.plane, axes.leading_axes(whole).loadings)
    wide = places.wide_places(joined(votes.crowd().blocks.blocks), found.loadings)
    full, answered = dense.filled(votes), dense.seen(votes)
    signal = [over_pairs(full * found.loadings[:, axis]) for axis in range(4)]
    weight = [over_pairs(answered * found.loadings[:, axis] ** 2) for axis in range(4)]
    np.testing.assert_allclose(wide.spread, np.maximum(np.divide(signal, weight), 1e-9), rtol=1e-9)
    noise = (np.sum(full**2) - np.sum(answered @ (found.loadings**2 @ wide.spread))) / answered.sum()
    for person in range(len(votes.people)):
        seen = found.loadings[answered[person] > 0]
        pulled = seen.T @ full[person, answered[person] > 0]
        expected = np.linalg.solve(seen.T @ seen + np.diag(noise / wide.spread), pulled)
        np.testing.assert_allclose(wide.points[person], expected, atol=1e-9)


def test_the_prior_finds_the_noise_and_the_spread_that_votes_were_made_with() -> None:
    """Votes are whole numbers in the engine; here they are rounded from a fine model, which adds 1/12 of noise."""
    random = np.random.default_rng(8)
    people, statements = 3_000, 40
    loadings = random.normal(size=(statements, 2))
    place = random.normal(size=(people, 2)) * [0.25, 0.15]
    votes = np.clip(np.rint(place @ loadings.T + random.normal(size=(people, statements)) * 0.3), -1, 1)
    rows, columns = np.divmod(np.arange(people * statements), statements)
    made = Votes.from_arrays(
        [f"p{i:05d}" for i in range(people)],
        [f"s{j:05d}" for j in range(statements)],
        rows=rows,
        columns=columns,
        values=votes.ravel().astype(int),
    )
    whole = scatter_of(made.crowd().blocks, statements=statements, needed=7)
    given = axes.Axes(np.ones(2), loadings, float(np.sum(whole.diagonal)))
    prior = places.prior_of(whole, given)
    full = votes - votes.mean(axis=0)
    answers = np.linalg.lstsq(loadings, full.T, rcond=None)[0].T
    left = full - answers @ loadings.T
    assert prior.noise == pytest.approx(np.sum(left**2) / (people * (statements - 2)), rel=0.02)
    wide = np.var(answers, axis=0) - prior.noise * np.diag(np.linalg.inv(loadings.T @ loadings))
    assert [prior.first, prior.second] == pytest.approx(wide.tolist(), rel=0.1)


def test_the_strengths_of_axes_are_the_largest_eigenvalues() -> None:
    rows, _ = planted(3, people=80, statements=14, seed=7)
    by_tables, by_passes = both_ways(Votes.from_rows(rows), needed=0)
    exact = np.linalg.eigvalsh(by_tables.times(np.eye(14)))[::-1][:4]
    np.testing.assert_allclose(axes.strongest(by_passes, wanted=4), exact, rtol=1e-10)
    alone = both_ways(Votes.from_rows([("a", "1", 1), ("b", "1", -1)]), needed=0)[1]
    np.testing.assert_allclose(axes.strongest(alone, wanted=4), [2.0, 0.0, 0.0, 0.0])
