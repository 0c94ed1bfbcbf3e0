"""Centred votes kept sparse, the two axes that tell most, and each person's place on them.

The centre of a statement is the mean of the votes cast on it, so a missing vote stands for "as everybody" and is
exactly 0 after centring: the full matrix is never filled. Axes are eigenvectors of D'D (D the centred votes).
Places are ridge scores: the most probable place of a person given the votes, where the strength of the pull
towards the middle is estimated from the votes themselves (empirical Bayes, Ilin and Raiko, JMLR 11, 2010).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.tallies import tally

AT_REST = 1e-15
AXES = 2
BLOCK = 512
DENSE_STATEMENTS = 2_000
LANCZOS_STEPS = 16
PRIOR_ROUNDS = 12
SMALL = 128
SUBSPACE_ROUNDS = 300
SUBSPACE_WIDTH = 8
TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """Centred votes as triples sorted by person: D[rows[v], columns[v]] = values[v], 0 elsewhere.

    `starts` are the first votes of the people who have any, `voters` their numbers. Made by `Residuals.of`.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.float64]
    people: int
    statements: int
    starts: NDArray[np.int64]
    voters: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        rows: NDArray[np.int64],
        columns: NDArray[np.int64],
        values: NDArray[np.float64],
        *,
        people: int,
        statements: int,
    ) -> Residuals:
        """Residuals from triples that are sorted by person."""
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        return cls(rows, columns, values, people, statements, starts, rows[starts])

    def with_values(self, values: NDArray[np.float64]) -> Residuals:
        """Other votes in the same places."""
        return dataclasses.replace(self, values=values)

    @property
    def total(self) -> float:
        """The trace of D'D: all variation there is."""
        return float(np.sum(self.values**2))

    def by_person(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of one weight a vote over each person's votes."""
        sums = np.zeros(self.people)
        if self.starts.size:
            sums[self.voters] = np.add.reduceat(weights, self.starts)
        return sums

    def times(self, vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """D v, one number a person."""
        return self.by_person(self.values * vector[self.columns])

    def back(self, vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """D' u, one number a statement."""
        return tally(self.columns, self.values * vector[self.rows], length=self.statements)


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What the votes say about people in general: noise of a vote, and spread of places on each axis (variances)."""

    noise: float
    first: float
    second: float


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """`xy` (people, 2) and the posterior covariance of each place as the columns var x, cov, var y."""

    xy: NDArray[np.float64]
    covariance: NDArray[np.float64]
    prior: Prior


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """The votes of the people in the map, the axes found in them, and where that puts these people."""

    residuals: Residuals
    eigenvalues: NDArray[np.float64]
    loadings: NDArray[np.float64]
    places: Places


def column_means(columns: NDArray[np.int64], values: NDArray[np.float64], *, statements: int) -> NDArray[np.float64]:
    """Mean vote on each statement; 0 where nobody voted."""
    cast = np.bincount(columns, minlength=statements)
    return tally(columns, values, length=statements) / np.maximum(cast, 1)


def gram(residuals: Residuals) -> NDArray[np.float64]:
    """D'D (statements, statements), summed over blocks of people."""
    total = np.zeros((residuals.statements, residuals.statements))
    edges = np.searchsorted(residuals.rows, np.arange(0, residuals.people + BLOCK, BLOCK))
    scratch = np.zeros((min(BLOCK, max(1, residuals.people)), residuals.statements))
    for block, (start, end) in enumerate(pairwise(edges.tolist())):
        at = (residuals.rows[start:end] - block * BLOCK, residuals.columns[start:end])
        scratch[at] = residuals.values[start:end]
        total += scratch.T @ scratch
        scratch[at] = 0.0
    return total


def leading_axes(residuals: Residuals) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The two largest eigenvalues of D'D and their unit vectors (statements, 2).

    By a full decomposition for up to 128 statements, above that by subspace iteration from a fixed start until the
    eigenvalues rest. An axis without variation is a column of zeros. The largest loading of each axis is positive.
    """
    if residuals.statements <= SMALL:
        values, vectors = np.linalg.eigh(gram(residuals))
        values, vectors = values[::-1][:AXES], vectors[:, ::-1][:, :AXES]
    else:
        values, vectors = _subspace(_product(residuals), statements=residuals.statements)
    return _settled(values, vectors, total=residuals.total)


def nearby_axes(residuals: Residuals, *, start: NDArray[np.float64], rounds: int) -> NDArray[np.float64]:
    """Axes of slightly different votes: `rounds` subspace steps from the axes in `start` (statements, width)."""
    product, block = _product(residuals), start
    for _ in range(rounds):
        block = np.linalg.qr(product(block))[0]
    values, turn = np.linalg.eigh(block.T @ product(block))
    vectors = (block @ turn)[:, ::-1][:, :AXES]
    return _settled(values[::-1][:AXES], vectors, total=residuals.total)[1]


def _product(residuals: Residuals) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """D'D times a block: through the matrix for up to 2,000 statements, else by passes over the votes."""
    if residuals.statements > DENSE_STATEMENTS:
        return lambda block: np.stack([residuals.back(residuals.times(column)) for column in block.T], axis=1)
    matrix = gram(residuals)
    return lambda block: matrix @ block


def start_block(statements: int) -> NDArray[np.float64]:
    """A fixed start (statements, width) that depends on nothing but the number of statements."""
    width = min(SUBSPACE_WIDTH, statements)
    return np.random.default_rng(0).standard_normal((statements, width))


def _subspace(
    product: Callable[[NDArray[np.float64]], NDArray[np.float64]], *, statements: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    block = np.linalg.qr(start_block(statements))[0]
    values = before = np.zeros(AXES)
    vectors = block[:, :AXES]
    for _ in range(SUBSPACE_ROUNDS):
        image = product(block)
        values, turn = np.linalg.eigh(block.T @ image)
        values, vectors = values[::-1][:AXES], (block @ turn)[:, ::-1][:, :AXES]
        if np.all(np.abs(values - before) <= AT_REST * max(float(values[0]), TINY)):
            break
        before = values
        block = np.linalg.qr(image)[0]
    return values, vectors


def _settled(
    values: NDArray[np.float64], vectors: NDArray[np.float64], *, total: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two axes with fixed sign; an axis that carries nothing becomes zeros."""
    statements = vectors.shape[0]
    kept_values, kept = np.zeros(AXES), np.zeros((statements, AXES))
    for axis in range(min(AXES, vectors.shape[1])):
        if values[axis] <= TINY * max(total, TINY):
            continue
        vector = vectors[:, axis]
        size = np.abs(vector)
        # Nearly equal loadings count as a tie, won by the first: rounding must not choose the sign.
        largest = int(np.flatnonzero(size >= size.max() - TINY)[0])
        kept_values[axis] = values[axis]
        kept[:, axis] = vector if vector[largest] > 0 else -vector
    return kept_values, kept


def lanczos_top(residuals: Residuals, *, start: NDArray[np.float64]) -> float:
    """The largest eigenvalue of D'D as 16 Lanczos steps from `start` see it (exact for up to 16 statements)."""
    basis = np.zeros((min(LANCZOS_STEPS, residuals.statements), residuals.statements))
    basis[0] = start / np.linalg.norm(start)
    used = 1
    images = np.zeros_like(basis)
    for step in range(len(basis)):
        images[step] = residuals.back(residuals.times(basis[step]))
        if step + 1 == len(basis):
            break
        rest = images[step] - basis[:used].T @ (basis[:used] @ images[step])
        rest -= basis[:used].T @ (basis[:used] @ rest)
        length = float(np.linalg.norm(rest))
        if length <= TINY * max(residuals.total, TINY):
            break
        basis[used] = rest / length
        used += 1
    return float(np.linalg.eigvalsh(basis[:used] @ images[:used].T)[-1])


@dataclass(frozen=True, slots=True, eq=False)
class _Evidence:
    """What each person's votes say, as sums over the votes: W'W (three columns), W'd (two columns), d'd and n."""

    square: NDArray[np.float64]
    pull: NDArray[np.float64]
    own: NDArray[np.float64]
    votes: int


def _evidence(residuals: Residuals, loadings: NDArray[np.float64]) -> _Evidence:
    first, second = loadings[:, 0][residuals.columns], loadings[:, 1][residuals.columns]
    summed, values = residuals.by_person, residuals.values
    return _Evidence(
        square=np.stack([summed(first * first), summed(first * second), summed(second * second)], axis=1),
        pull=np.stack([summed(first * values), summed(second * values)], axis=1),
        own=summed(values * values),
        votes=len(values),
    )


def _ridge(evidence: _Evidence, prior: Prior) -> Places:
    first = evidence.square[:, 0] + prior.noise / prior.first
    cross = evidence.square[:, 1]
    second = evidence.square[:, 2] + prior.noise / prior.second
    determinant = first * second - cross**2
    x = (second * evidence.pull[:, 0] - cross * evidence.pull[:, 1]) / determinant
    y = (first * evidence.pull[:, 1] - cross * evidence.pull[:, 0]) / determinant
    spread = np.stack([second, -cross, first], axis=1) * (prior.noise / determinant)[:, None]
    return Places(xy=np.stack([x, y], axis=1), covariance=spread, prior=prior)


def _better_prior(evidence: _Evidence, places: Places) -> Prior:
    x, y = places.xy[:, 0], places.xy[:, 1]
    unexplained = (
        evidence.own
        - 2 * (x * evidence.pull[:, 0] + y * evidence.pull[:, 1])
        + x * x * evidence.square[:, 0]
        + 2 * x * y * evidence.square[:, 1]
        + y * y * evidence.square[:, 2]
    )
    return Prior(
        noise=max(float(unexplained.sum()) / max(1, evidence.votes), TINY),
        first=max(float(np.mean(x * x + places.covariance[:, 0])), TINY),
        second=max(float(np.mean(y * y + places.covariance[:, 2])), TINY),
    )


def fitted_places(residuals: Residuals, loadings: NDArray[np.float64]) -> Places:
    """Where each of these people stands; noise and spread are their own, by twelve rounds of expectation and
    maximisation."""
    evidence = _evidence(residuals, loadings)
    noise = max(residuals.total / max(1, len(residuals.values)), TINY)
    prior = Prior(noise=noise, first=noise / 2, second=noise / 2)
    for _ in range(PRIOR_ROUNDS if residuals.people else 0):
        prior = _better_prior(evidence, _ridge(evidence, prior))
    return _ridge(evidence, prior)


def places(residuals: Residuals, loadings: NDArray[np.float64], *, prior: Prior) -> Places:
    """Where each person stands, with the posterior covariance, under a prior found elsewhere; (0, 0) without votes."""
    return _ridge(_evidence(residuals, loadings), prior)


def scaled(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Loadings of about 1 on average, so that places do not shrink as statements are added."""
    return vectors * float(np.sqrt(vectors.shape[0]))
