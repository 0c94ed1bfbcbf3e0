"""Social return on investment: what outcomes are worth over what was put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from samskap.engines.appraisal.checks import SHARES
from samskap.engines.appraisal.effects import Effect, Shares
from samskap.engines.appraisal.errors import AppraisalError
from samskap.engines.appraisal.flows import Case, Flow, case_of
from samskap.engines.appraisal.options import TIMINGS, Options, Timing
from samskap.engines.appraisal.parameters import Parameters
from samskap.engines.appraisal.result import OutcomeLine, Ratio, SocialReturn

__all__ = ["impact_of", "social_return"]


def social_return(
    effects: Sequence[Effect], options: Options, *, editions: Mapping[str, Parameters] | None = None
) -> SocialReturn:
    """The ratio with all that is needed to judge it. AppraisalError names each effect and what it misses.

    Inputs are the costs, what is given in kind among them, discounted as of the beginning of their year. Impact is
    quantity × price × (1 - deadweight) × (1 - displacement) × (1 - attribution), less the drop-off of each year after
    the first. Both count in the period alone, without a residual value.
    """
    case = case_of(effects, options, editions=editions)
    _refuse_what_misses(effects, case)
    inputs = [flow for flow in case.counted if flow.effect.kind == "cost"]
    outcomes = [_outcome(case, flow) for flow in case.counted if flow.effect.kind != "cost"]
    in_kind = -fsum(_within(case, flow) for flow in inputs if flow.effect.in_kind)
    cash = -fsum(_within(case, flow) for flow in inputs if not flow.effect.in_kind)
    put_in = cash + in_kind
    if not put_in > 0:
        raise AppraisalError(
            "A social return needs something that was put in.",
            code="appraisal_no_inputs",
            cure="Add the costs, and the hours and premises that are given.",
        )
    ratios = tuple(_ratio(outcomes, put_in, timing) for timing in (options.timing, *_others(options.timing)))
    cash_back = fsum(each.worth(options.timing) for each in outcomes if each.line.kind == "saved_money")
    return SocialReturn(
        edition=case.parameters.key,
        price_year=options.price_base,
        timing=options.timing,
        inputs=put_in,
        cash_inputs=cash,
        in_kind_inputs=in_kind,
        impact=ratios[0].impact,
        ratio=ratios[0].ratio,
        net_ratio=ratios[0].net_ratio,
        cash_back=cash_back,
        net_cash=cash_back - cash,
        ratios=ratios,
        outcomes=tuple(each.line for each in outcomes),
        unpriced=tuple(effect.key for effect in case.unpriced),
    )


def impact_of(gross: float, shares: Shares) -> tuple[float, float, float]:
    """What is left of an amount after deadweight, after displacement too, and after what others did too.

    Shares are taken one of what the other left: percentages are never added.
    """
    after_deadweight = gross * (1 - (shares.deadweight or 0.0))
    after_displacement = after_deadweight * (1 - (shares.displacement or 0.0))
    return after_deadweight, after_displacement, after_displacement * (1 - (shares.attribution or 0.0))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An outcome, and its present value by each convention of time."""

    line: OutcomeLine
    values: Mapping[Timing, float]

    def worth(self, timing: Timing) -> float:
        return self.values[timing]


def _outcome(case: Case, flow: Flow) -> _Outcome:
    effect, shares = flow.effect, flow.effect.shares or Shares()
    kroner = {year: amount for year, amount in flow.kroner.items() if year <= case.options.last_year}
    begun = [year for year, amount in kroner.items() if amount]
    first = begun[0] if begun else effect.first_year
    left: dict[int, float] = {}
    kept = 1.0
    for year, amount in kroner.items():
        # The first year with an effect is whole: drop-off begins in the year after it.
        kept *= 1 - (shares.drop_off or 0.0) if year > first else 1.0
        left[year] = impact_of(amount, shares)[-1] * kept
    # By the end of a year: as much as the next year's beginning.
    ends = {"first_year_undiscounted": 0, "first_year_discounted": 1}
    values = {
        timing: fsum(amount * case.factors[year + ends[timing]] for year, amount in left.items()) for timing in TIMINGS
    }
    gross = kroner.get(first, 0.0)
    line = OutcomeLine(
        effect.key,
        effect.title,
        effect.kind,
        effect.who,
        effect.sector,
        shares,
        gross,
        *impact_of(gross, shares),
        first_year=effect.first_year,
        yearly=tuple(left.values()),
        present_value=values[case.options.timing],
    )
    return _Outcome(line, values)


def _within(case: Case, flow: Flow) -> float:
    return fsum(amount for year, amount in flow.discounted.items() if year <= case.options.last_year)


def _others(timing: Timing) -> tuple[Timing, ...]:
    return tuple(each for each in TIMINGS if each != timing)


def _ratio(outcomes: Sequence[_Outcome], put_in: float, timing: Timing) -> Ratio:
    impact = fsum(each.worth(timing) for each in outcomes)
    return Ratio(timing, impact, impact / put_in, (impact - put_in) / put_in)


def _refuse_what_misses(effects: Sequence[Effect], case: Case) -> None:
    """AppraisalError that names every cost without a price and every outcome that counts without its shares."""
    left_out = {flow.effect.key for flow in case.flows if not flow.is_counted}
    asked = (effect for effect in effects if effect.key not in left_out)
    missing = [(effect.name, lacks) for effect in asked if (lacks := _lacks(effect))]
    if missing:
        told = "; ".join(f'"{name}": {", ".join(fields)}' for name, fields in missing)
        raise AppraisalError(
            f"A social return cannot be told before this is known. {told}.",
            code="appraisal_missing",
            cure="Say what would have come anyway, what moved, what others did, what is lost a year, and who found it.",
            gaps={"missing": tuple(missing), "told": told},
        )


def _lacks(effect: Effect) -> tuple[str, ...]:
    if effect.kind == "cost":
        return ("price",) if effect.price is None else ()
    if effect.price is None:
        return ()
    shares = effect.shares or Shares()
    lacks = tuple(field for field in SHARES if getattr(shares, field) is None)
    return lacks if shares.source.strip() else (*lacks, "source")
