"""How statements vary together: the matrix D'D of the centred votes, by tables or by passes over the votes.

The centre of a statement is the mean of the votes cast on it, so a missing vote stands for "as everybody" and is
exactly 0 after centring: the matrix of people by statements is never filled.

Up to `LARGEST_TABLE` statements three tables hold all there is to know, each a whole number for two statements over
the people who answered both: the sum of products of their votes, of the first one's votes, and the number of people.
One more vote changes one row and column of them, whatever the number of people (`live.py`). With more statements
D'D is applied by passes over the votes instead. Both answer the same questions (`Scatter`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.canonical import Order, renumbered
from samskap.engines.opinion_map.crowd import Block, Blocks

LARGEST_TABLE = 2_500


class Scatter(Protocol):
    """D'D of the people in the map, and what the prior of places is estimated from."""

    @property
    def centre(self) -> NDArray[np.float64]:
        """Mean vote on each statement; 0 where nobody voted."""
        ...

    @property
    def answers(self) -> NDArray[np.int64]:
        """Votes on each statement."""
        ...

    @property
    def diagonal(self) -> NDArray[np.float64]:
        """Sum of squared distances from the centre, statement by statement."""
        ...

    def times(self, block: NDArray[np.float64]) -> NDArray[np.float64]:
        """D'D times a block (statements, width)."""
        ...

    def common(self, loadings: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each axis: the sum over people and pairs of two statements they answered of w_j w_k d_j d_k, and of
        w_j² w_k²."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Three tables (statements, statements) of whole numbers over the people who answered both j and k.

    `products[j, k]` sums r_j r_k, `sums[j, k]` sums r_j, `seen[j, k]` counts people.
    """

    products: NDArray[np.int32]
    sums: NDArray[np.int32]
    seen: NDArray[np.int32]

    @property
    def answers(self) -> NDArray[np.int64]:
        """Votes on each statement."""
        return np.diagonal(self.seen).astype(np.int64)

    @property
    def centre(self) -> NDArray[np.float64]:
        """Mean vote on each statement; 0 where nobody voted."""
        return np.diagonal(self.sums) / np.maximum(np.diagonal(self.seen), 1)

    def rows(self, chosen: slice | NDArray[np.int64]) -> NDArray[np.float64]:
        """These rows of D'D: products - c_k sums_jk - c_j sums_kj + c_j c_k seen_jk."""
        centre, own = self.centre, self.centre[chosen][:, None]
        across = self.sums.T[chosen]
        return np.asarray(
            self.products[chosen] - centre * self.sums[chosen] - own * across + own * centre * self.seen[chosen]
        )

    def reordered(self, order: NDArray[np.int64], *, sign: int) -> Tables:
        """The same with statements in this order and votes times `sign`."""
        at = np.ix_(order, order)
        return Tables(self.products[at], self.sums[at] * np.int32(sign), self.seen[at])


@dataclass(frozen=True, slots=True, eq=False)
class TableScatter:
    """D'D in full, made of tables."""

    tables: Tables
    matrix: NDArray[np.float64]

    @classmethod
    def of(cls, tables: Tables) -> TableScatter:
        """D'D from its tables."""
        return cls(tables, tables.rows(slice(None)))

    @property
    def centre(self) -> NDArray[np.float64]:
        """See `Scatter`."""
        return self.tables.centre

    @property
    def answers(self) -> NDArray[np.int64]:
        """See `Scatter`."""
        return self.tables.answers

    @property
    def diagonal(self) -> NDArray[np.float64]:
        """See `Scatter`."""
        return np.diagonal(self.matrix)

    def times(self, block: NDArray[np.float64]) -> NDArray[np.float64]:
        """See `Scatter`."""
        return np.asarray(self.matrix @ block)

    def common(self, loadings: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """See `Scatter`."""
        squares = loadings**2
        # Axis by axis: for so few columns a product of matrices is slower than products with vectors.
        image = np.stack([self.matrix @ axis for axis in loadings.T], axis=1)
        seen = np.stack([self.tables.seen @ axis for axis in squares.T], axis=1)
        signal = np.sum(loadings * image, axis=0) - self.diagonal @ squares
        weight = np.sum(squares * seen, axis=0) - self.answers @ squares**2
        return signal, weight


@dataclass(frozen=True, slots=True, eq=False)
class PassScatter:
    """D'D by passes over the votes of people with at least `needed` of them."""

    blocks: Blocks
    needed: int
    centre: NDArray[np.float64]
    answers: NDArray[np.int64]
    diagonal: NDArray[np.float64]

    @classmethod
    def of(cls, blocks: Blocks, *, statements: int, needed: int) -> PassScatter:
        """Centre and diagonal from one pass."""
        return cls.counted(blocks, counts(blocks, statements=statements, needed=needed), needed=needed)

    @classmethod
    def counted(cls, blocks: Blocks, found: NDArray[np.int64], *, needed: int) -> PassScatter:
        """The same from counts (statements, 3) that are known already."""
        answers, total = found.sum(axis=1), found[:, 2] - found[:, 0]
        centre = total / np.maximum(answers, 1)
        return cls(blocks, needed, centre, answers, found[:, 2] + found[:, 0] - centre * total)

    def times(self, block: NDArray[np.float64]) -> NDArray[np.float64]:
        """See `Scatter`."""
        wide = np.ascontiguousarray(block if block.ndim == 2 else block[:, None])
        image = summed(self.blocks.each(times_of, self.needed, self.centre, wide), like=wide)
        return image if block.ndim == 2 else image[:, 0]

    def common(self, loadings: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """See `Scatter`."""
        told = summed(self.blocks.each(common_of, self.needed, self.centre, loadings), like=np.zeros(4))
        return told[:2], told[2:]


def summed(parts: list[NDArray[np.float64]], *, like: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of the parts in their order."""
    return reduce(np.add, parts, np.zeros_like(like))


def scatter_of(blocks: Blocks, *, statements: int, needed: int, order: Order | None = None) -> Scatter:
    """D'D by tables or by passes, whichever fits the number of statements; in canonical `order` if there is one."""
    if statements > LARGEST_TABLE:
        renamed = blocks.derived(renumbered, order.place, order.sign) if order else blocks
        return PassScatter.of(renamed, statements=statements, needed=needed)
    tables = tables_of(blocks, statements=statements, needed=needed)
    return TableScatter.of(tables.reordered(order.statements, sign=order.sign) if order else tables)


def counts(blocks: Blocks, *, statements: int, needed: int) -> NDArray[np.int64]:
    """Votes (statements, 3) of people with at least `needed`: disagree, pass, agree."""
    found = blocks.each(counts_of, statements, needed)
    return np.asarray(reduce(np.add, found, np.zeros((statements, 3), dtype=np.int64)))


class InTurn(Protocol):
    """Blocks that can be worked through once."""

    def in_turn(self, work: Callable[..., Any], *same: Any) -> Iterator[Any]:
        """See `Blocks.in_turn`."""
        ...


def tables_of(blocks: InTurn, *, statements: int, needed: int) -> Tables:
    """The three tables of the people with at least `needed` votes."""
    return tables_and_counts(blocks, statements=statements, needed=needed)[0]


def tables_and_counts(blocks: InTurn, *, statements: int, needed: int) -> tuple[Tables, NDArray[np.int64]]:
    """The three tables, and the votes (statements, 3), of the people with at least `needed` votes."""
    shape = (statements, statements)
    whole = Tables(*(np.zeros(shape, dtype=np.int32) for _ in range(3)))
    found = np.zeros((statements, 3), dtype=np.int64)
    for packed, counted in blocks.in_turn(pairs_and_counts_of, statements, needed):
        _unpack(packed, whole)
        found += counted
    np.fill_diagonal(whole.products, found[:, 2] + found[:, 0])
    np.fill_diagonal(whole.sums, found[:, 2] - found[:, 0])
    np.fill_diagonal(whole.seen, found.sum(axis=1))
    return whole, found


def _unpack(packed: NDArray[np.int64], whole: Tables) -> None:
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    kernels.unpacked_pairs(packed, whole.products, whole.sums, whole.seen)


def counts_of(block: Block, statements: int, needed: int) -> NDArray[np.int64]:
    """Votes of one block (statements, 3)."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    found = np.zeros((statements, 3), dtype=np.int64)
    kernels.statement_counts(block.starts, block.columns, block.values, needed, found)
    return found


def pairs_of(block: Block, statements: int, needed: int) -> NDArray[np.int64]:
    """Packed pairs of one block; see `kernels.packed_pairs`."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    pairs = np.zeros((statements, statements), dtype=np.int64)
    kernels.packed_pairs(block.starts, block.columns, block.values, needed, pairs)
    return pairs


def pairs_and_counts_of(block: Block, statements: int, needed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Packed pairs and votes of one block, while it lies in the cache."""
    return pairs_of(block, statements, needed), counts_of(block, statements, needed)


def times_of(
    block: Block, needed: int, centre: NDArray[np.float64], vectors: NDArray[np.float64]
) -> NDArray[np.float64]:
    """D'D times the vectors, over one block."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    image = np.zeros_like(vectors)
    if vectors.shape[1] == 1:
        kernels.scatter_vector(
            block.starts, block.columns, block.values, needed, centre, np.ascontiguousarray(vectors[:, 0]), image[:, 0]
        )
    else:
        kernels.scatter_times(block.starts, block.columns, block.values, needed, centre, vectors, image)
    return image


def evidence_of(block: Block, centre: NDArray[np.float64], loadings: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each person's votes say (people, 10); see `kernels.evidence`."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    told = np.zeros((block.people, 10))
    kernels.evidence(block.starts, block.columns, block.values, centre, loadings, told)
    return told


def common_of(
    block: Block, needed: int, centre: NDArray[np.float64], loadings: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The two sums of `Scatter.common` over one block, in a row."""
    return common_in(evidence_of(block, centre, loadings), inside=block.given >= needed)


def common_in(told: NDArray[np.float64], *, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The two sums of `Scatter.common` from what people's votes say."""
    xx, yy, dx, dy = told[inside, 0], told[inside, 2], told[inside, 3], told[inside, 4]
    own = told[inside, 6:].sum(axis=0)
    return np.asarray([dx @ dx, dy @ dy, xx @ xx, yy @ yy] - own, dtype=np.float64)
