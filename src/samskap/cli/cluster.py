"""Work on a Dask cluster: for the commands that take `--scheduler`."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from samskap.kernel.errors import SamskapError

WAIT_S = 10


@contextmanager
def connected(scheduler: str) -> Iterator[Any]:
    """A client of the cluster, for as long as the block lasts.

    Raises SamskapError where Dask is not installed, the scheduler does not answer, has no workers or is lost, and
    where Samskap is missing on a worker.
    """
    try:
        import distributed  # noqa: PLC0415 -- slow import
    except ImportError as error:
        raise SamskapError(
            "--scheduler needs Dask, which is not installed.",
            code="scheduler_without_dask",
            cure="Install it with: pip install 'samskap[cluster]'.",
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    client = _client(distributed, scheduler=scheduler)
    try:
        _check_workers(client, scheduler=scheduler)
        yield client
    except (OSError, distributed.KilledWorker, distributed.client.FuturesCancelledError) as error:
        raise SamskapError(
            f"The cluster at {scheduler} was lost while it worked.",
            code="scheduler_lost",
            cure="See that its scheduler and its workers run and have memory left, and start again.",
        ) from error
    finally:
        client.close()


def _client(distributed: Any, *, scheduler: str) -> Any:
    try:
        return distributed.Client(scheduler, timeout=WAIT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SamskapError(
            f"No scheduler answers at {scheduler}.",
            code="scheduler_unreachable",
            cure="Start one with: dask scheduler. Give the address that it prints, such as tcp://host:8786.",
        ) from error


def _check_workers(client: Any, *, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=WAIT_S)
    except TimeoutError as error:
        raise SamskapError(
            f"The scheduler at {scheduler} has no workers.",
            code="scheduler_without_workers",
            cure=f"Start one on each machine with: dask worker {scheduler}.",
        ) from error
    told = client.get_versions(packages=["samskap"])
    here = told["client"]["packages"]["samskap"]
    for worker, found in sorted(told["workers"].items()):
        there = found["packages"]["samskap"]
        if there != here:
            raise SamskapError(
                f"The worker at {worker} has {f'Samskap {there}' if there else 'no Samskap'}, not Samskap {here}.",
                code="worker_without_samskap",
                cure="Install the same version on every worker, and start them again.",
            )
