"""The map of a cluster is the map of one machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from tests.engines.opinion_map.worlds import planted

from samskap.engines.opinion_map import Votes, crowd, map_opinions
from samskap.engines.opinion_map.cluster import ClusterBlocks, scattered
from samskap.engines.opinion_map.crowd import Block, Crowd, LocalBlocks, cut, joined

distributed = pytest.importorskip("distributed", reason="The extra samskap[cluster] is not installed.")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two processes on this machine."""
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture
def votes(monkeypatch: pytest.MonkeyPatch) -> Votes:
    """Enough people for three blocks."""
    monkeypatch.setattr(crowd, "VOTES_A_BLOCK", 8_000)
    rows, _ = planted(3, people=2_400, statements=24, density=0.4, seed=3)
    made = Votes.from_rows([*rows, ("few", "s1", 1)], people=[f"p{i}" for i in range(2_400)] + ["few", "silent"])
    assert len(made.crowd().blocks.sizes) == 3
    return made


def test_the_map_of_a_cluster_is_that_of_one_machine(client: Any, votes: Votes) -> None:
    strata = {"sector": {f"p{i}": ("public", "voluntary")[i % 2] for i in range(0, 2_400, 3)}}
    options = {"strata": strata, "background": frozenset({"s3"}), "left_out": frozenset({"s5"})}
    alone = map_opinions(votes, **options)
    together = map_opinions(scattered(votes.crowd(), client), **options)
    assert alone.counts.people == 2_401
    assert together == alone


def test_many_statements_go_through_passes_on_a_cluster_too(
    client: Any, votes: Votes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samskap.engines.opinion_map.scatter.LARGEST_TABLE", 10)
    monkeypatch.setattr("samskap.engines.opinion_map.cluster.LARGE_BYTES", 10)
    assert map_opinions(scattered(votes.crowd(), client)) == map_opinions(votes)


def test_blocks_born_on_the_workers_give_the_map_after_one_of_these_is_lost(client: Any) -> None:
    sizes = (1_024, 1_024, 300)
    futures = tuple(client.submit(born, seed, size, pure=False) for seed, size in enumerate(sizes))
    people = tuple(f"{i:05d}" for i in range(sum(sizes)))
    statements = tuple(f"s{i:02d}" for i in range(12))
    far = Crowd(people=people, statements=statements, blocks=ClusterBlocks(client, futures, sizes))
    distributed.wait(futures)
    killed = client.run(os.getpid)
    os.kill(next(iter(killed.values())), signal.SIGKILL)
    near = LocalBlocks(tuple(born(seed, size) for seed, size in enumerate(sizes)))
    assert map_opinions(far) == map_opinions(Crowd(people=people, statements=statements, blocks=near))


def born(seed: int, people: int) -> Block:
    """Votes of some people, made where they are needed."""
    rows, _ = planted(2, people=people, statements=12, density=0.9, seed=seed)
    rows = [(f"{int(person[1:]):05d}", f"s{int(statement[1:]):02d}", value) for person, statement, value in rows]
    blocks = Votes.from_rows(rows, people=[f"{i:05d}" for i in range(people)]).crowd().blocks
    assert isinstance(blocks, LocalBlocks)
    return joined(blocks.blocks)


def test_pieces_of_a_block_are_the_block() -> None:
    whole = born(1, 3_000)
    again = joined(cut(whole))
    for name in ("starts", "columns", "values"):
        np.testing.assert_array_equal(getattr(again, name), getattr(whole, name))
