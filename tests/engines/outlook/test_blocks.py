from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.outlook.country import country

from samskap.engines.outlook.blocks import LANES, LANES_AT_MOST, PEOPLE_AT_MOST, Block, Target, cut
from samskap.engines.outlook.kernels import run
from samskap.engines.outlook.simulating import Simulation, simulate


class Kept(dict[str, Mapping[str, Any]]):
    """A store in memory that keeps copies."""

    def put(self, key: str, arrays: Mapping[str, Any]) -> None:
        self[key] = {name: array.copy() for name, array in arrays.items()}


def _same(one: Simulation, other: Simulation) -> bool:
    names = ("persons", "births", "deaths", "moves_in", "moves_out")
    pools = np.array_equal(one.pool.movers, other.pool.movers) and np.array_equal(
        one.pool.national, other.pool.national
    )
    return pools and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


@given(st.integers(1, 5000), st.integers(1, 400), st.integers(1, 8))
@settings(deadline=None)
def test_blocks_are_whole_lanes_and_hold_each_draw_once(draws: int, places: int, threads: int) -> None:
    blocks = cut(draws, places=places, threads=threads)
    assert [draw for block in blocks for draw in range(block.first, block.first + block.count)] == list(range(draws))
    assert all(block.size % LANES == 0 and block.count <= block.size <= LANES_AT_MOST for block in blocks)
    assert all(block.size * places <= max(PEOPLE_AT_MOST, LANES * places) for block in blocks)


def test_a_run_that_was_stopped_goes_on_where_it_was() -> None:
    assumptions, store = country(500, 70_000), Kept()
    asked: dict[str, Any] = {"years": 4, "draws": 256, "block_draws": 64, "threads": 1}
    told: list[tuple[int, int]] = []

    def stopping(*given: Any) -> None:
        if len(store) == 2:
            raise KeyboardInterrupt
        run(*given)

    with pytest.raises(KeyboardInterrupt):
        simulate(assumptions, store=store, runner=stopping, **asked)
    assert len(store) == 2
    resumed = simulate(assumptions, store=store, progress=lambda done, of: told.append((done, of)), **asked)
    assert told == [(3, 4), (4, 4)]
    assert _same(resumed, simulate(assumptions, **asked))


def test_blocks_of_another_run_are_not_taken() -> None:
    assumptions, store = country(500, 70_000), Kept()
    asked: dict[str, Any] = {"years": 2, "draws": 64}
    simulate(assumptions, store=store, **asked)
    other = simulate(assumptions, store=store, seed=7, **asked)
    assert len(store) == 2
    assert _same(other, simulate(assumptions, seed=7, **asked))


def test_a_block_writes_its_columns_only() -> None:
    seen: list[tuple[Block, Target]] = []

    def watching(work: Any, block: Block, target: Target, movers: Any) -> None:
        for array in target.arrays().values():
            array[...] = -1
        run(work, block, target, movers)
        seen.append((block, target))
        for array in target.arrays().values():
            outside = np.ones(array.shape[-1], dtype=bool)
            outside[block.first : block.first + block.count] = False
            assert (array[..., outside] == -1).all()
            assert np.isfinite(array).all()

    simulate(country(500, 70_000), years=2, draws=130, block_draws=64, threads=1, runner=watching)
    assert [block.count for block, _ in seen] == [64, 64, 2]


def test_failure_in_a_thread_is_heard() -> None:
    def failing(*given: Any) -> None:
        raise ArithmeticError("lost")

    with pytest.raises(ArithmeticError, match="lost"):
        simulate(country(500, 70_000), years=2, draws=300, threads=2, runner=failing)
