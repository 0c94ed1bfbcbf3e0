"""Draws of what effects are worth: the present value of an effect is linear in the factor of its quantity.

So the years are discounted once, not once a draw: a draw is a factor for each effect, and all that is left is to add up
30 numbers. A deviation of each year by itself is a normal number too, with the root of the sum of squares of the
years' present values, which is exact, so that no draw has a year.
"""

from __future__ import annotations

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

__all__ = ["Draws", "draw", "factor_of"]

Numbers = NDArray[np.float64]


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
    weights = {flow.effect.key: 1 + tax * flow.effect.public_share for flow in case.counted}
    charges = {flow.effect.key: _charge(case, flow) for flow in case.counted}
    net = np.full(draws, fsum(weights[flow.effect.key] * flow.present_value for flow in certain))
    budget = np.full(draws, fsum(charges[flow.effect.key] * flow.present_value for flow in certain))
    amounts = np.empty((len(uncertain), draws))
    normal = _correlated_numbers(case, draws=draws, seed=seed)
    for amount, flow in zip(amounts, uncertain, strict=True):
        key = flow.effect.key
        amount[:] = _amounts(flow, draws=draws, seed=seed, normal=normal.get(key))
        net += weights[key] * amount
        if charges[key]:
            budget += charges[key] * amount
    return Draws(uncertain, tuple(weights[flow.effect.key] for flow in uncertain), amounts, net, budget)


def _charge(case: Case, flow: Flow) -> float:
    """Kroner that a public budget is charged with for each krone of an effect, by the chosen denominator."""
    share = flow.effect.public_share
    if case.options.nnb_denominator == "outlays_without_tax_cost" and flow.effect.sign > 0:
        return 0.0
    if case.options.nnb_denominator == "budget_with_tax_cost":
        return -share * (1 + case.parameters.tax_cost)
    return -share


def _correlated_numbers(case: Case, *, draws: int, seed: int) -> dict[str, Numbers]:
    """The normal numbers of all effects that a correlation names, by key."""
    rows = mixture(case.options.correlations)
    independent = np.empty((len(rows), draws))
    for numbers, key in zip(independent, rows, strict=True):
        numbers[:] = normal_of(uniform(stream_of(seed, key), draws))
    return correlated(independent, rows)


def _amounts(flow: Flow, *, draws: int, seed: int, normal: Numbers | None) -> Numbers:
    """The present value of an effect in each draw."""
    key, spread = flow.effect.key, flow.effect.spread
    assert spread is not None
    shares = uniform(stream_of(seed, key), draws) if normal is None else None
    amounts = flow.present_value * factor_of(spread, shares=shares, normal=normal)
    if straying := _yearly(flow, spread):
        amounts += straying * normal_of(uniform(stream_of(seed, key, purpose="years"), draws))
    return amounts


def factor_of(spread: Spread, *, shares: Numbers | None = None, normal: Numbers | None = None) -> Numbers:
    """Factors of a quantity: those below which there are these shares, or as far out as these normal numbers."""
    sd, low, mode, high = (value or 0.0 for value in (spread.sd, spread.low, spread.mode, spread.high))
    if spread.distribution in {"normal", "lognormal"}:
        number = normal_of(_given(shares)) if normal is None else normal
        return 1.0 + sd * number if spread.distribution == "normal" else _lognormal(number, sd)
    below = _given(shares) if normal is None else share_below(normal)
    if spread.distribution == "uniform":
        return low + (high - low) * below
    rising = low + np.sqrt(below * ((high - low) * (mode - low)))
    falling = high - np.sqrt((1.0 - below) * ((high - low) * (high - mode)))
    return np.where(below * (high - low) < mode - low, rising, falling)


def _lognormal(normal: Numbers, sd: float) -> Numbers:
    """Of mean 1 and standard deviation `sd`: e to a normal number of variance ln(1 + sd²) and mean minus half of it."""
    variance = float(logarithm(np.array([1.0 + sd * sd]))[0])
    return exponential(sqrt(variance) * normal - variance / 2)


def _given(shares: Numbers | None) -> Numbers:
    assert shares is not None
    return shares


def _yearly(flow: Flow, spread: Spread) -> float:
    """Standard deviation in kroner of what single years stray by, in all."""
    return spread.yearly_sd * sqrt(fsum(amount * amount for amount in flow.discounted.values()))
