"""Blocks that come one by one give the counts and the axes of all of them together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from tests.engines.opinion_map.worlds import planted

from samskap.engines.opinion_map import Votes, nation
from samskap.engines.opinion_map.axes import leading_axes
from samskap.engines.opinion_map.crowd import Block, LocalBlocks, part
from samskap.engines.opinion_map.scatter import counts, scatter_of


@pytest.mark.parametrize("largest", [2_500, 10])
def test_blocks_from_a_generator_give_counts_and_axes_of_all(monkeypatch: pytest.MonkeyPatch, largest: int) -> None:
    monkeypatch.setattr(nation, "LARGEST_TABLE", largest)
    rows, _ = planted(3, people=500, statements=20, density=0.4, seed=6)
    blocks = Votes.from_rows(rows).crowd().blocks
    assert isinstance(blocks, LocalBlocks)
    (whole,) = blocks.blocks

    def one_by_one() -> Iterator[Block]:
        for first in range(0, 500, 130):
            yield part(whole, first, min(first + 130, 500))

    told = nation.axes_of(one_by_one(), statements=20, needed=7)
    np.testing.assert_array_equal(told.counts, counts(blocks, statements=20, needed=7))
    exact = leading_axes(scatter_of(blocks, statements=20, needed=7))
    np.testing.assert_allclose(told.axes.loadings, exact.loadings, atol=1e-12)
    np.testing.assert_allclose(told.axes.eigenvalues, exact.eigenvalues, rtol=1e-12)


def test_nobody_has_counts_of_nothing_and_no_axes() -> None:
    told = nation.axes_of(iter(()), statements=3, needed=7)
    assert told.counts.tolist() == [[0, 0, 0]] * 3
    assert told.axes.loadings.tolist() == [[0.0, 0.0]] * 3
