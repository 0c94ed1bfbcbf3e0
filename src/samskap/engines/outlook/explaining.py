"""Which layer of chance makes the band wide: each alone, the others switched off."""

from __future__ import annotations

from typing import Final

import numpy as np

from samskap.engines.outlook.blocks import Runner
from samskap.engines.outlook.inputs import Assumptions, Noise
from samskap.engines.outlook.levers import NO_LEVERS, Levers
from samskap.engines.outlook.pooling import Pool
from samskap.engines.outlook.result import Explained
from samskap.engines.outlook.simulating import Simulation, simulate

__all__ = ["explain"]

LAYERS: Final = {
    "nation": Noise(nation=True, place=False, people=False),
    "place": Noise(nation=False, place=True, people=False),
    "people": Noise(nation=False, place=False, people=True),
}


def explain(
    assumptions: Assumptions, *, run: Simulation, draws: int, levers: Levers = NO_LEVERS, runner: Runner | None = None
) -> tuple[Explained, ...]:
    """How much of the spread of the last year's total of a run's first place each layer explains, the largest first.

    Each layer runs alone, in some `draws`, on the movers of the run's pool: those of every draw for the nation, their
    mean for the others. The shares are of the sum of the three variances, which leaves out the little that layers do
    together. With 0 draws nothing is explained.
    """
    draws = min(draws, run.draws)
    if draws == 0:
        return ()
    movers, national = run.pool.movers[: run.years, ..., :draws], run.pool.national[: run.years + 1, ..., :draws]
    mean = np.broadcast_to(movers.mean(axis=-1, keepdims=True), movers.shape)
    pools = {
        layer: Pool(run.base_year, run.seed, movers=np.ascontiguousarray(source), national=national)
        for layer, source in (("nation", movers), ("place", mean), ("people", mean))
    }
    spread = {}
    for layer, noise in LAYERS.items():
        alone = simulate(
            assumptions, years=run.years, draws=draws, seed=run.seed, levers=levers, noise=noise,
            places=run.places[:1], pool=pools[layer], runner=runner,
        )  # fmt: skip
        spread[layer] = float(alone.persons[0, -1].sum(axis=0, dtype=np.float64).var())
    whole = sum(spread.values()) or 1.0
    return tuple(Explained(layer, spread[layer] / whole) for layer in sorted(spread, key=lambda key: -spread[key]))
