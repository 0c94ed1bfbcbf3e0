"""Votes in blocks of people, and work done block by block.

Every number of the map is a sum over people, or is each person's own. So the same steps run in the threads of one
machine (`LocalBlocks`) or on a cluster (`cluster.ClusterBlocks`): a step is a plain function of one block, and what
it returns is small. Sums are taken in the order of the blocks, so that threads change nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

THREADS = 2
VOTES_A_BLOCK = 1 << 19
PEOPLE_A_BLOCK = 31 * 1_024  # fewer than a packed pair can count, see `kernels.packed_pairs`
PEOPLE_A_CHUNK = 1_024  # blocks begin at multiples of it, see `votes.input_hash`


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Votes of some people: person i answered `columns[starts[i]:starts[i + 1]]` with `values[…]` (-1, 0, 1).

    Columns rise within a person. `starts` int64, `columns` int32, `values` int8: three bytes a vote and eight a person
    would do, seven are used.
    """

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.int8]

    @property
    def people(self) -> int:
        """Number of people, also those without a vote."""
        return len(self.starts) - 1

    @property
    def given(self) -> NDArray[np.int64]:
        """Votes of each person."""
        return np.diff(self.starts)

    def of_people(self, chosen: NDArray[np.int64]) -> Block:
        """The votes of these people, in this order."""
        given = self.given[chosen]
        starts = np.concatenate([[0], np.cumsum(given)]).astype(np.int64)
        at = np.arange(starts[-1]) + np.repeat(self.starts[chosen] - starts[:-1], given)
        return Block(starts=starts, columns=self.columns[at], values=self.values[at])

    def with_values(self, values: NDArray[np.int8]) -> Block:
        """Other answers to the same statements."""
        return Block(starts=self.starts, columns=self.columns, values=values)


class Blocks(Protocol):
    """Blocks somewhere: `sizes` are the people in each; the order is the order of people."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """People in each block."""
        ...

    def each(self, work: Callable[..., Any], *same: Any, parts: Sequence[Any] | None = None) -> list[Any]:
        """`work(block, *same)` or, with one part a block, `work(block, part, *same)` on every block, in order."""
        ...

    def in_turn(self, work: Callable[..., Any], *same: Any) -> Iterator[Any]:
        """As `each` without parts, for large answers: only a few of them wait at a time."""
        ...

    def derived(self, work: Callable[..., Block], *same: Any) -> Blocks:
        """The blocks that `work(block, *same)` makes of these, left where they are."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class LocalBlocks:
    """Blocks in the memory of this machine, worked on by two threads."""

    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, whole: Block) -> LocalBlocks:
        """One crowd cut into blocks of about half a million votes."""
        return cls(tuple(cut(whole)))

    @property
    def sizes(self) -> tuple[int, ...]:
        """People in each block."""
        return tuple(block.people for block in self.blocks)

    def each(self, work: Callable[..., Any], *same: Any, parts: Sequence[Any] | None = None) -> list[Any]:
        """See `Blocks.each`."""
        calls = [(block, *same) for block in self.blocks]
        if parts is not None:
            calls = [(block, part, *same) for block, part in zip(self.blocks, parts, strict=True)]
        return in_threads(work, calls)

    def in_turn(self, work: Callable[..., Any], *same: Any) -> Iterator[Any]:
        """See `Blocks.in_turn`."""
        return worked_in_turn(work, self.blocks, *same)

    def derived(self, work: Callable[..., Block], *same: Any) -> LocalBlocks:
        """See `Blocks.derived`."""
        return LocalBlocks(tuple(self.each(work, *same)))


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Sorted keys of people and statements, and the votes in blocks, wherever those are."""

    people: tuple[str, ...]
    statements: tuple[str, ...]
    blocks: Blocks

    def only(self, statements: frozenset[str]) -> Crowd:
        """The same people with the votes on these statements only."""
        kept = np.array([key in statements for key in self.statements], dtype=bool)
        if kept.all():
            return self
        place = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
        left = tuple(key for key in self.statements if key in statements)
        return Crowd(people=self.people, statements=left, blocks=self.blocks.derived(some_columns, place))

    @property
    def given(self) -> NDArray[np.int64]:
        """Votes of each person."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *self.blocks.each(given_of)])

    def counts(self, member: NDArray[np.int64], *, strata: int) -> NDArray[np.int64]:
        """Votes (strata, statements, 3) of the people whose `member` number is not negative."""
        told = self.blocks.each(stratum_counts_of, strata, len(self.statements), parts=split(member, self.blocks.sizes))
        return np.asarray(sum(told, np.zeros((strata, len(self.statements), 3), dtype=np.int64)))

    def people_block(self, chosen: NDArray[np.int64]) -> Block:
        """The votes of these people, in this order, brought here."""
        return gathered(self.blocks, chosen)


