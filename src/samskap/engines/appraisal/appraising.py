"""Net present value, net benefit per budget krone, who pays and who gains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from samskap.engines.appraisal.discounting import rate_in
from samskap.engines.appraisal.effects import CERTAINTIES, KINDS, Certainty, Effect
from samskap.engines.appraisal.flows import Case, Flow, case_of, quantities
from samskap.engines.appraisal.grouping import actor_lines, sector_lines
from samskap.engines.appraisal.options import DENOMINATORS, Denominator, Options
from samskap.engines.appraisal.parameters import Parameters
from samskap.engines.appraisal.result import (
    NOTHING,
    Appraisal,
    BudgetKrone,
    CertaintyLine,
    EffectLine,
    KindLine,
    Totals,
    UnpricedLine,
    YearLine,
)

__all__ = ["LEAST_KRONER", "appraise", "budget_of", "net_value"]

LEAST_KRONER = 0.005
"""Less than half an øre is nothing: a budget is not charged with it, and no factor makes up for it."""


def appraise(
    effects: Sequence[Effect], options: Options, *, editions: Mapping[str, Parameters] | None = None
) -> Appraisal:
    """What the effects are worth against going on as today. AppraisalError where they cannot be appraised."""
    case = case_of(effects, options, editions=editions)
    return Appraisal(
        edition=case.parameters.key,
        price_year=options.price_base,
        totals=(totals := _totals(case)),
        zero=NOTHING,
        budget_krones=_budget_krones(case, totals.net_present_value),
        kinds=_kinds(case),
        certainties=tuple(_certainty(case, each) for each in CERTAINTIES),
        actors=(actors := actor_lines(case)),
        sectors=sector_lines(actors),
        effects=tuple(_effect(case, flow) for flow in case.flows),
        unpriced=tuple(_unpriced(effect, options) for effect in case.unpriced),
        years=tuple(_years(case)),
        cut=case.cut,
    )


def net_value(flows: Iterable[Flow], *, tax_cost: float) -> float:
    """Net present value: each krone once, and the tax cost of the part that public budgets carry."""
    return fsum(part for flow in flows for part in (flow.present_value, flow.public * tax_cost))


def budget_of(flows: Iterable[Flow], denominator: Denominator, *, tax_cost: float) -> float:
    """Kroner that public budgets are charged with, by one of the practices."""
    publics = [flow.public for flow in flows]
    if denominator == "outlays_without_tax_cost":
        publics = [amount for amount in publics if amount < 0]
    more = 1 + tax_cost if denominator == "budget_with_tax_cost" else 1.0
    return 0.0 - more * fsum(publics)


def _totals(case: Case) -> Totals:
    flows, tax = case.counted, case.parameters.tax_cost
    return Totals(
        benefits=fsum(flow.present_value for flow in flows if flow.effect.sign > 0),
        costs=fsum(flow.present_value for flow in flows if flow.effect.sign < 0),
        public=(public := fsum(flow.public for flow in flows)),
        tax_cost=public * tax,
        net_present_value=net_value(flows, tax_cost=tax),
        residual_value=fsum(flow.residual_value * (1 + tax * flow.effect.public_share) for flow in flows),
    )


def _budget_krones(case: Case, net: float) -> tuple[BudgetKrone, ...]:
    """The chosen denominator first, then the others."""
    chosen = case.options.nnb_denominator
    names = (chosen, *(name for name in DENOMINATORS if name != chosen))
    budgets = {name: budget_of(case.counted, name, tax_cost=case.parameters.tax_cost) for name in names}
    return tuple(
        BudgetKrone(name, budget, net / budget if budget > LEAST_KRONER else None) for name, budget in budgets.items()
    )


def _kinds(case: Case) -> tuple[KindLine, ...]:
    """Each kind that occurs, freed time also where it does not count."""
    occurring = (kind for kind in KINDS if any(flow.effect.kind == kind for flow in case.flows))
    return tuple(_kind([flow for flow in case.flows if flow.effect.kind == kind]) for kind in occurring)


def _kind(flows: Sequence[Flow]) -> KindLine:
    gained = [flow for flow in flows if flow.effect.sign > 0]
    sure, hoped = (
        fsum(flow.present_value for flow in gained if flow.effect.certainty == certainty) for certainty in CERTAINTIES
    )
    harms = fsum(flow.present_value for flow in flows if flow.effect.sign < 0)
    is_counted = all(flow.is_counted for flow in flows)
    return KindLine(flows[0].effect.kind, is_counted, sure, hoped, sure + hoped, harms, sure + hoped + harms)


def _certainty(case: Case, certainty: Certainty) -> CertaintyLine:
    kept = [flow for flow in case.counted if flow.effect.sign < 0 or flow.effect.certainty == certainty]
    benefits = fsum(flow.present_value for flow in kept if flow.effect.sign > 0)
    return CertaintyLine(certainty, benefits, net_value(kept, tax_cost=case.parameters.tax_cost))


def _effect(case: Case, flow: Flow) -> EffectLine:
    effect = flow.effect
    return EffectLine(
        key=effect.key,
        title=effect.title,
        kind=effect.kind,
        who=effect.who,
        sector=effect.sector,
        certainty=effect.certainty,
        in_kind=effect.in_kind,
        is_counted=flow.is_counted,
        first_year=effect.first_year,
        yearly=tuple(flow.kroner.values()),
        present_value=flow.present_value,
        residual_value=flow.residual_value,
        public=flow.public,
        tax_cost=flow.public * case.parameters.tax_cost,
    )


def _unpriced(effect: Effect, options: Options) -> UnpricedLine:
    return UnpricedLine(
        key=effect.key,
        title=effect.title,
        kind=effect.kind,
        who=effect.who,
        sector=effect.sector,
        certainty=effect.certainty,
        is_harm=effect.sign < 0,
        scale=effect.scale,
        unit=effect.unit,
        quantity=fsum(quantities(effect, options).values()),
    )


def _years(case: Case) -> Iterable[YearLine]:
    """From the first year with kroner, or the comparison year, to the last one."""
    flows, options, tax = case.counted, case.options, case.parameters.tax_cost
    known = {options.comparison_year, *(year for flow in flows for year in flow.kroner)}
    for year in range(min(known), max(known) + 1):
        kroner = [(flow.effect, flow.kroner.get(year, 0.0)) for flow in flows]
        public = fsum(amount * effect.public_share for effect, amount in kroner)
        benefits = fsum(amount for effect, amount in kroner if effect.sign > 0)
        costs = fsum(amount for effect, amount in kroner if effect.sign < 0)
        yield YearLine(
            year=year,
            rate=rate_in(year, steps=case.parameters.steps, anchor_year=options.rate_base),
            factor=case.factors[year],
            benefits=benefits,
            costs=costs,
            public=public,
            tax_cost=public * tax,
            present_value=(benefits + costs + public * tax) * case.factors[year],
            is_residual=year > options.last_year,
        )
