"""Appraisal: what an initiative is worth by the Norwegian rules and by SROI, from one effect list.

    options = Options(comparison_year=2026, edition="no-r109-2021", seed=20171114)
    appraise(effects, options).net_present_value
    social_return(effects, options)       # refuses without deadweight, displacement, attribution, drop-off and a source
    tornado(effects, options), break_even(effects, options, of="hours"), simulate(effects, options)
    answer(effects, options)              # all of it

Described in `docs/methods/appraisal.md`.
"""

from samskap.engines.appraisal.answering import ENGINE_VERSION, answer
from samskap.engines.appraisal.appraising import appraise
from samskap.engines.appraisal.effects import CERTAINTIES, DISTRIBUTIONS, KINDS, SECTORS, Effect, Shares, Spread
from samskap.engines.appraisal.errors import AppraisalError
from samskap.engines.appraisal.options import DENOMINATORS, DRAWS, FACTORS, TIMINGS, Correlation, Options, PriceIndex
from samskap.engines.appraisal.parameters import EDITIONS, LATEST, Parameters, Step, parameters_of
from samskap.engines.appraisal.result import (
    NOTHING,
    ActorLine,
    Answer,
    Appraisal,
    Bar,
    BreakEven,
    BudgetKrone,
    CertaintyLine,
    EffectLine,
    KindLine,
    Missing,
    OutcomeLine,
    Percentiles,
    Ratio,
    Refusal,
    SectorLine,
    Simulation,
    SocialReturn,
    SpreadLine,
    Tornado,
    Totals,
    UnpricedLine,
    YearLine,
)
from samskap.engines.appraisal.sensitivity import break_even, break_evens, tornado
from samskap.engines.appraisal.simulating import simulate
from samskap.engines.appraisal.social import social_return

__all__ = [
    "CERTAINTIES",
    "DENOMINATORS",
    "DISTRIBUTIONS",
    "DRAWS",
    "EDITIONS",
    "ENGINE_VERSION",
    "FACTORS",
    "KINDS",
    "LATEST",
    "NOTHING",
    "SECTORS",
    "TIMINGS",
    "ActorLine",
    "Answer",
    "Appraisal",
    "AppraisalError",
    "Bar",
    "BreakEven",
    "BudgetKrone",
    "CertaintyLine",
    "Correlation",
    "Effect",
    "EffectLine",
    "KindLine",
    "Missing",
    "Options",
    "OutcomeLine",
    "Parameters",
    "Percentiles",
    "PriceIndex",
    "Ratio",
    "Refusal",
    "SectorLine",
    "Shares",
    "Simulation",
    "SocialReturn",
    "Spread",
    "SpreadLine",
    "Step",
    "Tornado",
    "Totals",
    "UnpricedLine",
    "YearLine",
    "answer",
    "appraise",
    "break_even",
    "break_evens",
    "parameters_of",
    "simulate",
    "social_return",
    "tornado",
]
