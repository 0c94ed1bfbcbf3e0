"""Effects as kroner a year, and what these are worth in the comparison year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from samskap.engines.appraisal.checks import check, check_parameters
from samskap.engines.appraisal.discounting import discount_factors
from samskap.engines.appraisal.effects import Effect
from samskap.engines.appraisal.options import Options
from samskap.engines.appraisal.parameters import Parameters, parameters_of
from samskap.engines.appraisal.prices import price_in

__all__ = ["Case", "Flow", "case_of", "priced", "quantities"]


@dataclass(frozen=True, slots=True)
class Flow:
    """A priced effect: `kroner` with its sign in each year that counts, in prices of the price year; `discounted` is
    the same in the comparison year's worth. `residual_value` is the part of `present_value` after the period."""

    effect: Effect
    is_counted: bool
    kroner: dict[int, float]
    discounted: dict[int, float]
    present_value: float
    residual_value: float

    @property
    def public(self) -> float:
        """The part that is net public financing."""
        return self.present_value * self.effect.public_share


@dataclass(frozen=True, slots=True)
class Case:
    """What every answer begins with: `factors` by year, and the flows of priced effects in the order of the list."""

    options: Options
    parameters: Parameters
    factors: dict[int, float]
    flows: tuple[Flow, ...]
    unpriced: tuple[Effect, ...]
    cut: tuple[str, ...]

    @property
    def counted(self) -> tuple[Flow, ...]:
        """The flows that the net present value is made of."""
        return tuple(flow for flow in self.flows if flow.is_counted)


def case_of(effects: Sequence[Effect], options: Options, *, editions: Mapping[str, Parameters] | None = None) -> Case:
    """The effects checked, priced and discounted by the edition of the options."""
    check(effects, options)
    parameters = parameters_of(options.edition, editions=editions)
    check_parameters(parameters)
    return priced(effects, options, parameters)


def priced(effects: Sequence[Effect], options: Options, parameters: Parameters) -> Case:
    """The case of effects that are known to be right."""
    first = min(options.comparison_year, *(effect.first_year for effect in effects))
    factors = discount_factors(
        first,
        options.end_of_life + 1,  # a social return may ask for the end of the last year
        steps=parameters.steps,
        comparison_year=options.comparison_year,
        anchor_year=options.rate_base,
    )
    return Case(
        options=options,
        parameters=parameters,
        factors=factors,
        flows=tuple(_flow(effect, options, factors) for effect in effects if effect.price is not None),
        unpriced=tuple(effect for effect in effects if effect.price is None),
        cut=tuple(effect.key for effect in effects if _is_cut(effect, options)),
    )


def quantities(effect: Effect, options: Options) -> dict[int, float]:
    """What is listed up to the end of the lifetime, or of the period where there is none.

    What is listed up to the very last year of the period goes on until the end of the lifetime, as it was in that year.
    A year is listed or goes on, never both, so a residual value comes once. A 0 listed after the period ends it.
    """
    found = {
        effect.first_year + place: amount
        for place, amount in enumerate(effect.quantity)
        if effect.first_year + place <= options.end_of_life
    }
    if effect.last_year == options.last_year:
        found |= dict.fromkeys(range(options.last_year + 1, options.end_of_life + 1), effect.quantity[-1])
    return found


def _flow(effect: Effect, options: Options, factors: Mapping[int, float]) -> Flow:
    kroner = {
        year: effect.sign * amount * price_in(effect, year, options=options)
        for year, amount in quantities(effect, options).items()
    }
    discounted = {year: amount * factors[year] for year, amount in kroner.items()}
    return Flow(
        effect=effect,
        is_counted=effect.kind != "freed_time" or options.count_freed_time,
        kroner=kroner,
        discounted=discounted,
        present_value=fsum(discounted.values()),
        residual_value=fsum(amount for year, amount in discounted.items() if year > options.last_year),
    )


def _is_cut(effect: Effect, options: Options) -> bool:
    """Whether something listed comes after the last year that counts."""
    late = options.end_of_life - effect.first_year + 1
    return any(amount > 0 for amount in effect.quantity[max(late, 0) :])
