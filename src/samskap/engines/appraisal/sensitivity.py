"""One thing changed at a time: the tornado, and where the net present value is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from samskap.engines.appraisal.appraising import LEAST_KRONER, budget_of, net_value
from samskap.engines.appraisal.effects import Effect
from samskap.engines.appraisal.errors import AppraisalError
from samskap.engines.appraisal.flows import Case, Flow, case_of, priced
from samskap.engines.appraisal.options import Options
from samskap.engines.appraisal.parameters import Parameters
from samskap.engines.appraisal.prices import price_in
from samskap.engines.appraisal.result import Bar, BreakEven, Driver, Tornado

__all__ = ["break_even", "break_evens", "tornado"]

End = tuple[float, float | None]
"""A net present value, and the same for each budget krone where the budget is charged."""


def tornado(
    effects: Sequence[Effect],
    options: Options,
    *,
    factors: tuple[float, float] | None = None,
    editions: Mapping[str, Parameters] | None = None,
) -> Tornado:
    """Each effect, the rates and the tax cost times a low and a high factor (None: those of the options)."""
    used = options.factors if factors is None else factors
    case = case_of(effects, replace(options, factors=used), editions=editions)
    bars = [*_effect_bars(case, used), _rate_bar(effects, case, used), _tax_bar(case, used)]
    net = net_value(case.counted, tax_cost=case.parameters.tax_cost)
    return Tornado(used, net, tuple(sorted(bars, key=lambda bar: -bar.width)))


def break_even(
    effects: Sequence[Effect], options: Options, *, of: str, editions: Mapping[str, Parameters] | None = None
) -> BreakEven:
    """How much of one effect is enough: the exact factor at which the net present value is nothing.

    The net present value is a straight line in the quantity of each effect, so there is one such factor, or none that
    is not negative. AppraisalError where there is no effect of this key.
    """
    case = case_of(effects, options, editions=editions)
    effect = next((each for each in effects if each.key == of), None)
    if effect is None:
        raise AppraisalError(
            f'There is no effect "{of}".',
            code="appraisal_unknown_effect",
            cure="Name an effect of the list by its key.",
            gaps={"key": of},
        )
    return _even(case, effect)


def break_evens(
    effects: Sequence[Effect], options: Options, *, editions: Mapping[str, Parameters] | None = None
) -> tuple[BreakEven, ...]:
    """The break-even of every effect that counts, in the order of the list."""
    case = case_of(effects, options, editions=editions)
    return tuple(_even(case, flow.effect) for flow in case.counted)


def _even(case: Case, effect: Effect) -> BreakEven:
    key, tax = effect.key, case.parameters.tax_cost
    own = net_value((flow for flow in case.counted if flow.effect.key == key), tax_cost=tax)
    without = net_value((flow for flow in case.counted if flow.effect.key != key), tax_cost=tax)
    if abs(own) < LEAST_KRONER:
        return BreakEven(key, effect.title, "no_money", None, None, without)
    factor = 0.0 - without / own
    if factor < 0:
        return BreakEven(key, effect.title, "always_positive" if own > 0 else "always_negative", None, None, without)
    price = price_in(replace(effect, growth=0.0), case.options.price_base, options=case.options)
    return BreakEven(key, effect.title, "found", factor, price * factor, without)


def _end(net: float, budget: float) -> End:
    return net, net / budget if budget > LEAST_KRONER else None


def _end_of(flows: Iterable[Flow], case: Case, tax_cost: float) -> End:
    flows = tuple(flows)
    budget = budget_of(flows, case.options.nnb_denominator, tax_cost=tax_cost)
    return _end(net_value(flows, tax_cost=tax_cost), budget)


def _bar(driver: Driver, key: str, title: str, ends: Sequence[End]) -> Bar:
    (low, low_per_krone), (high, high_per_krone) = ends
    return Bar(driver, key, title, low, high, low_per_krone, high_per_krone)


def _effect_bars(case: Case, factors: tuple[float, float]) -> Iterable[Bar]:
    """Both the net present value and the budget are straight lines in the quantity of an effect."""
    tax, denominator = case.parameters.tax_cost, case.options.nnb_denominator
    net, budget = net_value(case.counted, tax_cost=tax), budget_of(case.counted, denominator, tax_cost=tax)
    for flow in case.counted:
        own, charge = net_value((flow,), tax_cost=tax), budget_of((flow,), denominator, tax_cost=tax)
        ends = [_end(net + (factor - 1) * own, budget + (factor - 1) * charge) for factor in factors]
        yield _bar("effect", flow.effect.key, flow.effect.title, ends)


def _rate_bar(effects: Sequence[Effect], case: Case, factors: tuple[float, float]) -> Bar:
    ends = []
    for factor in factors:
        steps = tuple(replace(step, rate=step.rate * factor) for step in case.parameters.steps)
        other = priced(effects, case.options, replace(case.parameters, steps=steps))
        ends.append(_end_of(other.counted, case, case.parameters.tax_cost))
    return _bar("rates", "", "", ends)


def _tax_bar(case: Case, factors: tuple[float, float]) -> Bar:
    taxes = (case.parameters.tax_cost * factor for factor in factors)
    return _bar("tax_cost", "", "", [_end_of(case.counted, case, tax) for tax in taxes])
