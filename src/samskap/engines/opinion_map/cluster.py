"""Blocks of votes on the workers of a Dask cluster.

A step is sent to where each block lies, and only its small answer comes back; blocks made from blocks stay where they
are. Answers are summed in the order of the blocks, so the map is that of one machine. A worker that is lost is no
harm: Dask makes its blocks again. Whoever calls makes the client; nothing here imports Dask.

    client = distributed.Client("tcp://scheduler:8786")
    result = map_opinions(scattered(votes.crowd(), client))

A crowd whose blocks are born on the workers, from a Dask collection or not, is
`Crowd(people=…, statements=…, blocks=ClusterBlocks(client, futures, sizes))` with one future of a `Block` a block; each
must begin at a multiple of `PEOPLE_A_CHUNK` people for its hash to be that of one machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samskap.engines.opinion_map.crowd import Block, Crowd, LocalBlocks

if TYPE_CHECKING:
    from distributed import Client, Future

AT_ONCE = 32
LARGE_BYTES = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class ClusterBlocks:
    """One future of a `Block` for each of `sizes`, on the workers that `client` reaches."""

    client: Client
    futures: tuple[Future[Any], ...]
    sizes: tuple[int, ...]

    def each(self, work: Callable[..., Any], *same: Any, parts: Sequence[Any] | None = None) -> list[Any]:
        """See `Blocks.each`."""
        return list(self.client.gather(self._sent(work, same, parts)))  # type: ignore[no-untyped-call]

    def in_turn(self, work: Callable[..., Any], *same: Any) -> Iterator[Any]:
        """See `Blocks.in_turn`."""
        for first in range(0, len(self.futures), AT_ONCE):
            some = ClusterBlocks(
                self.client, self.futures[first : first + AT_ONCE], self.sizes[first : first + AT_ONCE]
            )
            yield from some.each(work, *same)

    def derived(self, work: Callable[..., Block], *same: Any) -> ClusterBlocks:
        """See `Blocks.derived`."""
        return ClusterBlocks(self.client, tuple(self._sent(work, same, None)), self.sizes)

    def _sent(self, work: Callable[..., Any], same: tuple[Any, ...], parts: Sequence[Any] | None) -> list[Future[Any]]:
        # What all blocks need is sent to every worker once, not with every block.
        shared = [self._laid_out(each) if _is_large(each) else each for each in same]
        own = [()] * len(self.futures) if parts is None else [(part,) for part in parts]
        return [
            self.client.submit(work, block, *part, *shared, pure=False)
            for block, part in zip(self.futures, own, strict=True)
        ]

    def _laid_out(self, value: Any) -> Any:
        return self.client.scatter(value, broadcast=True, hash=False)  # type: ignore[no-untyped-call]


def _is_large(value: Any) -> bool:
    return getattr(value, "nbytes", 0) > LARGE_BYTES


def scattered(crowd: Crowd, client: Client) -> Crowd:
    """The same crowd with its blocks on the workers of a cluster."""
    if not isinstance(crowd.blocks, LocalBlocks):
        return crowd
    # As tasks, not as data: what was only laid down on a worker would be lost with it.
    futures = tuple(client.submit(_itself, block, pure=False) for block in crowd.blocks.blocks)
    blocks = ClusterBlocks(client, futures, crowd.blocks.sizes)
    return Crowd(people=crowd.people, statements=crowd.statements, blocks=blocks)


def _itself(block: Block) -> Block:
    return block
