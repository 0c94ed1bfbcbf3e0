"""The two directions in which people differ most: the leading eigenvectors of D'D.

They are exact (Lanczos to machine precision, or a full decomposition for few statements), never sampled, and their
sign is fixed: the largest loading is positive. Loadings are scaled to about 1 on average, w = v √C, so that places do
not shrink as statements are added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.scatter import Scatter

AXES = 2
LANCZOS_STEPS = 16
LANCZOS_WIDTH = 24
SMALL = 128
TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """Eigenvalues (2), loadings (statements, 2), and the trace of D'D: all variation there is."""

    eigenvalues: NDArray[np.float64]
    loadings: NDArray[np.float64]
    total: float

    @property
    def shares(self) -> tuple[float, float]:
        """The share of all variation that each axis carries."""
        first, second = (self.eigenvalues / max(self.total, TINY)).tolist()
        return first, second


def leading_axes(scatter: Scatter) -> Axes:
    """The two axes; one without variation is a column of zeros."""
    statements = len(scatter.centre)
    total = float(np.sum(scatter.diagonal))
    if statements == 0 or total <= TINY:
        return Axes(np.zeros(AXES), np.zeros((statements, AXES)), total)
    if statements <= SMALL:
        values, vectors = np.linalg.eigh(scatter.times(np.eye(statements)))
    else:
        values, vectors = _lanczos(scatter, statements=statements)
    return settled(values[::-1][:AXES], vectors[:, ::-1][:, :AXES], total=total)


def _lanczos(scatter: Scatter, *, statements: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from scipy.sparse.linalg import LinearOperator, eigsh  # noqa: PLC0415 -- slow import

    product = LinearOperator((statements, statements), matvec=scatter.times, dtype=np.float64)
    values, vectors = eigsh(product, k=AXES, which="LA", v0=start(statements), ncv=LANCZOS_WIDTH, rng=0)
    return values, vectors


def start(statements: int) -> NDArray[np.float64]:
    """A fixed direction that depends on nothing but the number of statements."""
    return np.random.default_rng(0).standard_normal(statements)


def settled(values: NDArray[np.float64], vectors: NDArray[np.float64], *, total: float) -> Axes:
    """Two axes with fixed sign, scaled; an axis that carries nothing becomes zeros."""
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
    return Axes(kept_values, kept * float(np.sqrt(statements)), total)


def nearby_axes(scatter: Scatter, *, block: NDArray[np.float64], rounds: int) -> Axes:
    """Axes of slightly different votes: `rounds` subspace steps from the directions in `block` (statements, width)."""
    for _ in range(rounds):
        block = np.linalg.qr(scatter.times(block))[0]
    values, turn = np.linalg.eigh(block.T @ scatter.times(block))
    vectors = (block @ turn)[:, ::-1][:, :AXES]
    return settled(values[::-1][:AXES], vectors, total=float(np.sum(scatter.diagonal)))


def strongest(scatter: Scatter) -> float:
    """The largest eigenvalue of D'D as 16 Lanczos steps see it, always from the same start (exact for up to 16
    statements)."""
    statements = len(scatter.centre)
    basis = np.zeros((min(LANCZOS_STEPS, statements), statements))
    basis[0] = start(statements) / np.linalg.norm(start(statements))
    images, used = np.zeros_like(basis), 1
    for step in range(len(basis)):
        images[step] = scatter.times(basis[step])
        if step + 1 == len(basis):
            break
        rest = images[step] - basis[:used].T @ (basis[:used] @ images[step])
        rest -= basis[:used].T @ (basis[:used] @ rest)
        length = float(np.linalg.norm(rest))
        if length <= TINY * max(float(np.sum(scatter.diagonal)), TINY):
            break
        basis[used] = rest / length
        used += 1
    return float(np.linalg.eigvalsh(basis[:used] @ images[:used].T)[-1])
