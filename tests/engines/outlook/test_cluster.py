from __future__ import annotations

import numpy as np
import pytest
from tests.engines.outlook.country import country

from samskap.engines.outlook.simulating import simulate

distributed = pytest.importorskip("distributed", reason="Dask is an extra: samskap[cluster]")


def test_a_cluster_gives_the_same_bits() -> None:
    given = country(500, 4_000, 70_000)
    here = simulate(given, years=4, draws=200)
    done: list[int] = []
    with distributed.Client(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as client:
        there = simulate(
            given, years=4, draws=200, cluster=client, block_draws=64, progress=lambda n, of: done.append(n)
        )
        part = simulate(given, years=4, draws=200, places=("1001",), pool=here.pool, cluster=client)
    assert done == [1, 2, 3, 4]
    for name in ("persons", "births", "deaths", "moves_in", "moves_out"):
        assert np.array_equal(getattr(here, name), getattr(there, name))
        assert np.array_equal(getattr(here, name)[1:2], getattr(part, name))
    assert np.array_equal(here.pool.movers, there.pool.movers)
    assert np.array_equal(here.pool.national, there.pool.national)