def gathered(blocks: Blocks, chosen: NDArray[np.int64]) -> Block:
    """The votes of these people (numbers over all blocks), in this order, in one block."""
    edges = np.cumsum([0, *blocks.sizes])
    order = np.argsort(chosen, kind="stable")
    home = np.searchsorted(edges, chosen[order], side="right") - 1
    local = [chosen[order][home == number] - edges[number] for number in range(len(blocks.sizes))]
    found = blocks.each(people_of, parts=local)
    together = joined(found)
    back = np.empty(len(chosen), dtype=np.int64)
    back[order] = np.arange(len(chosen))
    return together.of_people(back)


def joined(blocks: Sequence[Block]) -> Block:
    """One block of all of these, in order."""
    given = np.concatenate([np.zeros(0, dtype=np.int64), *(block.given for block in blocks)])
    return Block(
        starts=np.concatenate([[0], np.cumsum(given)]).astype(np.int64),
        columns=np.concatenate([np.zeros(0, dtype=np.int32), *(block.columns for block in blocks)]),
        values=np.concatenate([np.zeros(0, dtype=np.int8), *(block.values for block in blocks)]),
    )


def people_of(block: Block, chosen: NDArray[np.int64]) -> Block:
    """Some people of a block."""
    return block.of_people(chosen)


def given_of(block: Block) -> NDArray[np.int64]:
    """Votes of each person of a block."""
    return block.given


def some_columns(block: Block, place: NDArray[np.int32]) -> Block:
    """The votes on the statements whose new number is not negative."""
    columns = place[block.columns]
    kept = columns >= 0
    before = np.concatenate([[0], np.cumsum(kept)])
    return Block(starts=before[block.starts], columns=columns[kept], values=block.values[kept])


def stratum_counts_of(block: Block, member: NDArray[np.int64], strata: int, statements: int) -> NDArray[np.int64]:
    """Votes (strata, statements, 3) of one block."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    counts = np.zeros((strata, statements, 3), dtype=np.int64)
    kernels.stratum_counts(block.starts, block.columns, block.values, member, counts)
    return counts


def in_threads(work: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The answers to these calls, in order; kernels release the interpreter, so two run at once."""
    if len(calls) <= 1:
        return [work(*call) for call in calls]
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda call: work(*call), calls))


def worked_in_turn(work: Callable[..., Any], blocks: Iterable[Block], *same: Any) -> Iterator[Any]:
    """`work(block, *same)` on blocks that may be made one by one, in their order, a few ahead of the one asked for."""
    with ThreadPoolExecutor(THREADS) as pool:
        waiting: deque[Future[Any]] = deque()
        for block in blocks:
            waiting.append(pool.submit(work, block, *same))
            if len(waiting) > THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def cut(whole: Block) -> list[Block]:
    """Blocks of some thousand people with about half a million votes each."""
    edges = [0]
    while edges[-1] < whole.people:
        full = int(np.searchsorted(whole.starts, whole.starts[edges[-1]] + VOTES_A_BLOCK, side="right"))
        chunks = max(1, (full - edges[-1]) // PEOPLE_A_CHUNK)
        edges.append(min(edges[-1] + min(chunks * PEOPLE_A_CHUNK, PEOPLE_A_BLOCK), whole.people))
    return [part(whole, first, last) for first, last in pairwise(edges)]


def part(whole: Block, first: int, last: int) -> Block:
    """The people from `first` up to `last`; votes are shared, not copied."""
    start, end = int(whole.starts[first]), int(whole.starts[last])
    return Block(whole.starts[first : last + 1] - start, whole.columns[start:end], whole.values[start:end])


def split(values: NDArray[Any], sizes: Sequence[int]) -> list[NDArray[Any]]:
    """One value a person, cut as the blocks are."""
    return np.split(values, np.cumsum(sizes)[:-1]) if sizes else []


def compressed(people: int, rows: NDArray[np.int64], columns: NDArray[Any], values: NDArray[np.int8]) -> Block:
    """A block from votes in triples, in any order; a person's votes are sorted by column."""
    # One sort of whole numbers: faster by far than sorting positions.
    code = (rows.astype(np.int64) << 34) | (columns.astype(np.int64) << 2) | (values.astype(np.int64) + 1)
    if code.size and np.any(code[1:] < code[:-1]):
        code.sort()
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(code >> 34, minlength=people), out=starts[1:])
    return Block(
        starts=starts,
        columns=((code >> 2) & 0xFFFFFFFF).astype(np.int32),
        values=((code & 3) - 1).astype(np.int8),
    )
