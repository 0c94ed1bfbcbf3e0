"""Worlds where people spread around one middle: a pattern, but no groups.

Everything else is as in the real votes: who answered which statement, how many agreed, passed and disagreed in the
long run, the axes, and how far people spread along them. Only the places are drawn anew from a normal distribution.
A vote falls among its statement's two cuts by a pull that is part place, part chance; how much the place counts is the
polyserial correlation (Olsson, Drasgow and Dorans 1982), so that drawn votes lean on the axes as strongly as real ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.axes import TINY
from samskap.engines.opinion_map.crowd import Block

STRONGEST = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """How votes come about by statement: lean on the place (statements, axes), chance, and the two cuts."""

    lean: NDArray[np.float64]
    chance: NDArray[np.float64]
    cuts: NDArray[np.float64]


def spread_of(counts: NDArray[np.int64], *, loadings: NDArray[np.float64], wide: NDArray[np.float64]) -> Spread:
    """The spread that these counts (statements, 3), loadings (statements, axes) and variances on the axes describe."""
    from scipy.special import ndtri  # noqa: PLC0415 -- slow import

    answers = np.maximum(counts.sum(axis=1), 1)
    cuts = ndtri(np.stack([counts[:, 0], counts[:, 0] + counts[:, 1]], axis=1) / answers[:, None])
    # How far the mean answer moves when the pull does: the height of the normal curve at both cuts.
    reach = np.exp(-(cuts**2) / 2.0).sum(axis=1) / np.sqrt(2.0 * np.pi)
    lean = loadings * np.sqrt(wide) / np.maximum(reach, TINY)[:, None]
    length = np.sqrt(np.sum(lean**2, axis=1))
    lean = lean * np.minimum(1.0, STRONGEST / np.maximum(length, TINY))[:, None]
    return Spread(lean=lean, chance=np.sqrt(1.0 - np.sum(lean**2, axis=1)), cuts=cuts)


def drawn_votes(block: Block, spread: Spread, *, random: np.random.Generator) -> Block:
    """The same people answering the same statements in one such world."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    places = random.standard_normal((block.people, spread.lean.shape[1]))
    noise = random.standard_normal(len(block.values), dtype=np.float32)
    drawn = np.empty_like(block.values)
    kernels.world(block.starts, block.columns, spread.lean, spread.chance, spread.cuts, places, noise, drawn)
    return block.with_values(drawn)
