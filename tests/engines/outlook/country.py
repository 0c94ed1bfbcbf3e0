"""A country of made-up places with Norway's schedules, for simulations."""

from __future__ import annotations

import numpy as np

from samskap.engines.outlook.inputs import Assumptions
from samskap.engines.outlook.life_tables import survivorship
from samskap.engines.outlook.norway import NORWAY


def country(*sizes: float, whole: bool = True) -> Assumptions:
    """Places of these sizes, of unlike ages and rates; with `whole`, of whole people."""
    alive = np.cumprod(survivorship(NORWAY.mortality), axis=-1)
    count, ages = len(sizes), np.arange(121)
    older = 1 + 0.006 * (np.arange(count) % 5)[:, None, None] * ages
    population = alive * older
    population *= np.array(sizes)[:, None, None] / population.sum(axis=(1, 2), keepdims=True)
    if whole:
        population = np.round(population)
    local = 1 + 0.1 * (np.arange(count) % 3 - 1)[:, None, None]
    out_moves = NORWAY.out_moves * local
    share = population * out_moves + 1e-3 * np.array(sizes)[:, None, None] / sum(sizes)
    weight = np.array(sizes) / sum(sizes)
    return Assumptions(
        places=tuple(f"{1000 + number}" for number in range(count)),
        base_year=2024,
        population=population,
        mortality=NORWAY.mortality * (2 - local),
        decline=NORWAY.decline,
        fertility=np.stack([NORWAY.fertility] * count) * local[..., 0],
        out_moves=out_moves,
        abroad=NORWAY.abroad,
        share=share / share.sum(axis=0),
        immigration=weight[:, None, None] * NORWAY.arrivals * NORWAY.immigration * sum(sizes) / 5.5e6,
        level_sd=np.full(count, 0.004),
    )
