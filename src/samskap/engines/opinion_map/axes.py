"""The directions in which people differ most: the leading eigenvectors of D'D. The first two are the map's.

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
LANCZOS_STEPS = 14
LANCZOS_WIDTH = 24
SMALL = 600
TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """Eigenvalues (axes), loadings (statements, axes), and the trace of D'D: all variation there is."""

    eigenvalues: NDArray[np.float64]
    loadings: NDArray[np.float64]
    total: float

    @property
    def plane(self) -> NDArray[np.float64]:
        """Loadings on the two axes of the map."""
        return self.loadings[:, :AXES]

    @property
    def shares(self) -> tuple[float, float]:
        """The share of all variation that each axis of the map carries."""
        first, second = (self.eigenvalues[:AXES] / max(self.total, TINY)).tolist()
        return first, second


def leading_axes(scatter: Scatter, *, wanted: int = AXES) -> Axes:
    """The first axes; one without variation is a column of zeros."""
    statements = len(scatter.centre)
    total = float(np.sum(scatter.diagonal))
    if statements == 0 or total <= TINY:
        return Axes(np.zeros(wanted), np.zeros((statements, wanted)), total)
    if statements <= SMALL:
        values, vectors = np.linalg.eigh(scatter.times(np.eye(statements)))
    else:
        values, vectors = _lanczos(scatter, statements=statements, wanted=wanted)
    return settled(values[::-1], vectors[:, ::-1], total=total, wanted=wanted)


def _lanczos(scatter: Scatter, *, statements: int, wanted: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from scipy.sparse.linalg import LinearOperator, eigsh  # noqa: PLC0415 -- slow import

    product = LinearOperator((statements, statements), matvec=scatter.times, dtype=np.float64)
    values, vectors = eigsh(product, k=wanted, which="LA", v0=start(statements), ncv=LANCZOS_WIDTH, rng=0)
    return values, vectors


def start(statements: int) -> NDArray[np.float64]:
    """A fixed direction that depends on nothing but the number of statements."""
    return np.random.default_rng(0).standard_normal(statements)


def settled(values: NDArray[np.float64], vectors: NDArray[np.float64], *, total: float, wanted: int = AXES) -> Axes:
    """The first axes with fixed sign, scaled; an axis that carries nothing becomes zeros."""
    statements = vectors.shape[0]
    kept_values, kept = np.zeros(wanted), np.zeros((statements, wanted))
    for axis in range(min(wanted, vectors.shape[1])):
        if values[axis] <= TINY * max(total, TINY):
            continue
        vector = vectors[:, axis]
        size = np.abs(vector)
        # Nearly equal loadings count as a tie, won by the first: rounding must not choose the sign.
        largest = int(np.flatnonzero(size >= size.max() - TINY)[0])
        kept_values[axis] = values[axis]
        kept[:, axis] = vector if vector[largest] > 0 else -vector
    return Axes(kept_values, kept * float(np.sqrt(statements)), total)


def nearby_axes(scatter: Scatter, *, block: NDArray[np.float64], rounds: int, wanted: int = AXES) -> Axes:
    """Axes of slightly different votes: `rounds` subspace steps from the directions in `block` (statements, width)."""
    for _ in range(rounds):
        block = np.linalg.qr(scatter.times(block))[0]
    values, turn = np.linalg.eigh(block.T @ scatter.times(block))
    return settled(values[::-1], (block @ turn)[:, ::-1], total=float(np.sum(scatter.diagonal)), wanted=wanted)


def strongest(scatter: Scatter, *, wanted: int) -> NDArray[np.float64]:
    """The largest eigenvalues of D'D as 14 Lanczos steps see them, always from the same start (exact for up to 14
    statements); 0 where there are no more."""
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
    found = np.zeros(wanted)
    values = np.linalg.eigvalsh(basis[:used] @ images[:used].T)[::-1][:wanted]
    found[: len(values)] = values
    return found
