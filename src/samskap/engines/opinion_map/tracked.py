"""Axes that follow D'D as it changes; see `warm.improved`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.axes import AXES, Axes, leading_axes, settled
from samskap.engines.opinion_map.scatter import PassScatter, Tables, TableScatter
from samskap.engines.opinion_map.warm import DIRECTIONS, Improved, Kept, improved

AT_ONCE = 1_000  # statements up to which the inverse is made at once
ABOVE = 0.1
EASY = 12
SMALL = 128  # statements up to which a full decomposition is as fast

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(slots=True, eq=False)
class Tracked:
    """Directions from the last time, and an inverse of σ - D'D from some time ago.

    The inverse is made anew when the products beyond `EASY` a time that it failed to spare have cost as much as it
    would.
    """

    kept: Kept | None = None
    inverse: NDArray[np.float32] | None = None
    sigma: float = 1.0
    spent: int = 0

    def axes_of(self, scatter: TableScatter, *, order: Numbers, rows: Numbers, difference: Array) -> Axes:
        """Axes with statements in this order, after these rows of D'D have changed."""
        if len(order) <= SMALL:
            self.kept = None
            return leading_axes(_ordered(scatter, order))
        found = self._nearby(scatter, rows=rows, difference=difference) if self.kept else None
        if found is None:
            return self._afresh(scatter, order=order)
        self.kept = found.kept
        self.spent += max(0, found.products - EASY)
        if self.spent > len(scatter.matrix):
            self._invert(scatter.matrix)
        return settled(found.values, found.vectors[order], total=float(np.sum(scatter.diagonal)))

    def axes_by_passes(self, scatter: PassScatter, *, order: Numbers, statements: int) -> Axes:
        """The same where there are too many statements for tables; `scatter` is in this order already."""
        if self.kept is not None:
            basis = np.linalg.qr(self.kept.wider(statements).basis[:, order].T)[0]
            kept = Kept(np.ascontiguousarray(basis.T), np.ascontiguousarray(scatter.times(basis).T))
            found = improved(kept, times=scatter.times, sharpen=_unsharpened)
            if found:
                self.kept = _spread_out(found.kept.basis, order=order, statements=statements)
                return settled(found.values, found.vectors, total=float(np.sum(scatter.diagonal)))
        axes = leading_axes(scatter, wanted=DIRECTIONS)
        self.kept = _spread_out(_directions(axes), order=order, statements=statements)
        return _first(axes)

    def _nearby(self, scatter: TableScatter, *, rows: Numbers, difference: Array) -> Improved | None:
        assert self.kept is not None
        matrix = scatter.matrix
        self.kept = self.kept.wider(len(matrix)).changed(rows, difference=difference, matrix=matrix)
        return improved(self.kept, times=scatter.times, sharpen=self._sharpened)

    def _afresh(self, scatter: TableScatter, *, order: Numbers) -> Axes:
        axes = leading_axes(_ordered(scatter, order), wanted=DIRECTIONS)
        kept = _spread_out(_directions(axes), order=order, statements=len(scatter.matrix))
        self.kept = Kept(kept.basis, kept.basis @ scatter.matrix)
        if self.inverse is None and len(order) <= AT_ONCE:
            self._invert(scatter.matrix)
        return _first(axes)

    def _invert(self, matrix: Array) -> None:
        """An inverse of σ - D'D with σ above the largest eigenvalue by a part of its distance to the third."""
        assert self.kept is not None
        values = np.sum(self.kept.basis * self.kept.image, axis=1)
        if len(values) <= AXES or values[0] <= values[AXES]:
            return
        self.sigma = float(values[0] + ABOVE * (values[0] - values[AXES]))
        self.inverse = np.linalg.inv(self.sigma * np.eye(len(matrix)) - matrix).astype(np.float32)
        self.spent = 0

    def _sharpened(self, residual: Array) -> Array:
        if self.inverse is None:
            return residual
        known = len(self.inverse)
        sharp: Array = residual / self.sigma
        sharp[:known] = self.inverse @ residual[:known].astype(np.float32)
        return sharp


def _unsharpened(residual: Array) -> Array:
    return residual


def _ordered(scatter: TableScatter, order: Numbers) -> TableScatter:
    cells = np.ix_(order, order)
    tables = scatter.tables
    return TableScatter(Tables(tables.products[cells], tables.sums[cells], tables.seen[cells]), scatter.matrix[cells])


def _directions(axes: Axes) -> Array:
    """Those axes that carry something, as rows of length 1."""
    carrying: Array = axes.loadings.T[axes.eigenvalues > 0.0]
    return carrying / float(np.sqrt(len(axes.loadings)))


def _spread_out(basis: Array, *, order: Numbers, statements: int) -> Kept:
    wide = np.zeros((len(basis), statements))
    wide[:, order] = basis
    return Kept(wide, np.zeros_like(wide))


def _first(axes: Axes) -> Axes:
    return Axes(axes.eigenvalues[:AXES], axes.loadings[:, :AXES], axes.total)
