"""From draws to bands: all of an outlook's quantities in one sorting, single precision."""

from __future__ import annotations

from collections.abc import Container, Mapping

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.result import Band

__all__ = ["QUANTILES", "bands_of", "quantiles_of"]

Draws = NDArray[np.float32]

QUANTILES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


def bands_of(draws: Mapping[str, Draws], *, counts: Container[str] = ()) -> dict[str, Band]:
    """A Band for each of `draws`, all (years, draws).

    No number of those in `counts` is told below 0: draws keep a cell of few people that chance made negative, for
    cutting it there would add people, but nobody reads of fewer than none.
    """
    stacked = np.stack([np.asarray(values, dtype=np.float32) for values in draws.values()])
    means = stacked.mean(axis=-1, dtype=np.float64)
    stacked.sort(axis=-1)
    table = np.concatenate([means[None], quantiles_of(stacked)]).swapaxes(0, 1)
    at_least = np.array([0.0 if name in counts else -np.inf for name in draws])
    rows = np.maximum(table, at_least[:, None, None]).tolist()
    return {name: Band(*(tuple(values) for values in row)) for name, row in zip(draws, rows, strict=True)}


def quantiles_of(ordered: Draws) -> NDArray[np.float64]:
    """(7, ...) quantiles of values that are sorted along the last axis, on the straight line between neighbours."""
    last = ordered.shape[-1] - 1
    places = np.array(QUANTILES) * last
    low = np.floor(places).astype(np.int64)
    part = places - low
    lower, upper = ordered[..., low].astype(np.float64), ordered[..., np.minimum(low + 1, last)]
    return np.moveaxis(lower + (upper - lower) * part, -1, 0)
