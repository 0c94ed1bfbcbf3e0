"""The votes in an order, and with a side called positive, that depend on the votes alone.

People, statements and ids come in any order, and agree and disagree could have been named the other way round. All
that chance or rounding touches is computed on this form, so none of it can change the map: statements are numbered by
marks that tell them apart by who answered what (colour refinement), and people are ranked likewise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.crowd import Block, Blocks, compressed, split

ROUNDS = 3
SEED_PEOPLE, SEED_STATEMENTS = np.uint64(1), np.uint64(2)


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """`statements[place]` is the number of the statement at a place in the canonical order, `sign` what votes are
    multiplied with, and `rank` the place of each person in the order of marks."""

    statements: NDArray[np.int64]
    sign: int
    rank: NDArray[np.int64]

    @property
    def place(self) -> NDArray[np.int32]:
        """The place of each statement."""
        place = np.empty(len(self.statements), dtype=np.int32)
        place[self.statements] = np.arange(len(self.statements), dtype=np.int32)
        return place


@dataclass(frozen=True, slots=True, eq=False)
class Canonical:
    """`blocks` with statements renumbered and votes times `sign`; see `Order`."""

    blocks: Blocks
    statements: NDArray[np.int64]
    sign: int
    rank: NDArray[np.int64]


def canonical_order(blocks: Blocks, *, statements: int) -> Order:
    """The canonical order and side of these votes."""
    unsigned, _ = marks(blocks, statements=statements, sign=0)
    leans = blocks.each(lean_of, parts=split(unsigned, blocks.sizes))
    sign = -1 if sum(leans) < 0 else 1
    people, columns = marks(blocks, statements=statements, sign=sign)
    rank = np.empty(len(people), dtype=np.int64)
    rank[np.argsort(people, kind="stable")] = np.arange(len(people))
    return Order(statements=np.argsort(columns, kind="stable"), sign=sign, rank=rank)


def canonical(blocks: Blocks, *, statements: int) -> Canonical:
    """The canonical form of these votes."""
    order = canonical_order(blocks, statements=statements)
    derived = blocks.derived(renumbered, order.place, order.sign)
    return Canonical(blocks=derived, statements=order.statements, sign=order.sign, rank=order.rank)


def marks(blocks: Blocks, *, statements: int, sign: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Marks of people and statements by colour refinement over all blocks; see `kernels.person_marks`."""
    people = [np.full(size, SEED_PEOPLE) for size in blocks.sizes]
    columns = np.full(statements, SEED_STATEMENTS)
    for _ in range(ROUNDS):
        told = blocks.each(mark_round, columns, sign, parts=people)
        people = [own for own, _ in told]
        fresh = np.zeros(statements, dtype=np.uint64)
        for _, sums in told:
            fresh += sums
        columns = _refined(columns, fresh)
    return np.concatenate([np.zeros(0, dtype=np.uint64), *people]), columns


def _refined(columns: NDArray[np.uint64], fresh: NDArray[np.uint64]) -> NDArray[np.uint64]:
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    refined: NDArray[np.uint64] = kernels.refined(columns, fresh)
    return refined


def mark_round(
    block: Block, people: NDArray[np.uint64], columns: NDArray[np.uint64], sign: int
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """One round on one block: new marks of its people, and what they add to those of the statements."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    fresh = np.zeros(len(columns), dtype=np.uint64)
    own = people.copy()
    kernels.mark_round(block.starts, block.columns, block.values, sign, columns, own, fresh)
    return own, fresh


def lean_of(block: Block, people: NDArray[np.uint64]) -> int:
    """What this block adds to the number whose sign says which side is called positive."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    return int(kernels.lean(block.starts, block.columns, block.values, people))


def renumbered(block: Block, place: NDArray[np.int32], sign: int) -> Block:
    """The block with other statement numbers and sign, columns rising again."""
    rows = np.repeat(np.arange(block.people), block.given)
    return compressed(block.people, rows, place[block.columns], (block.values * sign).astype(np.int8))
