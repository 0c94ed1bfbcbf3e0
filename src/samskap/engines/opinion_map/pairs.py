"""The three tables of pairs and D'D kept up vote by vote; see `scatter.Tables`."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.crowd import Block, LocalBlocks
from samskap.engines.opinion_map.scatter import Tables, TableScatter, tables_of

SPARE = 1.25
Array = NDArray[np.float64]


@dataclass(slots=True, eq=False)
class LivePairs:
    """Tables with room for more statements, and D'D, of which the rows in `stale` wait to be made anew.

    The tables hold whole numbers as floats, exact up to 2⁵³: whole-number arrays would be converted at every product.
    """

    statements: int
    products: Array
    sums: Array
    seen: Array
    matrix: Array
    stale: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, block: Block, *, statements: int, needed: int) -> LivePairs:
        """The tables of a block of people."""
        room = int(statements * SPARE) + 8
        products, sums, seen, matrix = (np.zeros((room, room)) for _ in range(4))
        pairs = cls(statements, products, sums, seen, matrix)
        found = tables_of(LocalBlocks.of(block), statements=statements, needed=needed)
        for mine, told in zip(pairs._all, (found.products, found.sums, found.seen), strict=True):
            mine[:statements, :statements] = told
        pairs.stale.update(range(statements))
        return pairs

    @property
    def _all(self) -> tuple[Array, Array, Array]:
        return self.products, self.sums, self.seen

    @property
    def scatter(self) -> TableScatter:
        """D'D as it was when last made anew."""
        size = self.statements
        tables = Tables(*(table[:size, :size] for table in self._all))  # type: ignore[arg-type]
        return TableScatter(tables, self.matrix[:size, :size])

    def grow(self) -> None:
        """One statement more, on which nobody has voted."""
        if self.statements == len(self.matrix):
            more = (0, int(self.statements * (SPARE - 1.0)) + 8)
            self.products, self.sums, self.seen, self.matrix = (
                np.pad(table, more) for table in (*self._all, self.matrix)
            )
        self.statements += 1

    def change(
        self, column: int, *, beside: NDArray[np.int32], values: Array, was: int | None, now: int | None
    ) -> None:
        """One vote of a person in the map, who gave `values` on the other statements `beside`, is now another."""
        more = int(now is not None) - int(was is not None)
        before, after = was or 0, now or 0
        for first, second in ((column, beside), (beside, column)):
            self.products[first, second] += (after - before) * values
            self.seen[first, second] += more
        self.sums[column, beside] += after - before
        self.sums[beside, column] += more * values
        self.products[column, column] += after**2 - before**2
        self.sums[column, column] += after - before
        self.seen[column, column] += more
        self.stale.add(column)

    def enter(self, columns: NDArray[np.int32], values: Array) -> None:
        """A person comes into the map with all their votes."""
        self._add(columns, values, 1.0)

    def leave(self, columns: NDArray[np.int32], values: Array) -> None:
        """A person leaves the map with all their votes."""
        self._add(columns, values, -1.0)

    def _add(self, columns: NDArray[np.int32], values: Array, times: float) -> None:
        cells = np.ix_(columns, columns)
        self.products[cells] += times * np.outer(values, values)
        self.sums[cells] += times * values[:, None]
        self.seen[cells] += times
        self.stale.update(columns.tolist())

    def replace(self, before: Block, after: Block, *, needed: int) -> None:
        """Many people at once: their votes were those in `before` and are now those in `after`."""
        size = self.statements
        for block, times in ((before, -1.0), (after, 1.0)):
            found = tables_of(LocalBlocks.of(block), statements=size, needed=needed)
            for mine, told in zip(self._all, (found.products, found.sums, found.seen), strict=True):
                mine[:size, :size] += times * told
        self.stale.update(np.union1d(before.columns, after.columns).tolist())

    def renewed(self) -> tuple[NDArray[np.int64], Array]:
        """Make the stale rows of D'D anew; gives their numbers and by how much they have changed."""
        rows = np.array(sorted(self.stale), dtype=np.int64)
        self.stale.clear()
        size = self.statements
        matrix = self.matrix[:size, :size]
        fresh = self.scatter.tables.rows(rows)
        difference = fresh - matrix[rows]
        matrix[rows] = fresh
        matrix[:, rows] = fresh.T
        return rows, difference
