"""The slow twin: the definitions written out year by year and draw by draw in plain loops, sharing no code with the
engine but its dataclasses."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from samskap.engines.appraisal import Effect, Options, Parameters, Spread
from samskap.engines.appraisal.chance import stream_of

NORMAL = NormalDist()


def rate(year: int, options: Options, parameters: Parameters) -> float:
    anchor = options.comparison_year if options.anchor_year is None else options.anchor_year
    found = parameters.steps[0].rate
    for step in parameters.steps:
        if year > anchor + step.after:
            found = step.rate
    return found


def factor(year: int, options: Options, parameters: Parameters) -> float:
    found = 1.0
    for each in range(options.comparison_year + 1, year + 1):
        found /= 1 + rate(each, options, parameters)
    for each in range(year + 1, options.comparison_year + 1):
        found *= 1 + rate(each, options, parameters)
    return found


def price(effect: Effect, year: int, options: Options) -> float:
    base = options.comparison_year if options.price_year is None else options.price_year
    found = effect.price
    if effect.price_year != base:
        index = dict(options.price_index.values)
        found = found / index[effect.price_year] * index[base]
    start = base if options.growth_from is None else options.growth_from
    for each in range(start + 1, year + 1):
        growth = effect.growth
        if options.growth_fades:
            first, last = options.growth_fades
            if each >= last:
                growth = 0.0
            elif each > first:
                growth = effect.growth * (last - each) / (last - first)
        found = found * (1 + growth)
    return found


def quantity(effect: Effect, year: int, options: Options) -> float:
    period_ends = options.comparison_year + options.horizon_years
    life_ends = max(period_ends, options.comparison_year + (options.lifetime_years or 0))
    listed_until = effect.first_year + len(effect.quantity) - 1
    if year < effect.first_year or year > life_ends:
        return 0.0
    if year <= listed_until:
        return effect.quantity[year - effect.first_year]
    return effect.quantity[-1] if listed_until == period_ends else 0.0


def years(effects: tuple[Effect, ...], options: Options) -> range:
    first = min(options.comparison_year, *(effect.first_year for effect in effects))
    return range(first, options.comparison_year + max(options.horizon_years, options.lifetime_years or 0) + 1)


def counts(effect: Effect, options: Options) -> bool:
    return effect.price is not None and (effect.kind != "freed_time" or options.count_freed_time)


def kroner(effect: Effect, year: int, options: Options) -> float:
    sign = -1 if effect.kind == "cost" or effect.is_harm else 1
    return sign * quantity(effect, year, options) * price(effect, year, options)


def net_present_value(
    effects: tuple[Effect, ...], options: Options, parameters: Parameters, times: dict[str, float] | None = None
) -> dict[str, float]:
    """Benefits, costs, public, tax cost and net, with the quantity of some effects multiplied."""
    sums = {"benefits": 0.0, "costs": 0.0, "public": 0.0, "tax_cost": 0.0, "net": 0.0, "residual": 0.0, "outlays": 0.0}
    for effect in effects:
        if not counts(effect, options):
            continue
        for year in years(effects, options):
            amount = kroner(effect, year, options) * factor(year, options, parameters)
            amount *= (times or {}).get(effect.key, 1.0)
            public = amount * effect.public_share
            tax = public * parameters.tax_cost
            sums["costs" if effect.kind == "cost" or effect.is_harm else "benefits"] += amount
            sums["public"] += public
            sums["tax_cost"] += tax
            sums["net"] += amount + tax
            if effect.kind == "cost" or effect.is_harm:
                sums["outlays"] -= public
            if year > options.comparison_year + options.horizon_years:
                sums["residual"] += amount + tax
    return sums


def budget(sums: dict[str, float], options: Options) -> float:
    return {
        "budget_without_tax_cost": -sums["public"],
        "outlays_without_tax_cost": sums["outlays"],
        "budget_with_tax_cost": -sums["public"] - sums["tax_cost"],
    }[options.nnb_denominator]


def social_return(effects: tuple[Effect, ...], options: Options, parameters: Parameters) -> dict[str, float]:
    inputs = impact = 0.0
    for effect in effects:
        if not counts(effect, options):
            continue
        begun = None
        for year in range(effect.first_year, options.comparison_year + options.horizon_years + 1):
            amount = kroner(effect, year, options)
            if effect.kind == "cost":
                inputs -= amount * factor(year, options, parameters)
                continue
            if begun is None and amount:
                begun = year
            shares = effect.shares
            amount -= amount * shares.deadweight
            amount -= amount * shares.displacement
            amount -= amount * shares.attribution
            for _ in range(begun + 1 if begun is not None else year + 1, year + 1):
                amount -= amount * shares.drop_off
            late = 1 if options.timing == "first_year_discounted" else 0
            impact += amount * factor(year + late, options, parameters)
    return {"inputs": inputs, "impact": impact}


def drawn_factors(effects: tuple[Effect, ...], options: Options, draws: int) -> list[dict[str, float]]:
    """Factors of each draw, by key of the effect: correlated normal numbers by Cholesky's factor from a library."""
    uncertain = [effect for effect in effects if effect.spread is not None and counts(effect, options)]
    told = {frozenset((each.one, each.other)): each.value for each in options.correlations}
    together = sorted({key for pair in told for key in pair})
    matrix = np.array([[1.0 if a == b else told.get(frozenset((a, b)), 0.0) for b in together] for a in together])
    lower = np.linalg.cholesky(matrix) if together else matrix
    keys = {*together, *(effect.key for effect in uncertain)}
    shares = {key: [((int(bits) >> 12) + 0.5) / 2**52 for bits in stream_of(options.seed, key).random_raw(draws)]
              for key in keys}  # fmt: skip
    found = []
    for draw in range(draws):
        normal = {key: NORMAL.inv_cdf(shares[key][draw]) for key in keys}
        mixed = {key: sum(lower[row][column] * normal[other] for column, other in enumerate(together))
                 for row, key in enumerate(together)}  # fmt: skip
        found.append(
            {effect.key: _factor(effect.spread, mixed.get(effect.key, normal[effect.key])) for effect in uncertain}
        )
    return found


def _factor(spread: Spread, normal: float) -> float:
    below = NORMAL.cdf(normal)
    match spread.distribution:
        case "normal":
            return 1 + spread.sd * normal
        case "lognormal":
            variance = math.log(1 + spread.sd**2)
            return math.exp(math.sqrt(variance) * normal - variance / 2)
        case "uniform":
            return spread.low + below * (spread.high - spread.low)
        case _:
            low, mode, high = spread.low, spread.mode, spread.high
            if below < (mode - low) / (high - low):
                return low + math.sqrt(below * (high - low) * (mode - low))
            return high - math.sqrt((1 - below) * (high - low) * (high - mode))
