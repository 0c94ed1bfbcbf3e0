"""Draws of what effects are worth: the present value of an effect is linear in the factor of its quantity.

So the years are discounted once, not once a draw: a draw is a factor for each effect, and all that is left is to add up
30 numbers. A deviation of each year by itself is a normal number too, with the root of the sum of squares of the
years' present values, which is exact, so that no draw has a year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

from samskap.engines.appraisal.chance import (
    exponential,
    logarithm,
    normal_of,
    share_below,
    stream_of,
    uniform,
)
from samskap.engines.appraisal.copula import correlated, mixture
from samskap.engines.appraisal.effects import Spread
from samskap.engines.appraisal.flows import Case, Flow

__all__ = ["BLOCK", "Draws", "draw", "factor_of"]

Numbers = NDArray[np.float64]

BLOCK = 8192
"""Draws made together: what is in hand for one effect stays in the cache nearest to a core."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """`amounts` (effects with a spread, draws): present values in kroner; `net` and `budget` (draws,) are the net
    present value and what the public budget is charged with. `weights` of `amounts` make `net`."""

    flows: tuple[Flow, ...]
    weights: tuple[float, ...]
    amounts: Numbers
    net: Numbers
    budget: Numbers


def draw(case: Case, *, draws: int, seed: int) -> Draws:
    """So many draws of a case; the first ones are the same however many there are."""
    uncertain = tuple(flow for flow in case.counted if flow.effect.spread is not None)
    certain = tuple(flow for flow in case.counted if flow.effect.spread is None)
    tax = case.parameters.tax_cost
    net_weights = [1 + tax * flow.effect.public_share for flow in case.counted]
    weights = dict(zip((flow.effect.key for flow in case.counted), net_weights, strict=True))
    charges = {flow.effect.key: _charge(case, flow) for flow in case.counted}
    net = np.full(draws, fsum(weights[flow.effect.key] * flow.present_value for flow in certain))
    budget = np.full(draws, fsum(charges[flow.effect.key] * flow.present_value for flow in certain))
    amounts = np.empty((len(uncertain), draws))
    for start, blocks in _blocks(case, uncertain, draws=draws, seed=seed):
        for row, (flow, amount) in enumerate(zip(uncertain, blocks, strict=True)):
            inside = slice(start, start + len(amount))
            amounts[row, inside] = amount
            net[inside] += weights[flow.effect.key] * amount
            budget[inside] += charges[flow.effect.key] * amount
    return Draws(uncertain, tuple(weights[flow.effect.key] for flow in uncertain), amounts, net, budget)


def _charge(case: Case, flow: Flow) -> float:
    """Kroner that a public budget is charged with for each krone of an effect, by the chosen denominator."""
    share = flow.effect.public_share
    if case.options.nnb_denominator == "outlays_without_tax_cost" and flow.effect.sign > 0:
        return 0.0
    if case.options.nnb_denominator == "budget_with_tax_cost":
        return -share * (1 + case.parameters.tax_cost)
    return -share


def _blocks(case: Case, flows: Sequence[Flow], *, draws: int, seed: int) -> Iterator[tuple[int, list[Numbers]]]:
    """Block after block, the present value of each flow in its draws."""
    rows = mixture(case.options.correlations)
    keys = dict.fromkeys((*rows, *(flow.effect.key for flow in flows)))
    streams = {key: stream_of(seed, key) for key in keys}
    yearly = {flow.effect.key: stream_of(seed, flow.effect.key, purpose="years") for flow in flows if _yearly(flow)}
    for start in range(0, draws, BLOCK):
        size = min(BLOCK, draws - start)
        shares = {key: uniform(stream, size) for key, stream in streams.items()}
        normal = correlated({key: normal_of(shares[key]) for key in rows}, rows)
        amounts = []
        for flow in flows:
            key, spread = flow.effect.key, flow.effect.spread
            assert spread is not None
            amount = flow.present_value * factor_of(spread, shares=shares[key], normal=normal.get(key))
            if key in yearly:
                amount += _yearly(flow) * normal_of(uniform(yearly[key], size))
            amounts.append(amount)
        yield start, amounts


def factor_of(spread: Spread, *, shares: Numbers, normal: Numbers | None = None) -> Numbers:
    """Factors of a quantity. `shares` are uniform and say which; `normal` does so where the effect is correlated."""
    sd, low, mode, high = (value or 0.0 for value in (spread.sd, spread.low, spread.mode, spread.high))
    if spread.distribution in {"normal", "lognormal"}:
        number = normal_of(shares) if normal is None else normal
        return 1.0 + sd * number if spread.distribution == "normal" else _lognormal(number, sd)
    below = shares if normal is None else share_below(normal)
    if spread.distribution == "uniform":
        return low + (high - low) * below
    rising = low + np.sqrt(below * ((high - low) * (mode - low)))
    falling = high - np.sqrt((1.0 - below) * ((high - low) * (high - mode)))
    return np.where(below * (high - low) < mode - low, rising, falling)


def _lognormal(normal: Numbers, sd: float) -> Numbers:
    """Of mean 1 and standard deviation `sd`: e to a normal number of variance ln(1 + sd²) and mean minus half of it."""
    variance = float(logarithm(np.array([1.0 + sd * sd]))[0])
    return exponential(sqrt(variance) * normal - variance / 2)


def _yearly(flow: Flow) -> float:
    """Standard deviation in kroner of what single years stray by, in all."""
    spread = flow.effect.spread
    own = spread.yearly_sd if spread else 0.0
    return own * sqrt(fsum(amount * amount for amount in flow.discounted.values()))
