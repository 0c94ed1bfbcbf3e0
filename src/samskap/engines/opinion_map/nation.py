"""Counts and axes alone, of more people than one would name: each block is used once, as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.axes import Axes, leading_axes
from samskap.engines.opinion_map.crowd import Block, LocalBlocks, cut, worked_in_turn
from samskap.engines.opinion_map.scatter import LARGEST_TABLE, PassScatter, TableScatter, counts, tables_and_counts


@dataclass(frozen=True, slots=True, eq=False)
class CountsAndAxes:
    """Votes (statements, 3: disagree, pass, agree) of the people in the map, and the axes."""

    counts: NDArray[np.int64]
    axes: Axes


@dataclass(frozen=True, slots=True, eq=False)
class _Passing:
    """Blocks that come one by one and are not kept."""

    blocks: Iterable[Block]

    def in_turn(self, work: Callable[..., Any], *same: Any) -> Iterator[Any]:
        return worked_in_turn(work, self.blocks, *same)


def axes_of(blocks: Iterable[Block], *, statements: int, needed: int) -> CountsAndAxes:
    """Counts and axes of the people with at least `needed` votes.

    Up to `LARGEST_TABLE` statements blocks may come from a generator and are forgotten one by one; with more
    statements all of them are kept. Large blocks are cut.
    """
    pieces = (piece for block in blocks for piece in cut(block))
    if statements > LARGEST_TABLE:
        kept = LocalBlocks(tuple(pieces))
        found = counts(kept, statements=statements, needed=needed)
        return CountsAndAxes(found, leading_axes(PassScatter.counted(kept, found, needed=needed)))
    tables, found = tables_and_counts(_Passing(pieces), statements=statements, needed=needed)
    return CountsAndAxes(found, leading_axes(TableScatter.of(tables)))
