"""All uncertain things changed at once, many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.appraisal.appraising import LEAST_KRONER
from samskap.engines.appraisal.drawing import Draws, draw
from samskap.engines.appraisal.effects import Effect
from samskap.engines.appraisal.errors import AppraisalError
from samskap.engines.appraisal.flows import case_of
from samskap.engines.appraisal.options import Options
from samskap.engines.appraisal.parameters import Parameters
from samskap.engines.appraisal.result import Percentiles, Simulation, SpreadLine

__all__ = ["FEWEST", "HIGHEST_SEED", "MOST", "MOST_NUMBERS", "PERCENTILES", "simulate"]

Numbers = NDArray[np.float64]

FEWEST, MOST = 100, 1_000_000
MOST_NUMBERS: Final = 30_000_000
"""Draws times uncertain effects: 240 MB."""

HIGHEST_SEED: Final = 2**63 - 1
PERCENTILES: Final = (1.0, 5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0)
CURVE: Final = tuple(step * 2.5 for step in range(41))
CHARGED: Final = 0.5
"""Share of draws that must charge the budget before anything is told for each budget krone."""


def simulate(
    effects: Sequence[Effect],
    options: Options,
    *,
    draws: int | None = None,
    editions: Mapping[str, Parameters] | None = None,
) -> Simulation:
    """So many draws (None: those of the options) by the seed of the options. AppraisalError without a seed."""
    count = options.draws if draws is None else draws
    case = case_of(effects, options, editions=editions)
    seed = _checked(count, options.seed, uncertain=sum(flow.effect.spread is not None for flow in case.counted))
    drawn = draw(case, draws=count, seed=seed)
    ordered = np.sort(drawn.net)
    charged = drawn.budget > LEAST_KRONER
    share = int(np.count_nonzero(charged)) / count
    drawn_keys = {flow.effect.key for flow in drawn.flows}
    per_krone = np.sort(drawn.net[charged] / drawn.budget[charged]) if share >= CHARGED else None
    return Simulation(
        draws=count,
        seed=seed,
        net_present_value=_percentiles(ordered),
        per_budget_krone=None if per_krone is None else _percentiles(per_krone),
        charged=share,
        chance_positive=int(np.count_nonzero(drawn.net > 0)) / count,
        curve=tuple((_quantile(ordered, each), each / 100) for each in CURVE),
        spreads=_spread_lines(drawn),
        correlations=tuple(each for each in options.correlations if {each.one, each.other} <= drawn_keys),
    )


def _checked(draws: int, seed: int | None, *, uncertain: int) -> int:
    """The seed, where there is one, something to draw, and room for as many draws."""
    if seed is None or not 0 <= seed <= HIGHEST_SEED:
        raise AppraisalError(
            "A simulation needs a seed that is stored with its answer.",
            code="appraisal_seed",
            cure="Give a whole number that is not negative: anybody can then draw the same again.",
            gaps={"seed": seed},
        )
    if not uncertain:
        raise AppraisalError(
            "No priced effect has a spread, so there is nothing to simulate.",
            code="appraisal_no_spread",
            cure="Say for at least one effect how uncertain its quantity is.",
        )
    most = min(MOST, MOST_NUMBERS // uncertain)
    if not FEWEST <= draws <= most:
        raise AppraisalError(
            f"A simulation of {uncertain} uncertain effects cannot have {draws} draws.",
            code="appraisal_draws",
            cure=f"Give a number between {FEWEST} and {most}.",
            gaps={"uncertain": uncertain, "draws": draws, "fewest": FEWEST, "most": most},
        )
    return seed


def _percentiles(ordered: Numbers) -> Percentiles:
    mean = fsum(ordered.tolist()) / len(ordered)
    deviations = ordered - mean
    variance = fsum((deviations * deviations).tolist()) / max(len(ordered) - 1, 1)
    return Percentiles(mean, sqrt(variance), tuple((each, _quantile(ordered, each)) for each in PERCENTILES))


def _quantile(ordered: Numbers, percent: float) -> float:
    """Between the two nearest of sorted numbers, in proportion."""
    place = (len(ordered) - 1) * percent / 100
    below = int(place)
    low, high = float(ordered[below]), float(ordered[min(below + 1, len(ordered) - 1)])
    return low + (high - low) * (place - below)


def _spread_lines(drawn: Draws) -> tuple[SpreadLine, ...]:
    """The share of the variance is the covariance with the whole over its variance; shares add up to 1."""
    whole = drawn.net - drawn.net.mean()
    variance = float((whole * whole).sum())
    lines = []
    for flow, weight, amounts in zip(drawn.flows, drawn.weights, drawn.amounts, strict=True):
        together = weight * float((whole * amounts).sum())
        share = together / variance if variance else 0.0
        assert flow.effect.spread is not None
        lines.append(SpreadLine(flow.effect.key, flow.effect.title, flow.effect.spread, share))
    return tuple(lines)
