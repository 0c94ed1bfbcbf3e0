"""Draws in blocks: what a block is given, where its results go, and how blocks are cut and dealt out to threads.

A block holds some draws of all places, so that whoever leaves one place comes to another in the same draw. Draws know
nothing of each other: blocks can be worked on anywhere, in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, fields
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES, FOLDS
from samskap.engines.outlook.chance import Nation
from samskap.engines.outlook.rates import Rates

__all__ = ["LANES", "Block", "Runner", "Store", "Target", "Work", "cut", "finished_in_threads", "padded"]

Single = NDArray[np.float32]

LANES: Final = 64
"""Draws are worked on in multiples of it, so that every block makes the same steps; those too many are not kept."""
LANES_AT_MOST: Final = 256
"""More draws at a time would not stay in a core's nearest caches with the pool of movers."""
PEOPLE_AT_MOST: Final = 1 << 16
"""Places times draws whose people may be in memory at a time in a thread: half a gigabyte of cells."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What all blocks share. `keys` (P,) of the places' chance; `nation` and `table` of `chance`; `people` and `place`
    1.0 where that layer is drawn, else 0.0; `kept` (P,) rows of the results, -1 for places whose results nobody asked
    for; `class_of_age` (121,) and `fold_of_class` of the classes kept."""

    rates: Rates
    keys: NDArray[np.uint64]
    nation: Nation
    table: Single
    people: float
    place: float
    kept: NDArray[np.int64]
    class_of_age: NDArray[np.int64]

    @property
    def classes(self) -> int:
        """Number of age classes kept."""
        return int(self.class_of_age[-1]) + 1


@dataclass(frozen=True, slots=True)
class Block:
    """Draws `first` to `first + count`, worked on as `size` lanes."""

    first: int
    count: int
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """Where results go, draws last: `persons` (A, Y + 1, K, D), `births`, `deaths`, `moves_in`, `moves_out` (A, Y, D),
    and of a whole system `movers` (Y, 2, 121, D) and `national` (Y + 1, 13, D), else without draws. `first` is the
    draw of the first column."""

    persons: Single
    births: Single
    deaths: Single
    moves_in: Single
    moves_out: Single
    movers: Single
    national: Single
    first: int = 0

    @classmethod
    def room(cls, work: Work, *, draws: int, is_system: bool, first: int = 0) -> Target:
        """Empty arrays for some draws."""
        places, years = int(work.kept.max()) + 1, work.rates.years
        of_nation = draws if is_system else 0
        births, deaths, moves_in, moves_out = (np.empty((places, years, draws), np.float32) for _ in range(4))
        return cls(
            persons=np.empty((places, years + 1, work.classes, draws), np.float32),
            births=births,
            deaths=deaths,
            moves_in=moves_in,
            moves_out=moves_out,
            movers=np.empty((years, 2, AGES, of_nation), np.float32),
            national=np.empty((years + 1, len(FOLDS), of_nation), np.float32),
            first=first,
        )

    def part(self, block: Block) -> dict[str, Single]:
        """The block's columns, by name."""
        columns = slice(block.first - self.first, block.first - self.first + block.count)
        return {name: array[..., columns] for name, array in self.arrays().items()}

    def arrays(self) -> dict[str, Single]:
        """All arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "first"}

    def start(self, work: Work, block: Block) -> None:
        """The people whom every draw starts with."""
        both = work.rates.persons.sum(axis=1, dtype=np.float64)
        firsts = np.searchsorted(work.class_of_age, np.arange(work.classes))
        part, kept = self.part(block), work.kept >= 0
        part["persons"][work.kept[kept], 0] = np.add.reduceat(both[kept], firsts, axis=1)[..., None]
        if self.national.shape[-1]:
            folds = [first for first, _ in FOLDS]
            part["national"][0] = np.add.reduceat(both.sum(axis=0), folds)[:, None]

    def take(self, block: Block, arrays: Mapping[str, Single]) -> None:
        """Copy a block's results in."""
        for name, part in self.part(block).items():
            part[...] = arrays[name]


class Store(Protocol):
    """Where finished blocks are kept, by key; the engine does no input or output itself."""

    def get(self, key: str) -> Mapping[str, Single] | None:
        """The block's arrays, or None."""
        ...

    def put(self, key: str, arrays: Mapping[str, Single]) -> None:
        """Keep a block's arrays; called from one thread."""
        ...


Runner = Callable[[Work, Block, Target, Single | None], None]
"""Fills the block's part of the target; the last argument is the stored pool's movers (Y, 2, 121, draws), or None."""


def padded(draws: int) -> int:
    """Draws rounded up to whole lanes."""
    return -(-draws // LANES) * LANES


def cut(draws: int, *, places: int, threads: int, size: int | None = None) -> tuple[Block, ...]:
    """Blocks of `size` draws (rounded up to lanes), or as many as suit the caches and the threads."""
    if size is None:
        room = PEOPLE_AT_MOST // places // LANES * LANES
        size = min(room, -(-draws // threads))
    size = min(padded(max(size, 1)), LANES_AT_MOST)
    starts = range(0, draws, size)
    return tuple(Block(first, min(size, draws - first), padded(min(size, draws - first))) for first in starts)


def finished_in_threads(
    run: Runner, work: Work, blocks: Sequence[Block], target: Target, movers: Single | None, *, threads: int
) -> Iterator[Block]:
    """Blocks as they are finished, in any order; kernels release the interpreter."""
    if threads <= 1 or len(blocks) <= 1:
        for block in blocks:
            run(work, block, target, movers)
            yield block
        return
    with ThreadPoolExecutor(threads) as pool:
        futures: dict[Any, Block] = {pool.submit(run, work, block, target, movers): block for block in blocks}
        try:
            for future in as_completed(futures):
                future.result()
                yield futures[future]
        finally:
            for future in futures:
                future.cancel()
