"""What an appraisal finds. Kroner are of the price year of the options; minus is against the initiative.

Kinds of benefit are never added for people to read: `kinds` has a line each. The net present value adds kroner of
priced effects, because that is what it is; what has no price stands beside it in `unpriced`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from samskap.engines.appraisal.effects import Certainty, Kind, Sector, Shares, Spread
from samskap.engines.appraisal.options import Correlation, Denominator, Timing

__all__ = [
    "NOTHING",
    "ActorLine",
    "Answer",
    "Appraisal",
    "Bar",
    "BreakEven",
    "BudgetKrone",
    "CertaintyLine",
    "Driver",
    "EffectLine",
    "KindLine",
    "Missing",
    "OutcomeLine",
    "Percentiles",
    "Ratio",
    "Refusal",
    "SectorLine",
    "Simulation",
    "SocialReturn",
    "SpreadLine",
    "Tornado",
    "Totals",
    "UnpricedLine",
    "YearLine",
]


@dataclass(frozen=True, slots=True)
class Totals:
    """Present values. `benefits` + `costs` + `tax_cost` = `net_present_value`; `public` is net public financing, part
    of the first two; `residual_value` is the part of the net present value that comes after the period."""

    benefits: float
    costs: float
    public: float
    tax_cost: float
    net_present_value: float
    residual_value: float


NOTHING: Final = Totals(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""The zero alternative: going on as today. All effects are differences from it."""


@dataclass(frozen=True, slots=True)
class EffectLine:
    """A priced effect. `yearly` is kroner in `first_year` and the years after it, not discounted. `residual_value` is
    part of `present_value`; `public` is too; `tax_cost` comes to it. Not `is_counted`: freed time that was left out."""

    key: str
    title: str
    kind: Kind
    who: str
    sector: Sector
    certainty: Certainty
    in_kind: bool
    is_counted: bool
    first_year: int
    yearly: tuple[float, ...]
    present_value: float
    residual_value: float
    public: float
    tax_cost: float


@dataclass(frozen=True, slots=True)
class UnpricedLine:
    """An effect beside the money; `scale` is None where nobody has weighed it."""

    key: str
    title: str
    kind: Kind
    who: str
    sector: Sector
    certainty: Certainty
    is_harm: bool
    scale: int | None
    unit: str
    quantity: float


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year: the rate and factor that discount it, and kroner that are not discounted but for `present_value`.

    `public` is the effect on public budgets in cash.
    """

    year: int
    rate: float
    factor: float
    benefits: float
    costs: float
    public: float
    tax_cost: float
    present_value: float
    is_residual: bool


@dataclass(frozen=True, slots=True)
class KindLine:
    """Present values of one kind, never to be added to another kind. `sure` + `hoped` = `gains`; `harms` are what is
    lost of it; `net` is both. Not `is_counted`: freed time that was left out of the net present value."""

    kind: Kind
    is_counted: bool
    sure: float
    hoped: float
    gains: float
    harms: float
    net: float


@dataclass(frozen=True, slots=True)
class ActorLine:
    """Who gains and who pays: present values. `in_kind` is part of `pays`, `public` is part of `net`. The effects
    without a price that are for them or against them are named by key. The tax cost is nobody's alone."""

    who: str
    sector: Sector
    gains: float
    pays: float
    in_kind: float
    public: float
    net: float
    better: tuple[str, ...]
    worse: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectorLine:
    """The lines of all actors of one sector together."""

    sector: Sector
    gains: float
    pays: float
    in_kind: float
    public: float
    net: float


@dataclass(frozen=True, slots=True)
class CertaintyLine:
    """`benefits` that are sure, or hoped for: present values. `net_present_value` is what it would be if of all
    benefits only these came; costs and harms count whole in both."""

    certainty: Certainty
    benefits: float
    net_present_value: float


@dataclass(frozen=True, slots=True)
class BudgetKrone:
    """Net present value for each krone of a public budget. None where the budget is not charged at all."""

    denominator: Denominator
    budget: float
    value: float | None


