"""Blocks of draws on the workers of a Dask cluster.

What all blocks share is sent to every worker once; a block comes back as its arrays. A worker that is lost is no harm:
Dask runs its blocks again. Whoever calls makes the client; nothing here imports Dask.

    client = distributed.Client("tcp://scheduler:8786")
    simulate(assumptions, cluster=client)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.blocks import Block, Runner, Target, Work

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["finished_on"]

Single = NDArray[np.float32]

AT_ONCE = 16
"""Blocks sent ahead of those that have come back: answers are large."""


def finished_on(
    client: Client, run: Runner, work: Work, blocks: Sequence[Block], target: Target, movers: Single | None
) -> Iterator[Block]:
    """Blocks as they come back, in order; their results are put in the target."""
    shared = client.scatter((work, movers), broadcast=True, hash=False)  # type: ignore[no-untyped-call]
    waiting = [client.submit(_alone, run, shared, block, pure=False) for block in blocks[:AT_ONCE]]
    for number, block in enumerate(blocks):
        target.take(block, waiting[number].result())
        # Let go of it, or the cluster keeps the answer.
        waiting[number].release()  # type: ignore[no-untyped-call]
        if number + AT_ONCE < len(blocks):
            waiting.append(client.submit(_alone, run, shared, blocks[number + AT_ONCE], pure=False))
        yield block


def _alone(run: Runner, shared: tuple[Work, Single | None], block: Block) -> dict[str, Single]:
    work, movers = shared
    target = Target.room(work, draws=block.count, is_system=movers is None, first=block.first)
    run(work, block, target, movers)
    return target.arrays()
