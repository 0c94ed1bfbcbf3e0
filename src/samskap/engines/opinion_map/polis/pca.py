"""Polis's two axes and the places on them, computed without ever filling the matrix.

Polis fills a missing vote with the mean of its column, so that the centred matrix D is 0 wherever there is no vote:
D is as sparse as the votes, and its mean is the mean of the votes cast. Polis finds two axes by power iteration on
D'D, at most 100 rounds from a random start or from the last axes, and takes the first axis away before it looks for
the second. This converges to the two leading eigenvectors of D'D, which are computed here directly; so nothing
depends on chance or on earlier updates. Signs are arbitrary in Polis; here the largest loading of each axis is
positive. Above 10,000 people (or 5,000 statements) Polis draws people without a seed and mixes the axes over time:
that is not repeated here, the axes stay the exact ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.polis.matrix import Matrix

AXES = 2
BLOCK = 512
MOST_DENSE = 2000
STEPS = 400
EXACT = 1e-13
NOTHING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Pca:
    """Column means (statements), axes (2, statements) of length 1 or 0, places of people and of statements (, 2).

    Means and axes have the other sign in Polis's file, places the same.
    """

    means: NDArray[np.float64]
    axes: NDArray[np.float64]
    people: NDArray[np.float64]
    statements: NDArray[np.float64]

    @property
    def extremity(self) -> NDArray[np.float64]:
        """Distance of each statement from the origin."""
        return np.asarray(np.hypot(self.statements[:, 0], self.statements[:, 1]))


def pca(matrix: Matrix) -> Pca:
    """Means, axes and places. With fewer than two rows or columns, and along an axis without variation, all are 0."""
    means = _means(matrix)
    left = np.where(matrix.out[matrix.columns], 0.0, matrix.values - means[matrix.columns])
    size = len(matrix.statements)
    axes = np.zeros((AXES, size))
    if min(size, len(matrix.people)) > 1:
        axes = leading_axes(matrix, left)
    return Pca(
        means=means,
        axes=axes,
        people=_people(matrix, left=left, axes=axes),
        statements=np.sqrt(size) * (1.0 - means)[:, None] * axes.T,
    )


def _means(matrix: Matrix) -> NDArray[np.float64]:
    size = len(matrix.statements)
    total = np.bincount(matrix.columns, weights=matrix.values, minlength=size)
    means = total / np.maximum(np.bincount(matrix.columns, minlength=size), 1)
    return np.where(matrix.out, 0.0, means)


def _people(matrix: Matrix, *, left: NDArray[np.float64], axes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each row on the axes, times sqrt(statements / votes): people with few votes are pushed outwards."""
    size = len(matrix.people)
    on_axes = [np.bincount(matrix.rows, weights=left * axis[matrix.columns], minlength=size) for axis in axes]
    return np.sqrt(len(matrix.statements) / np.maximum(matrix.seen, 1))[:, None] * np.stack(on_axes, axis=1)


def leading_axes(matrix: Matrix, left: NDArray[np.float64]) -> NDArray[np.float64]:
    """The two leading eigenvectors (2, statements) of D'D, where `left` are the entries of D at the votes."""
    if len(matrix.statements) <= MOST_DENSE:
        values, vectors = np.linalg.eigh(_gram(matrix, left))
        values, vectors = values[::-1][:AXES], vectors[:, ::-1][:, :AXES]
    else:
        values, vectors = _lanczos(_product(matrix, left), size=len(matrix.statements))
    axes = np.zeros((AXES, len(matrix.statements)))
    for place, (value, vector) in enumerate(zip(values, vectors.T, strict=True)):
        if value > NOTHING * max(values[0], 1.0):
            axes[place] = vector * _sign(vector)
    return axes


def _sign(vector: NDArray[np.float64]) -> float:
    size = np.abs(vector)
    # Of equally large loadings the first decides, whatever the last bits say.
    return 1.0 if vector[np.flatnonzero(size >= size.max() * (1.0 - 1e-9))[0]] > 0 else -1.0


def _gram(matrix: Matrix, left: NDArray[np.float64]) -> NDArray[np.float64]:
    size = len(matrix.statements)
    gram = np.zeros((size, size))
    edges = np.searchsorted(matrix.rows, np.arange(0, len(matrix.people) + BLOCK, BLOCK))
    for number, (start, end) in enumerate(pairwise(edges.tolist())):
        block = np.zeros((BLOCK, size))
        block[matrix.rows[start:end] - number * BLOCK, matrix.columns[start:end]] = left[start:end]
        gram += block.T @ block
    return gram


def _product(matrix: Matrix, left: NDArray[np.float64]) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    people, size = len(matrix.people), len(matrix.statements)

    def product(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        scores = np.bincount(matrix.rows, weights=left * vector[matrix.columns], minlength=people)
        return np.asarray(np.bincount(matrix.columns, weights=left * scores[matrix.rows], minlength=size), np.float64)

    return product


def _lanczos(
    product: Callable[[NDArray[np.float64]], NDArray[np.float64]], *, size: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Leading eigenpairs by Lanczos (1950) with every vector kept orthogonal to all before it; start fixed."""
    start = np.random.default_rng(0).standard_normal(size)
    basis = (start / np.linalg.norm(start))[None, :]
    band = np.zeros((STEPS + 1, STEPS + 1))
    for step in range(min(STEPS, size)):
        new = product(basis[step])
        band[step, step] = basis[step] @ new
        for _ in range(2):
            new = new - basis.T @ (basis @ new)
        length = float(np.linalg.norm(new))
        values, inner = np.linalg.eigh(band[: step + 1, : step + 1])
        doubt = length * np.abs(inner[-1, ::-1][:AXES])
        if length == 0.0 or (step > AXES and np.all(doubt <= EXACT * max(values[-1], 1.0))):
            break
        band[step, step + 1] = band[step + 1, step] = length
        basis = np.vstack([basis, new / length])
    return values[::-1][:AXES], basis[: step + 1].T @ inner[:, ::-1][:, :AXES]
