"""Axes of a matrix that has changed a little, from those it had before.

A few leading eigenvectors and their images under D'D are kept. When some of its rows change, so do the images, at no
more than those rows cost. The space they span is widened by what is left over in each axis (the residual), sharpened
by an inverse of D'D from some time ago (Davidson 1975; Morgan and Scott 1986), until what is left over is negligible
beside the distance to the next eigenvalue: the answer is tested, so a poor inverse costs time and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.axes import AXES, TINY

CLOSE = 2e-7
"""What may be left over, as a share of the distance to the next eigenvalue."""
DIRECTIONS = 12
MOST_PRODUCTS = 120

Array = NDArray[np.float64]
Product = Callable[[Array], Array]


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Orthonormal directions as rows (width, statements), and D'D times each of them."""

    basis: Array
    image: Array

    def changed(self, rows: NDArray[np.int64], *, difference: Array, matrix: Array) -> Kept:
        """The same directions after D'D, now `matrix`, has changed by `difference` in these rows and columns."""
        image = self.image + self.basis[:, rows] @ difference
        image[:, rows] = self.basis @ matrix[:, rows]
        return Kept(self.basis, image)

    def wider(self, statements: int) -> Kept:
        """With statements added on which nobody has voted."""
        more = ((0, 0), (0, statements - self.basis.shape[1]))
        return Kept(np.pad(self.basis, more), np.pad(self.image, more))


@dataclass(frozen=True, slots=True, eq=False)
class Improved:
    """The leading eigenvalues and eigenvectors (statements, axes), what to start from next, and the number of products
    that they took."""

    values: Array
    vectors: Array
    kept: Kept
    products: int


@dataclass(slots=True, eq=False)
class _Space:
    """Directions and their images in the first `used` rows, and the matrix of D'D within them."""

    basis: Array
    image: Array
    inner: Array
    used: int

    @classmethod
    def of(cls, kept: Kept) -> _Space:
        width, statements = kept.basis.shape
        most = width + MOST_PRODUCTS + AXES
        space = cls(np.empty((most, statements)), np.empty((most, statements)), np.zeros((most, most)), width)
        space.basis[:width], space.image[:width] = kept.basis, kept.image
        space.inner[:width, :width] = kept.basis @ kept.image.T
        return space

    def add(self, direction: Array, *, times: Product) -> None:
        known = self.basis[: self.used]
        for _ in range(2):  # once leaves rounding behind
            direction = direction - (known @ direction) @ known
        length = float(np.linalg.norm(direction))
        if length <= 0.0:
            return
        self.basis[self.used] = direction / length
        self.image[self.used] = times(self.basis[self.used])
        self.used += 1
        inner = self.basis[: self.used] @ self.image[self.used - 1]
        self.inner[self.used - 1, : self.used] = self.inner[: self.used, self.used - 1] = inner

    def best(self) -> tuple[Array, Array]:
        """Eigenvalues within the space, largest first, and their mixtures of its directions as rows."""
        values, mixtures = np.linalg.eigh(self.inner[: self.used, : self.used])
        return values[::-1], mixtures.T[::-1]

    def mixed(self, mixtures: Array) -> Kept:
        return Kept(mixtures @ self.basis[: self.used], mixtures @ self.image[: self.used])


def improved(kept: Kept, *, times: Product, sharpen: Product) -> Improved | None:
    """The leading axes to within `CLOSE`; None if they cannot be told from the next ones, or not so soon.

    `times` is D'D times a vector; `sharpen` brings a residual nearer to the error that made it.
    """
    space = _Space.of(kept)
    while True:
        values, mixtures = space.best()
        if len(values) <= AXES:
            return None
        gap = float(min(values[0] - values[1], values[1] - values[2]))
        found = space.mixed(mixtures[:AXES])
        residuals = found.image - values[:AXES, None] * found.basis
        left = np.linalg.norm(residuals, axis=1)
        products = space.used - len(kept.basis)
        if left.max() <= CLOSE * gap:
            return Improved(values[:AXES], found.basis.T, space.mixed(mixtures[:DIRECTIONS]), products)
        if products >= MOST_PRODUCTS or gap <= TINY * values[0]:
            return None
        for axis in np.flatnonzero(left > CLOSE * gap):
            space.add(sharpen(residuals[axis] / left[axis]), times=times)
