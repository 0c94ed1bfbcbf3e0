"""Mapping with the votes on the workers of a Dask cluster: for `samskap map --scheduler`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from samskap.cli.cluster import connected

if TYPE_CHECKING:
    from samskap.engines.opinion_map import Votes
    from samskap.engines.opinion_map.crowd import Crowd


@contextmanager
def on_cluster(votes: Votes, *, scheduler: str) -> Iterator[Crowd]:
    """These votes on the workers of a cluster, for as long as the block lasts. Errors as `connected` has them."""
    with connected(scheduler) as client:
        from samskap.engines.opinion_map.cluster import scattered  # noqa: PLC0415 -- slow import

        yield scattered(votes.crowd(), client)