@dataclass(frozen=True, slots=True)
class Appraisal:
    """`cut` are keys of effects with quantities after the last year that counts; those are left out."""

    edition: str
    price_year: int
    totals: Totals
    zero: Totals
    budget_krones: tuple[BudgetKrone, ...]
    kinds: tuple[KindLine, ...]
    certainties: tuple[CertaintyLine, ...]
    actors: tuple[ActorLine, ...]
    sectors: tuple[SectorLine, ...]
    effects: tuple[EffectLine, ...]
    unpriced: tuple[UnpricedLine, ...]
    years: tuple[YearLine, ...]
    cut: tuple[str, ...]

    @property
    def net_present_value(self) -> float:
        return self.totals.net_present_value

    @property
    def per_budget_krone(self) -> BudgetKrone:
        """By the denominator that was chosen, which is the first."""
        return self.budget_krones[0]


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One outcome of a social return: kroner of its first year before and after each share, then what is left of each
    year from `first_year` on, and the present value. A harm is negative."""

    key: str
    title: str
    kind: Kind
    who: str
    sector: Sector
    shares: Shares
    gross: float
    after_deadweight: float
    after_displacement: float
    after_attribution: float
    first_year: int
    yearly: tuple[float, ...]
    present_value: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """By which convention of time, the present value of the impact, and that over the inputs."""

    timing: Timing
    impact: float
    ratio: float
    net_ratio: float


@dataclass(frozen=True, slots=True)
class SocialReturn:
    """Present values, positive. `inputs` = `cash_inputs` + `in_kind_inputs`. `net_cash` is the impact that is saved
    money less the cash that was put in: what is there in kroner when all else is praised. `unpriced` are keys of
    outcomes that no money says."""

    edition: str
    price_year: int
    timing: Timing
    inputs: float
    cash_inputs: float
    in_kind_inputs: float
    impact: float
    ratio: float
    net_ratio: float
    cash_back: float
    net_cash: float
    ratios: tuple[Ratio, ...]
    outcomes: tuple[OutcomeLine, ...]
    unpriced: tuple[str, ...]


Driver: TypeAlias = Literal["effect", "rates", "tax_cost"]


@dataclass(frozen=True, slots=True)
class Bar:
    """The net present value and its part for each budget krone when one thing is lower and when it is higher."""

    driver: Driver
    key: str
    title: str
    low: float
    high: float
    low_per_krone: float | None
    high_per_krone: float | None

    @property
    def width(self) -> float:
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """The widest bar first."""

    factors: tuple[float, float]
    net_present_value: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The factor of an effect's quantity, or of its price, at which the net present value is nothing.

    `why`: "found"; "no_money", the effect has no present value; "always_positive" and "always_negative", no amount of
    it changes that. `price` is kroner a unit at that factor, in prices of the price year.
    """

    key: str
    title: str
    why: Literal["found", "no_money", "always_positive", "always_negative"]
    factor: float | None
    price: float | None
    without: float


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Mean, standard deviation, and (per cent, value)."""

    mean: float
    sd: float
    percentiles: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """What was drawn for an effect, and its share of the variance of the net present value; a share can be negative
    where it evens out another's."""

    key: str
    title: str
    spread: Spread
    share: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """`curve` is (kroner, share of draws with at most that). `per_budget_krone` is over the draws that charge the
    budget, a share of `charged`; None where fewer than half do. `correlations` are those between `spreads`."""

    draws: int
    seed: int
    net_present_value: Percentiles
    per_budget_krone: Percentiles | None
    charged: float
    chance_positive: float
    curve: tuple[tuple[float, float], ...]
    spreads: tuple[SpreadLine, ...]
    correlations: tuple[Correlation, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What of an effect is not known: names of its shares, "source" or "price"."""

    effect: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no social return."""

    code: str
    message: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is found from one effect list. There is a social return or the reason why not; a simulation where there
    is a seed and a spread; and a break-even for each effect that counts."""

    engine_version: str
    appraisal: Appraisal
    social_return: SocialReturn | None
    refusal: Refusal | None
    tornado: Tornado
    break_evens: tuple[BreakEven, ...]
    simulation: Simulation | None
